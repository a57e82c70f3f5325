import { rmSync } from 'node:fs';
import { copyFile, cp, link, mkdir, mkdtemp, readdir, readFile, readlink, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import type { Guard, Removal } from './guard.ts';

/** What is not source: installed, built, stored or reported. */
const LEFT_OUT = new Set(['node_modules', '.git', '.next', 'data', 'test-results']);

/** How often the text of a guard stands in a source. */
export const timesIn = (source: string, { guard }: Removal): number => source.split(guard).length - 1;

/** The source with the guard taken out of it. Throws when the guard does not stand there exactly once. */
export function withoutGuard(source: string, removal: Removal): string {
  const times = timesIn(source, removal);
  if (times !== 1) throw new Error(`${removal.file} has ${times} times: ${removal.guard}`);
  return source.replace(removal.guard, () => removal.instead);
}

/** A copy of the project in which guards can be taken out while somebody works on the project itself. */
export class CopiedTree {
  readonly dir: string;

  private constructor(dir: string) {
    this.dir = dir;
  }

  static async of(project: string): Promise<CopiedTree> {
    const dir = await mkdtemp(join(tmpdir(), 'lectern-guards-'));
    await cp(project, dir, {
      recursive: true,
      filter: (from) => !LEFT_OUT.has(relative(project, from)),
    });
    await linked(join(project, 'node_modules'), join(dir, 'node_modules'));
    return new CopiedTree(dir);
  }

  /** Does something while a guard, and all that stand in for it, are gone. */
  async without<Result>(guard: Guard, act: () => Promise<Result>): Promise<Result> {
    const before = new Map<string, string>();
    try {
      for (const removal of [guard, ...(guard.also ?? [])]) {
        const path = join(this.dir, removal.file);
        const source = await readFile(path, 'utf8');
        if (!before.has(path)) before.set(path, source);
        await writeFile(path, withoutGuard(source, removal));
      }
      return await act();
    } finally {
      for (const [path, source] of before) await writeFile(path, source);
    }
  }

  /** At once, because it is done when the process ends. */
  remove(): void {
    rmSync(this.dir, { recursive: true, force: true, maxRetries: 3 });
  }
}

/**
 * The same files under other names, in seconds whatever they weigh. One symbolic link would not do: a build of the pages
 * takes nothing from outside of its tree.
 */
async function linked(from: string, to: string): Promise<void> {
  await mkdir(to);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [old, fresh] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await linked(old, fresh);
    else if (entry.isSymbolicLink()) await symlink(await readlink(old), fresh);
    // On another disk there is no such link.
    else await link(old, fresh).catch(() => copyFile(old, fresh));
  }
}
