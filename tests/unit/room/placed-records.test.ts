import { describe, expect, it } from 'vitest';
import { placedIn } from '#components/room/placed-records.ts';
import type { Annotation } from '#shared/records/annotation.ts';
import { newId, type AnnotationId } from '#shared/records/ids.ts';

const at = { block: 'b1', offset: 0 };
const quote = { exact: 'words', prefix: '', suffix: '' };

function margin(...anchors: Annotation['anchor'][]) {
  const annotations = new Map(
    anchors.map((anchor) => {
      const id = newId<AnnotationId>();
      const annotation: Annotation = {
        id,
        chapter: newId(),
        author: newId(),
        colour: 'clay',
        anchor,
        body: 'words',
        visibility: 'room',
        createdAt: 1,
        editedAt: null,
        deleted: false,
        hidden: false,
      };
      return [id, annotation] as const;
    }),
  );
  return { annotations, replies: new Map(), reactions: new Map() };
}

const anchorIn = (hash: string, lostIn?: string): NonNullable<Annotation['anchor']> => ({
  start: at,
  end: { ...at, offset: 5 },
  hash,
  quote,
  ...(lostIn === undefined ? {} : { lost: { hash: lostIn, suggestion: null } }),
});

describe('a margin and the text on the page', () => {
  it('RV26 notes stand at words of this very text alone; while another is on its way they are neither placed nor lost', () => {
    const records = margin(anchorIn('now'), null, anchorIn('before', 'now'), anchorIn('next'), anchorIn('now', 'next'));
    const [here, talk, lost] = [...records.annotations.keys()];
    const placed = placedIn('now', records);
    expect([...placed.records.annotations.keys()]).toEqual([here, talk, [...records.annotations.keys()][4]]);
    expect([...placed.lost.keys()]).toEqual([lost]);
  });

  it('RV26 a margin of one text is handed on as it is', () => {
    const records = margin(anchorIn('now'), null);
    expect(placedIn('now', records).records).toBe(records);
  });
});
