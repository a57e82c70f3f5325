import { describe, expect, it } from 'vitest';
import { passageHash, targetOf } from '#components/reader/passage-link.ts';
import { newId, type AnnotationId } from '#shared/records/ids.ts';
import { blockIdSchema } from '#shared/text/block.ts';

const passage = {
  start: { block: blockIdSchema.parse('b12'), offset: 5 },
  end: { block: blockIdSchema.parse('b13'), offset: 20 },
};

describe('links to words', () => {
  it('RD3 a passage goes into a link and comes out of it', () => {
    expect(passageHash(passage)).toBe('#at=b12.5-b13.20');
    expect(targetOf(passageHash(passage))).toEqual({ passage });
  });

  it('RD3 a note is reached by its id', () => {
    const annotation = newId<AnnotationId>();
    expect(targetOf(`#note-${annotation}`)).toEqual({ annotation });
  });

  it('RD3 whatever else stands there points at nothing', () => {
    const others = ['', '#', '#b12', '#at=', '#at=b0.1-b1.2', '#at=b1.-1-b1.2', '#at=b1.1-b1.99999999999'];
    expect([...others, '#note-<b>', '#at=b1.1-b2.2x'].filter((hash) => targetOf(hash) !== null)).toEqual([]);
  });
});
