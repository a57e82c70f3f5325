import { checkPassage, quoteOf } from '#shared/anchoring/quote.ts';
import type { Anchor, Passage } from '#shared/anchoring/anchor.ts';
import { ANNOTATIONS_PER_CHAPTER_MAX, ANNOTATIONS_PER_ROOM_MAX } from '#shared/protocol/limits.ts';
import { refuse, type Refusal } from '#shared/protocol/refusal.ts';
import type { Chapter } from '#shared/records/book.ts';
import { canModerate } from '#shared/records/roles.ts';
import { allow, type Rule } from './facts.ts';
import { annotationInSight, idTaken } from './records-in-sight.ts';
import { cannotWrite } from './standing.ts';

/**
 * The anchor of a passage, quote and hash from the server's own copy of the text, or why it cannot be one. `chosenIn` is
 * the hash of the text that the passage was chosen in, where the client said so.
 */
function anchorOf(
  chapter: Chapter,
  passage: Passage,
  chosenIn: string | undefined,
): { ok: true; anchor: Anchor } | Refusal {
  if (chosenIn !== undefined && chosenIn !== chapter.hash) return refuse('text-revised');
  const checked = checkPassage(chapter.blocks, passage);
  if (typeof checked === 'string') return refuse(checked);
  return {
    ok: true,
    anchor: { start: checked.start, end: checked.end, hash: chapter.hash, quote: quoteOf(chapter.blocks, checked) },
  };
}

export const createAnnotation: Rule<'annotation.create'> = (facts, member, command) => {
  const barred = command.visibility === 'room' ? cannotWrite(facts.room, member) : null;
  if (barred) return barred;
  if (facts.bookOf(command.chapter) === null) return refuse('not-found');
  if (idTaken(facts, command.annotation)) return refuse('id-taken');
  if (facts.annotationCount(command.chapter) >= ANNOTATIONS_PER_CHAPTER_MAX) return refuse('too-many');
  if (facts.annotationsInRoom() >= ANNOTATIONS_PER_ROOM_MAX) return refuse('room-full');
  if (command.passage === null && command.body === '') return refuse('empty-note');
  let anchor: Anchor | null = null;
  if (command.passage !== null) {
    const chapter = facts.chapter(command.chapter);
    if (chapter === null) return refuse('not-found');
    const anchored = anchorOf(chapter, command.passage, command.hash);
    if (!anchored.ok) return anchored;
    anchor = anchored.anchor;
  }
  return allow([
    {
      table: 'annotation',
      row: {
        id: command.annotation,
        chapter: command.chapter,
        author: member.id,
        colour: command.colour,
        anchor,
        body: command.body,
        visibility: command.visibility,
        createdAt: facts.now,
        editedAt: null,
        deleted: false,
        hidden: false,
      },
    },
  ]);
};

export const editAnnotation: Rule<'annotation.edit'> = (facts, member, command) => {
  const annotation = annotationInSight(facts, member.id, command.annotation);
  if (annotation === null || annotation.deleted || annotation.hidden) return refuse('not-found');
  if (annotation.author !== member.id) return refuse('not-yours');
  const barred = annotation.visibility === 'room' ? cannotWrite(facts.room, member) : null;
  if (barred) return barred;
  if (annotation.anchor === null && command.body === '') return refuse('empty-note');
  if (annotation.body === command.body && annotation.colour === command.colour) return allow();
  return allow([
    {
      table: 'annotation',
      row: { ...annotation, body: command.body, colour: command.colour, editedAt: facts.now },
    },
  ]);
};

// Taking one's own words back is not writing: a muted member, a listener, anyone in a locked room may always do it.
export const deleteAnnotation: Rule<'annotation.delete'> = (facts, member, command) => {
  const annotation = annotationInSight(facts, member.id, command.annotation);
  if (annotation === null) return refuse('not-found');
  if (annotation.author !== member.id) return refuse('not-yours');
  if (annotation.deleted) return allow();
  return allow([{ table: 'annotation', row: { ...annotation, deleted: true } }]);
};

export const undeleteAnnotation: Rule<'annotation.undelete'> = (facts, member, command) => {
  const annotation = annotationInSight(facts, member.id, command.annotation);
  if (annotation === null || annotation.hidden) return refuse('not-found');
  if (annotation.author !== member.id) return refuse('not-yours');
  const barred = annotation.visibility === 'room' ? cannotWrite(facts.room, member) : null;
  if (barred) return barred;
  if (!annotation.deleted) return allow();
  // Its words were purged in the meantime, and there is nothing else to it.
  if (annotation.anchor === null && annotation.body === '') return refuse('not-found');
  return allow([{ table: 'annotation', row: { ...annotation, deleted: false } }]);
};

export const reattachAnnotation: Rule<'annotation.reattach'> = (facts, member, command) => {
  const annotation = annotationInSight(facts, member.id, command.annotation);
  if (annotation === null || annotation.anchor === null || annotation.deleted) return refuse('not-found');
  const mayPlace = annotation.author === member.id || canModerate(member.role);
  if (!mayPlace) return refuse('not-yours');
  const barred = annotation.visibility === 'room' ? cannotWrite(facts.room, member) : null;
  if (barred) return barred;
  const chapter = facts.chapter(annotation.chapter);
  if (chapter === null || command.chapter !== annotation.chapter) return refuse('not-found');
  if (annotation.anchor.hash === chapter.hash) return refuse('note-in-place');
  const anchored = anchorOf(chapter, command.passage, command.hash);
  if (!anchored.ok) return anchored;
  return allow([{ table: 'annotation', row: { ...annotation, anchor: anchored.anchor } }]);
};
