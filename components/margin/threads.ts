import type { Annotation, Reply } from '#shared/records/annotation.ts';
import type { AnnotationId, MemberId } from '#shared/records/ids.ts';
import type { MarginRecords } from '#shared/records/margin-document.ts';
import type { Block } from '#shared/text/block.ts';

/** An annotation with its replies in the order they were written. */
export interface Thread {
  annotation: Annotation;
  replies: readonly Reply[];
}

export interface Threads {
  /** Notes on passages, in reading order. Highlights without words are not among them. */
  notes: readonly Thread[];
  /** The chapter-wide talk, oldest first. */
  talk: readonly Thread[];
  /** Any thread, bare highlights included; the same object each time. */
  of: (annotation: AnnotationId) => Thread | null;
}

interface Onlooker {
  me: MemberId;
  moderates: boolean;
  /** Records that wait for a connection or were refused: they show even when they have no words. */
  stranded: (record: string) => boolean;
}

const noReplies: readonly Reply[] = [];

/** The margin's records as threads. */
export function threadsOf(records: MarginRecords, blocks: readonly Block[], onlooker: Onlooker): Threads {
  const answers = new Map<AnnotationId, Reply[]>();
  for (const reply of records.replies.values()) {
    if (!isInSight(reply, onlooker)) continue;
    const list = answers.get(reply.annotation);
    if (list === undefined) answers.set(reply.annotation, [reply]);
    else list.push(reply);
  }
  for (const list of answers.values()) list.sort(byTime);

  const order = new Map(blocks.map((block, index) => [block.id, index]));
  const notes: (Thread & { place: number })[] = [];
  const talk: Thread[] = [];
  for (const annotation of records.annotations.values()) {
    const replies = answers.get(annotation.id) ?? noReplies;
    if (!showsNote(annotation, replies, onlooker)) continue;
    if (annotation.anchor === null) talk.push({ annotation, replies });
    else notes.push({ annotation, replies, place: order.get(annotation.anchor.start.block) ?? blocks.length });
  }
  notes.sort(
    (a, b) =>
      a.place - b.place ||
      (a.annotation.anchor?.start.offset ?? 0) - (b.annotation.anchor?.start.offset ?? 0) ||
      byTime(a.annotation, b.annotation),
  );
  talk.sort((a, b) => byTime(a.annotation, b.annotation));
  const opened = new Map<AnnotationId, Thread>();
  return {
    notes,
    talk,
    of(id) {
      const known = opened.get(id);
      const annotation = records.annotations.get(id);
      if (known !== undefined || annotation === undefined) return known ?? null;
      const thread = { annotation, replies: answers.get(id) ?? noReplies };
      opened.set(id, thread);
      return thread;
    },
  };
}

/** How many people's words a thread holds. */
export const wordsIn = ({ annotation, replies }: Thread): number =>
  replies.length + (annotation.body === '' || annotation.deleted ? 0 : 1);

function showsNote(annotation: Annotation, replies: readonly Reply[], onlooker: Onlooker): boolean {
  if (replies.length > 0 || onlooker.stranded(annotation.id)) return true;
  if (annotation.hidden) return isInSight(annotation, onlooker);
  return !annotation.deleted && annotation.body !== '';
}

/** What was hidden is seen, as hidden, by those who can restore it and by who wrote it. */
function isInSight(record: Annotation | Reply, { me, moderates, stranded }: Onlooker): boolean {
  if (record.deleted) return stranded(record.id);
  return !record.hidden || moderates || record.author === me;
}

function byTime(a: Annotation | Reply, b: Annotation | Reply): number {
  return a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1);
}
