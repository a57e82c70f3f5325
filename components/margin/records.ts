import type { Annotation, Reply } from '#shared/records/annotation.ts';
import type { AnnotationId, ReplyId } from '#shared/records/ids.ts';

/** A note or an answer to one: what a card shows, edits, hides or takes back. */
export type NoteRecord =
  | { kind: 'annotation'; id: AnnotationId; record: Annotation }
  | { kind: 'reply'; id: ReplyId; record: Reply };

export type RecordId = AnnotationId | ReplyId;

export const asNote = (record: Annotation): NoteRecord => ({ kind: 'annotation', id: record.id, record });
export const asReply = (record: Reply): NoteRecord => ({ kind: 'reply', id: record.id, record });

export const isPrivate = (note: NoteRecord): boolean =>
  note.kind === 'annotation' && note.record.visibility === 'private';
