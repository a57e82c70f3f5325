import { describe, expect, it } from 'vitest';
import { Admission } from '#server/sync/admission.ts';

describe('a crowd at the door', () => {
  it('SY34 comes in a few at a time, in the order in which it came, each once', async () => {
    const admission = new Admission();
    const inside: { name: number; leave: () => void }[] = [];
    const crowd = Array.from({ length: 50 }, async (_one, name) => {
      inside.push({ name, leave: await admission.enter() });
    });
    await Promise.all(crowd.slice(0, 16));
    expect(inside.map(({ name }) => name)).toEqual(Array.from({ length: 16 }, (_one, name) => name));
    for (let index = 0; index < 50; index += 1) {
      const person = inside[index];
      // Whoever says twice that they are in lets in one other.
      person?.leave();
      person?.leave();
      await crowd[index + 16];
      expect(inside).toHaveLength(Math.min(50, index + 17));
    }
    expect(inside.map(({ name }) => name)).toEqual(Array.from({ length: 50 }, (_one, name) => name));
  });
});
