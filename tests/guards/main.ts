import { guards } from './all-guards.ts';
import { CopiedTree } from './copied-tree.ts';
import type { Guard } from './guard.ts';
import { runTests } from './run-tests.ts';
import { failingAnyway, judge, type Verdict } from './verdict.ts';

/*
 * `npm run guards` takes every guard of the list out, one at a time, in a copy of the project, and looks whether the tests
 * notice; `npm run guards -- GD15 IM178` those of some ids. It ends with 1 when one could be taken out unnoticed.
 */
const asked = process.argv.slice(2);
const unknown = asked.filter((id) => !guards.some(({ ids }) => ids.includes(id)));
if (unknown.length > 0) {
  process.stderr.write(`No guard is listed for ${unknown.join(', ')}.\n`);
  process.exit(1);
}
const chosen = asked.length === 0 ? guards : guards.filter(({ ids }) => ids.some((id) => asked.includes(id)));

const say = (line: string): void => void process.stdout.write(`${line}\n`);

function sayOf({ ids, file, guard }: Guard, verdict: Verdict): void {
  const name = `${ids.join(', ')}  ${file}: ${guard.trim().split('\n')[0]}`;
  say(
    verdict.noticed ? `noticed    ${name}\n           ${verdict.how}` : `UNNOTICED  ${name}\n           ${verdict.why}`,
  );
}

const tree = await CopiedTree.of(process.cwd());
process.once('exit', () => tree.remove());
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1));
let noticed = 0;
for (const [test, ofTest] of Map.groupBy(chosen, (guard) => guard.test)) {
  say(`${test} …`);
  const failing = failingAnyway(await runTests(tree.dir, test, ofTest));
  for (const guard of ofTest) {
    const verdict: Verdict =
      failing === null
        ? judge(guard, await tree.without(guard, () => runTests(tree.dir, test, [guard])))
        : { noticed: false, why: `fails with every guard in: ${failing}` };
    if (verdict.noticed) noticed += 1;
    sayOf(guard, verdict);
  }
}
const ids = new Set(chosen.flatMap((guard) => guard.ids));
say(`\n${chosen.length} guards of ${ids.size} behaviours: ${noticed} noticed, ${chosen.length - noticed} unnoticed.`);
process.exit(noticed === chosen.length ? 0 : 1);
