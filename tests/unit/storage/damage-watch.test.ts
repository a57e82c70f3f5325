import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { DamageWatch } from '#server/storage/sqlite/damage-watch.ts';
import { StoreUnusableError } from '#server/storage/store-unusable-error.ts';

it('FT5 from the first sign of damage on nothing touches the file any more, not even what is sound in it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lectern-harmed-'));
  const file = join(folder, 'lectern.sqlite');
  writeFileSync(file, 'no database. '.repeat(500));
  const harmed = new DatabaseSync(file);
  const told: StoreUnusableError[] = [];
  const watch = new DamageWatch(file, (error) => told.push(error));
  expect(watch.touch(() => 'sound')).toBe('sound');
  expect(() => watch.touch(() => harmed.prepare('select * from sqlite_schema').all())).toThrow(StoreUnusableError);
  let touches = 0;
  const again = () => {
    touches += 1;
  };
  expect(() => watch.touch(again)).toThrow(StoreUnusableError);
  expect(touches).toBe(0);
  expect(told).toHaveLength(1);
  harmed.close();
  rmSync(folder, { recursive: true });
});
