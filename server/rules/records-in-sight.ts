import type { Annotation, Reply, TargetId } from '#shared/records/annotation.ts';
import type { AnnotationId, MemberId } from '#shared/records/ids.ts';
import type { RoomFacts } from './facts.ts';

/** An annotation this member may know of. Somebody else's private note answers as if it did not exist. */
export function annotationInSight(facts: RoomFacts, member: MemberId, id: AnnotationId): Annotation | null {
  const annotation = facts.annotation(id);
  if (annotation === null) return null;
  return annotation.visibility === 'room' || annotation.author === member ? annotation : null;
}

/**
 * The annotation or reply that a reaction or a moderation command points at: of the room (never private, not even one's
 * own) and not deleted. Whether it is hidden is the caller's question.
 */
export function targetInRoom(
  facts: RoomFacts,
  id: TargetId,
): { kind: 'annotation'; record: Annotation } | { kind: 'reply'; record: Reply } | null {
  const annotation = facts.annotation(id);
  if (annotation !== null) {
    return annotation.visibility === 'room' && !annotation.deleted ? { kind: 'annotation', record: annotation } : null;
  }
  const reply = facts.reply(id);
  return reply !== null && !reply.deleted ? { kind: 'reply', record: reply } : null;
}

/** Whether some record has this id already; annotations and replies share one space, as a target may be either. */
export function idTaken(facts: RoomFacts, id: TargetId): boolean {
  return facts.annotation(id) !== null || facts.reply(id) !== null;
}
