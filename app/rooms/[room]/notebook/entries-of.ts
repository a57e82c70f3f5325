import type { Entry } from '#components/notebook/entry.ts';
import type { MarginView } from '#server/rooms/rooms.ts';
import type { Annotation } from '#shared/records/annotation.ts';
import type { MemberId } from '#shared/records/ids.ts';

/** `b12` counts as 12: block ids are numbered in reading order. Notes that lost their words come last. */
const blockNumber = ({ anchor }: Annotation): number =>
  anchor?.lost ? Number.MAX_SAFE_INTEGER : Number(anchor?.start.block.slice(1) ?? 0);
const offset = (annotation: Annotation): number => annotation.anchor?.start.offset ?? 0;

const inOrder = (a: Annotation, b: Annotation): number =>
  blockNumber(a) - blockNumber(b) || offset(a) - offset(b) || a.createdAt - b.createdAt;

/** A margin as threads in the order of the text; the chapter-wide talk first. `seenAt` is in epoch milliseconds. */
export function entriesOf({ annotations, replies, reactions }: MarginView, you: MemberId, seenAt: number): Entry[] {
  const threads = Map.groupBy(
    replies.toSorted((a, b) => a.createdAt - b.createdAt),
    (reply) => reply.annotation,
  );
  return annotations.toSorted(inOrder).map((annotation) => {
    const thread = threads.get(annotation.id) ?? [];
    return {
      annotation,
      replies: thread,
      reactions: reactions.get(annotation.id) ?? {},
      fresh: [annotation, ...thread].some((record) => record.author !== you && record.createdAt > seenAt),
    };
  });
}
