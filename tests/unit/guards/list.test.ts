import { existsSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { describe, expect, it } from 'vitest';
import { guards } from '#tests/guards/all-guards.ts';
import { withoutGuard } from '#tests/guards/copied-tree.ts';

const spec = readFileSync('SPEC.md', 'utf8');

describe('the list of guards', () => {
  it.each(guards.map((guard) => [guard.ids.join(', '), guard.file, guard] as const))(
    'OP50 %s: the guard stands once in %s, and what is left of it can be read',
    (_ids, _file, guard) => {
      const sources = new Map<string, string>();
      for (const removal of [guard, ...(guard.also ?? [])]) {
        const source = sources.get(removal.file) ?? readFileSync(removal.file, 'utf8');
        expect(removal.instead).not.toBe(removal.guard);
        sources.set(removal.file, withoutGuard(source, removal));
      }
      // Whether a component can be read is told by the build that its entry needs: Node does not know JSX.
      const readable = [...sources].filter(([path]) => !path.endsWith('.tsx'));
      for (const [, source] of readable) expect(() => stripTypeScriptTypes(source)).not.toThrow();
    },
  );

  it('OP50 each names behaviours of SPEC.md, and a file of tests whose titles begin with them', () => {
    const unknown = guards.flatMap(({ ids, test }) => {
      const tests = existsSync(test) ? readFileSync(test, 'utf8') : '';
      return ids.filter(
        (id) => !spec.includes(`**${id}**`) || !new RegExp(`['"\`](?:[A-Z]{2}\\d+ )*${id}\\b`, 'u').test(tests),
      );
    });
    expect(unknown).toEqual([]);
  });
});
