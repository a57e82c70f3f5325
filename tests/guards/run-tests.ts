import type { Guard } from './guard.ts';
import { inBrowser } from './in-browser.ts';
import { inNode } from './in-node.ts';
import type { Outcome } from './outcome.ts';

const escaped = (words: string): string => words.replace(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`);

/** Whether this test is one of those that must notice when the guard is gone. */
export const isAbout = (guard: Guard, id: string, title: string): boolean =>
  new RegExp(String.raw`^(?:[A-Z]{2}\d+ )*${id}\b`, 'u').test(title) && title.includes(guard.title ?? '');

/** Whether the test opens pages, which have to be built then. */
export const isInBrowser = ({ test }: Guard): boolean => test.startsWith('tests/e2e/');

/** Runs those tests of one file, in a tree, that are about any of these guards, which all name that file. */
export function runTests(dir: string, test: string, guards: readonly Guard[]): Promise<Outcome> {
  const titles = guards.flatMap(({ ids, title }) =>
    ids.map((id) => String.raw`\b${id}\b${title === undefined ? '' : `.*${escaped(title)}`}`),
  );
  const chosen = [...new Set(titles)].join('|');
  // A life of the fuzz that waits in vain waits for half a minute, and the others after it.
  return guards.some(isInBrowser) ? inBrowser(dir, test, chosen) : inNode(dir, test, chosen, titles.length === 1);
}
