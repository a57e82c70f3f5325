import type { Passage } from '#shared/anchoring/anchor.ts';
import { BODY_MAX_BYTES } from '#shared/protocol/limits.ts';
import type { Chapter } from '#shared/records/book.ts';
import { newId } from '#shared/records/ids.ts';
import type { AnnotationId, CommandId, MemberId } from '#shared/records/ids.ts';
import { byteLength } from '#shared/text/measure.ts';
import type { SettledComment } from '#server/importers/settled-book.ts';
import type { LiveRoom } from '#server/rooms/rooms.ts';
import { COMMENTS_MAX, COMMENT_AUTHOR_MAX_CHARS } from '#server/limits.ts';

/**
 * Makes the comments of a file notes of the member who brings it, each naming who wrote it there. They go through the same
 * rule as any note; one whose words cannot be marked is said about the chapter as a whole.
 */
export async function bringComments(
  room: LiveRoom,
  member: MemberId,
  chapters: readonly Chapter[],
  comments: readonly SettledComment[],
): Promise<void> {
  for (const comment of comments.slice(0, COMMENTS_MAX)) {
    const chapter = chapters[comment.chapter];
    if (chapter === undefined) continue;
    const note = (passage: Passage | null) =>
      room.submitBrought(member, {
        id: newId<CommandId>(),
        kind: 'annotation.create',
        annotation: newId<AnnotationId>(),
        chapter: chapter.id,
        passage,
        colour: 'clay',
        body: bodyOf(comment),
        visibility: 'room',
      });
    const ack = await note(comment.passage);
    if (!ack.ok && (ack.code === 'passage-invalid' || ack.code === 'passage-too-long')) await note(null);
  }
}

/** A name in a note must not be its mark-up. */
function bodyOf({ author, body }: SettledComment): string {
  const name = author
    .replace(/[*_`~>[\]]/gu, '')
    .trim()
    .slice(0, COMMENT_AUTHOR_MAX_CHARS)
    .toWellFormed();
  const whole = name === '' ? body : `**${name}:** ${body}`;
  if (byteLength(whole) <= BODY_MAX_BYTES) return whole;
  let short = whole.slice(0, BODY_MAX_BYTES / 4);
  if (!short.isWellFormed()) short = short.slice(0, -1);
  return `${short}…`;
}
