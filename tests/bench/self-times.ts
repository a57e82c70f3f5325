import type { Profiler } from 'node:inspector/promises';

const SHOWN = 15;

/** What is not the server's own: waiting, and the profiler itself. */
const notOurs = /^\(idle\)|node:inspector/;

/**
 * The functions that a CPU profile spent most time in themselves, each as a line to read. It samples by the clock: a call
 * that waits for the disk counts as long as it waits.
 */
export function selfTimes({ nodes, samples = [], timeDeltas = [] }: Profiler.Profile): string[] {
  const names = new Map(nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]));
  const spent = new Map<string, number>();
  let busy = 0;
  for (const [index, sample] of samples.entries()) {
    const name = names.get(sample) ?? '';
    if (notOurs.test(name)) continue;
    const micros = timeDeltas[index] ?? 0;
    busy += micros;
    spent.set(name, (spent.get(name) ?? 0) + micros);
  }
  return [...spent]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, SHOWN)
    .map(([name, micros]) => `${((micros / busy) * 100).toFixed(1).padStart(5)} %  ${name}`);
}

function nameOf({ functionName, url, lineNumber }: Profiler.Profile['nodes'][number]['callFrame']): string {
  const place = url.replace(/^.*\/(?=node_modules\/)|^file:\/\/.*\/(?=(?:server|shared)\/)/, '');
  return place === '' ? functionName : `${functionName || '(anonymous)'}  ${place}:${lineNumber + 1}`;
}
