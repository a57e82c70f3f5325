import type { StoredPicture } from '#server/storage/store.ts';

export const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

/** As numbers, which is what an expectation compares and prints well. */
export const plain = (values: Uint8Array[]): number[][] => values.map((value) => [...value]);

/** A picture whose hash is one letter, again and again. */
export const picture = (letter: string): StoredPicture => ({
  hash: letter.repeat(64),
  type: 'image/webp',
  width: 4,
  height: 3,
  bytes: bytes(1),
});
