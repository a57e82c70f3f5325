import type { Annotation, Reactions, Reply, TargetId } from '#shared/records/annotation.ts';
import type { MemberId } from '#shared/records/ids.ts';
import type { Margin } from './margin.ts';
import { seenAnnotation, seenReactions, seenReply } from './projection.ts';
import type { MarginView } from './rooms.ts';

/** A margin as one member may see it: the room's threads and their own private notes, oldest first. */
export function marginView(margin: Margin, member: MemberId, moderating: boolean): MarginView {
  const annotations: Annotation[] = [];
  const replies: Reply[] = [];
  const reactions = new Map<TargetId, Reactions>();
  const addReactions = (record: Annotation | Reply): void => {
    const seen = seenReactions(margin, record);
    if (seen) reactions.set(record.id, seen);
  };
  for (const annotation of margin.annotations.values()) {
    if (annotation.visibility === 'private' && annotation.author !== member) continue;
    const seen = seenAnnotation(margin, annotation, moderating);
    if (!seen) continue;
    annotations.push(seen);
    addReactions(annotation);
    for (const reply of margin.repliesOf(annotation.id)) {
      const seenAnswer = seenReply(reply, moderating);
      if (!seenAnswer) continue;
      replies.push(seenAnswer);
      addReactions(reply);
    }
  }
  return { annotations, replies, reactions };
}
