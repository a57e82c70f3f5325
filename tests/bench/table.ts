import { percentile } from './percentile.ts';
import type { Outcome } from './play.ts';
import type { Measure } from './scene.ts';
import { type Contestant, contestants } from './server-under-test.ts';

/** Above this the generator may have measured itself. */
const BUSY_MAX = 0.9;

export type Rounds = Partial<Record<Contestant, Outcome[]>>;

const names: Record<Contestant, string> = {
  lectern: 'Lectern',
  'y-websocket': '@y/websocket-server',
  hocuspocus: 'Hocuspocus',
};

/** One scene as a Markdown table: each figure as median (least to most) of the rounds, and its ratio to each peer. */
export function sceneTable(title: string, rounds: Rounds): string {
  const played = contestants.filter((contestant) => rounds[contestant] !== undefined);
  const peers = played.filter((contestant) => contestant !== 'lectern');
  const figures = rounds.lectern?.[0]?.measures ?? [];
  const header = ['', ...played.map((one) => names[one]), ...peers.map((peer) => `to ${names[peer]}`)];
  const rows = figures.map(({ name }) => {
    const own = valuesOf(rounds, 'lectern', name);
    const ratios = peers.map((peer) => {
      const theirs = valuesOf(rounds, peer, name);
      return spread(own.map((value, round) => value / (theirs[round] ?? Number.NaN)));
    });
    return [name, ...played.map((one) => spread(valuesOf(rounds, one, name))), ...ratios];
  });
  const effort = played.map((one) => {
    const outcomes = rounds[one] ?? [];
    const busy = Math.max(...outcomes.map((outcome) => outcome.effort.busy));
    const lag = Math.max(...outcomes.map((outcome) => outcome.effort.lagMs));
    return `${Math.round(busy * 100)} %, ${lag.toFixed(0)} ms${busy > BUSY_MAX ? ' (saturated)' : ''}`;
  });
  rows.push(['_load generator: core used, loop late p99_', ...effort, ...peers.map(() => '')]);
  const lost = played.map((one) => (rounds[one] ?? []).reduce((sum, outcome) => sum + outcome.lost, 0));
  if (lost.some((count) => count > 0)) rows.push(['**never arrived**', ...lost.map(String), ...peers.map(() => '')]);
  return [`### ${title}`, '', line(header), line(header.map(() => '---')), ...rows.map(line), ''].join('\n');
}

/** What only Lectern has: one figure a line. */
export function browserTable(title: string, rounds: Measure[][]): string {
  const rows = (rounds[0] ?? []).map(({ name }) => [
    name,
    spread(rounds.flatMap((measures) => measures.find((one) => one.name === name)?.value ?? [])),
  ]);
  return [`### ${title}`, '', line(['', 'Lectern']), line(['---', '---']), ...rows.map(line), ''].join('\n');
}

const line = (cells: string[]): string => `| ${cells.join(' | ')} |`;

const valuesOf = (rounds: Rounds, contestant: Contestant, name: string): number[] =>
  (rounds[contestant] ?? []).flatMap(({ measures }) => measures.find((one) => one.name === name)?.value ?? []);

function spread(values: number[]): string {
  const real = values.filter((value) => Number.isFinite(value));
  if (real.length === 0) return '';
  const [least, middle, most] = [Math.min(...real), percentile(real, 50), Math.max(...real)].map(short);
  return real.length === 1 ? `${middle}` : `${middle} (${least} to ${most})`;
}

/** Three digits that say something. */
function short(value: number): string {
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en');
  return Number.isInteger(value) ? String(value) : value.toPrecision(3);
}
