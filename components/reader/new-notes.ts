import type { Annotation } from '#shared/records/annotation.ts';
import type { AnnotationId, MemberId } from '#shared/records/ids.ts';
import type { MarginRecords } from '#shared/records/margin-document.ts';

/** Something others wrote since `since` (epoch milliseconds): the annotation it belongs to, and when. */
export interface News {
  annotation: AnnotationId;
  at: number;
}

/**
 * What is new in a margin, one entry a thread, for who has seen everything up to `since`. One's own words are never news;
 * neither is what was taken back or hidden.
 */
export function newsSince({ annotations, replies }: MarginRecords, since: number, me: MemberId): News[] {
  const news = new Map<AnnotationId, number>();
  const add = (
    record: { author: MemberId; createdAt: number; deleted: boolean; hidden: boolean },
    thread: Annotation | undefined,
  ) => {
    if (thread === undefined || record.author === me || record.createdAt <= since || record.deleted || record.hidden)
      return;
    news.set(thread.id, Math.max(news.get(thread.id) ?? 0, record.createdAt));
  };
  for (const annotation of annotations.values()) add(annotation, annotation);
  for (const reply of replies.values()) add(reply, annotations.get(reply.annotation));
  return [...news].map(([annotation, at]) => ({ annotation, at }));
}

/** The latest time anything in a margin carries; 0 for an empty one. */
export function latestIn({ annotations, replies }: MarginRecords): number {
  let latest = 0;
  for (const { createdAt } of annotations.values()) latest = Math.max(latest, createdAt);
  for (const { createdAt } of replies.values()) latest = Math.max(latest, createdAt);
  return latest;
}
