import { describe, expect, it } from 'vitest';
import type { BlockId } from '#shared/text/block.ts';
import { newId, type MemberId } from '#shared/records/ids.ts';
import { laneSpots } from '#components/session/lane-spots.ts';

const position = { block: 'b1' as BlockId, offset: 0 };
const [ada, bo, cy] = [newId<MemberId>(), newId<MemberId>(), newId<MemberId>()].sort();
const at = (member: MemberId | undefined, top: number) => {
  if (member === undefined) throw new Error('three people');
  return { member, position, top };
};

describe('faces beside the text', () => {
  it('PR21 who reads within a face’s height of another shares a spot, from the top', () => {
    const spots = laneSpots([at(cy, 400), at(bo, 120), at(ada, 100)], null);
    expect(spots.map(({ top, members }) => ({ top, members }))).toEqual([
      { top: 100, members: [ada, bo] },
      { top: 400, members: [cy] },
    ]);
  });

  it('PR21 who reads at the lectern’s line stands together under its face', () => {
    const spots = laneSpots([at(ada, 100), at(bo, 130), at(cy, 200)], 110);
    expect(spots.map(({ top, members }) => ({ top, members }))).toEqual([
      { top: 146, members: [ada, bo] },
      { top: 200, members: [cy] },
    ]);
  });
});
