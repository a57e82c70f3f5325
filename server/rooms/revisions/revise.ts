import type { Anchor, Passage } from '#shared/anchoring/anchor.ts';
import type { TextBlock } from '#shared/anchoring/flat-text.ts';
import { passageText, quoteOf } from '#shared/anchoring/quote.ts';
import type { Carried } from '#shared/anchoring/re-anchor.ts';
import type { Session } from '#shared/protocol/session.ts';
import type { Annotation } from '#shared/records/annotation.ts';
import type { Chapter } from '#shared/records/book.ts';
import type { AnnotationId, MemberId } from '#shared/records/ids.ts';
import type { FateCounts, RevisionPreview, UnsureNote } from '#shared/records/revision.ts';
import type { Place } from '#shared/records/room.ts';
import type { Change, FormerAnchors } from '#server/storage/store.ts';
import { carry } from './carry.ts';

type Anchored = Annotation & { anchor: Anchor };

/** Everything in a room that points into one chapter. */
export interface Pointing {
  annotations: Iterable<Annotation>;
  places: readonly { member: MemberId; place: Place }[];
  session: Session | null;
  /** Where notes were when the new text stood here before; most texts never did. */
  homes: ReadonlyMap<AnnotationId, Anchor>;
}

/** What a new text does to all that points into it. */
export interface Revised {
  annotations: { before: Anchored; after: Annotation; carried: Carried }[];
  places: { member: MemberId; place: Place }[];
  /** Where the session stands then; null when it is not in this chapter. */
  session: Pick<Session, 'place' | 'spotlight'> | null;
  /** Blocks with other words. */
  changed: number;
}

const bare = ({ blocks }: Chapter): TextBlock[] => blocks.map(({ id, text }) => ({ id, text }));
const hasAnchor = (annotation: Annotation): annotation is Anchored => annotation.anchor !== null;

/** Carries notes, places and the session from one text of a chapter into another. Reads and writes nothing. */
export async function revise(before: Chapter, after: Chapter, pointing: Pointing): Promise<Revised> {
  const annotations = [...pointing.annotations].filter(hasAnchor);
  const { places } = pointing;
  const session = pointing.session?.chapter === before.id ? pointing.session : null;
  const spotlight = session?.spotlight?.chapter === before.id ? session.spotlight : null;
  const report = await carry({
    before: bare(before),
    after: bare(after),
    anchors: annotations.map(({ anchor }) => anchor),
    positions: places.map(({ place }) => place.position),
    stretches: [...(session ? [session.place] : []), ...(spotlight ? [spotlight.passage] : [])],
  });
  const [place, lit] = report.stretches;
  return {
    annotations: annotations.map((annotation, index) => {
      const home = pointing.homes.get(annotation.id) ?? annotation.anchor;
      const carried = backHome(home, after) ?? report.anchors[index] ?? lost;
      return {
        before: annotation,
        after: { ...annotation, anchor: anchorAfter(annotation.anchor, carried, after) },
        carried,
      };
    }),
    places: places.map(({ member, place: was }, index) => ({
      member,
      place: { ...was, position: report.positions[index] ?? was.position },
    })),
    session: session && {
      place: place ?? session.place,
      spotlight: spotlight === null ? session.spotlight : lit ? { ...spotlight, passage: lit } : null,
    },
    changed: report.changed,
  };
}

const lost: Carried = { fate: 'orphaned', passage: null, confidence: 0 };

/** An anchor of this very text: where the note was in it, or stayed because it was lost in the revision that followed. */
function backHome({ hash, start, end }: Anchor, after: Chapter): Carried | null {
  return hash === after.hash ? { fate: 'kept', passage: { start, end }, confidence: 1 } : null;
}

function anchorAfter(anchor: Anchor, { fate, passage }: Carried, after: Chapter): Anchor {
  if (fate === 'kept' || fate === 'moved') return anchorIn(after, passage);
  return { ...anchor, lost: { hash: after.hash, suggestion: passage } };
}

const anchorIn = (chapter: Chapter, { start, end }: Passage): Anchor => ({
  start,
  end,
  hash: chapter.hash,
  quote: quoteOf(chapter.blocks, { start, end }),
});

/** The rows that publishing writes; the session's own row is the caller's, who has the rest of it. */
export function rowsOf(before: Chapter, after: Chapter, by: MemberId, revised: Revised): Change[] {
  return [
    { table: 'revision', chapter: after, former: before, anchors: formerAnchors(before, revised), by },
    ...revised.annotations.map(({ after: row }): Change => ({ table: 'annotation', row })),
    ...revised.places.map(({ member, place }): Change => ({ table: 'place', member, row: place })),
  ];
}

/** Kept words are found again by themselves when the text is published again; others are noted, so that undoing is exact. */
const formerAnchors = ({ hash }: Chapter, { annotations }: Revised): FormerAnchors =>
  annotations.flatMap(({ before: { id, anchor }, carried }): FormerAnchors =>
    carried.fate !== 'kept' && anchor.hash === hash ? [[id, anchor]] : [],
  );

/** What everybody in the room can see of it: private notes are nobody's business, nor what was deleted or hidden. */
const seenByAll = ({ visibility, deleted, hidden }: Annotation): boolean =>
  visibility === 'room' && !deleted && !hidden;

export function fatesOf({ annotations }: Revised): FateCounts {
  const fates: FateCounts = { kept: 0, moved: 0, uncertain: 0, orphaned: 0 };
  for (const { before, carried } of annotations) if (seenByAll(before)) fates[carried.fate] += 1;
  return fates;
}

export function previewOf(after: Chapter, revised: Revised): RevisionPreview {
  const unsure = revised.annotations.flatMap(({ before, carried }): UnsureNote[] => {
    if (!seenByAll(before) || carried.fate === 'kept' || carried.fate === 'moved') return [];
    const suggestion = carried.passage && passageText(after.blocks, carried.passage);
    return [{ annotation: before.id, author: before.author, quote: before.anchor.quote.exact, suggestion }];
  });
  return {
    chapter: after.id,
    hash: after.hash,
    words: after.words,
    blocks: after.blocks.length,
    changed: revised.changed,
    fates: fatesOf(revised),
    unsure,
  };
}
