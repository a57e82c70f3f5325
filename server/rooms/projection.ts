import { eitherKind, type Annotation, type Reactions, type Reply } from '#shared/records/annotation.ts';
import type { AnnotationId, ChapterId, MemberId } from '#shared/records/ids.ts';
import type { Margin, MarginChange } from './margin.ts';

/**
 * From rows to what members may see. A document holds exactly this: hidden records as a stub without words, deleted ones
 * without words and only while replies hang on them, private notes in their author's document alone.
 */

/** One entry of a document's maps; `undefined` takes it away. */
export type Write =
  | { root: 'annotations'; key: string; value: Annotation | undefined }
  | { root: 'replies'; key: string; value: Reply | undefined }
  | { root: 'reactions'; key: string; value: Reactions | undefined }
  | { root: 'meta'; key: string; value: string };

/** Whom a document is for: one member's private notes, or (null) the whole room. */
export type Audience = MemberId | null;

export const audienceOf = (annotation: Annotation): Audience =>
  annotation.visibility === 'room' ? null : annotation.author;

export const documentName = (chapter: ChapterId, audience: Audience): string =>
  audience === null ? `margin:${chapter}` : `notes:${chapter}:${audience}`;

/** Hidden for everybody but moderators; they get `hidden` with its words where a person asks (export, moderation). */
export function seenAnnotation(margin: Margin, annotation: Annotation, moderating = false): Annotation | undefined {
  if (annotation.deleted) {
    return margin.standingReplies(annotation.id) > 0 ? { ...annotation, body: '' } : undefined;
  }
  return annotation.hidden && !moderating ? { ...annotation, body: '' } : annotation;
}

export function seenReply(reply: Reply, moderating = false): Reply | undefined {
  if (reply.deleted) return undefined;
  return reply.hidden && !moderating ? { ...reply, body: '' } : reply;
}

/** Reactions to words that nobody sees are not shown either. */
export function seenReactions(margin: Margin, record: Annotation | Reply): Reactions | undefined {
  if (record.deleted || record.hidden) return undefined;
  const reactions = margin.reactionsOf(record.id);
  return Object.keys(reactions).length > 0 ? reactions : undefined;
}

function annotationWrites(margin: Margin, annotation: Annotation): Write[] {
  return [
    { root: 'annotations', key: annotation.id, value: seenAnnotation(margin, annotation) },
    { root: 'reactions', key: annotation.id, value: seenReactions(margin, annotation) },
  ];
}

function replyWrites(margin: Margin, reply: Reply): Write[] {
  return [
    { root: 'replies', key: reply.id, value: seenReply(reply) },
    { root: 'reactions', key: reply.id, value: seenReactions(margin, reply) },
  ];
}

/** The annotation in whose thread a change happens. */
export function threadOf(margin: Margin, change: MarginChange): AnnotationId {
  if (change.table === 'annotation') return change.row.id;
  if (change.table === 'reply') return change.row.annotation;
  const { target } = change.row;
  return margin.reply(target)?.annotation ?? eitherKind(target).annotation;
}

/** What a change that the margin has taken in makes of its document. Entries that stay the same may be among them. */
export function writesOf(margin: Margin, change: MarginChange): Write[] {
  const annotation = margin.annotations.get(threadOf(margin, change));
  const target = change.table === 'reaction' ? change.row.target : change.row.id;
  const reply = margin.reply(target);
  return [...(reply ? replyWrites(margin, reply) : []), ...(annotation ? annotationWrites(margin, annotation) : [])];
}

/** All that a document holds. */
export function allWrites(margin: Margin, audience: Audience): Write[] {
  const writes: Write[] = [];
  for (const annotation of margin.annotations.values()) {
    if (audienceOf(annotation) !== audience) continue;
    writes.push(...annotationWrites(margin, annotation));
    for (const reply of margin.repliesOf(annotation.id)) writes.push(...replyWrites(margin, reply));
  }
  return writes.filter(({ value }) => value !== undefined);
}
