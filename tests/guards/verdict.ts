import type { Guard } from './guard.ts';
import type { Outcome, TestOutcome } from './outcome.ts';
import { isAbout } from './run-tests.ts';

/** `noticed` is what a guard needs; all others are defects of its test or of the list. */
export type Verdict = { noticed: true; how: string } | { noticed: false; why: string };

/** Of Vitest; of Playwright. */
const timedOut = /^(?:\w*(?:Error|Timeout\w*): (?:Test|Hook) timed out|Test timeout of)/u;
/** A source that cannot be run fails every test, and shows nothing of the guard. */
const brokenSource = /^(?:SyntaxError|ReferenceError)\b/u;

const firstLine = (text: string): string => (text.split('\n')[0] ?? '').slice(0, 120);

/** Whether the tests noticed that the guard was gone. */
export function judge(guard: Guard, outcome: Outcome): Verdict {
  if ('broke' in outcome) return { noticed: false, why: `no test could be run: ${outcome.broke}` };
  const failures: TestOutcome[] = [];
  for (const id of guard.ids) {
    const about = outcome.tests.filter(({ title }) => isAbout(guard, id, title));
    if (about.length === 0) return { noticed: false, why: `no test of ${guard.test} is about ${id}` };
    const failed = about.filter(({ failure }) => failure !== null);
    if (failed.length === 0) return { noticed: false, why: `${id} passes without it` };
    failures.push(...failed);
  }
  const messages = failures.map(({ failure }) => failure ?? '');
  const broken = messages.find((message) => brokenSource.test(message));
  if (broken !== undefined) return { noticed: false, why: `what is left cannot be run: ${firstLine(broken)}` };
  const told = messages.find((message) => !timedOut.test(message));
  if (told !== undefined) return { noticed: true, how: firstLine(told) };
  return guard.waits === undefined
    ? { noticed: false, why: 'the test hangs until its patience ends' }
    : { noticed: true, how: `waits: ${guard.waits}` };
}

/** What fails while every guard stands: then nothing can be told of any. Null when nothing does. */
export function failingAnyway(outcome: Outcome): string | null {
  if ('broke' in outcome) return outcome.broke;
  const failed = outcome.tests.find(({ failure }) => failure !== null);
  return failed ? `${failed.title}: ${firstLine(failed.failure ?? '')}` : null;
}
