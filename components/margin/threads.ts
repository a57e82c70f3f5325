import { firstIndex } from '#components/reader/dom-positions.ts';
import type { Annotation, Reply } from '#shared/records/annotation.ts';
import type { AnnotationId, MemberId, ReplyId } from '#shared/records/ids.ts';
import type { MarginRecords } from '#shared/records/margin-document.ts';
import type { Block, BlockId } from '#shared/text/block.ts';

/** An annotation with its replies in the order they were written. The same object for as long as nothing in it changes. */
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

export interface Onlooker {
  me: MemberId;
  moderates: boolean;
  /** Records that wait for a connection or were refused: they show even when they have no words. */
  stranded: ReadonlySet<string>;
}

/** A thread among the notes or in the talk, with the index of its block. */
interface Placed {
  thread: Thread;
  block: number;
}

const noReplies: readonly Reply[] = [];
const noRecords: MarginRecords = { annotations: new Map(), replies: new Map(), reactions: new Map() };
/** More at once are sorted together; fewer are each put at their place. */
const FEW = 40;

/**
 * The margin's records as threads, from one state of them to the next: what did not change is not made again, so that one
 * record that comes to thousands costs a comparison with each and nothing more.
 */
export class ThreadKeeper {
  #records = noRecords;
  #blocks: readonly Block[] = [];
  #order: ReadonlyMap<BlockId, number> = new Map();
  #onlooker: Onlooker | null = null;
  readonly #answers = new Map<AnnotationId, readonly Reply[]>();
  readonly #threads = new Map<AnnotationId, Thread>();
  readonly #notes = new Ordered();
  readonly #talk = new Ordered();
  #now: Threads = { notes: [], talk: [], of: () => null };

  next(records: MarginRecords, blocks: readonly Block[], onlooker: Onlooker): Threads {
    const before = this.#onlooker;
    const isOther = blocks !== this.#blocks || onlooker.me !== before?.me || onlooker.moderates !== before.moderates;
    if (isOther) this.#begin(blocks);
    this.#onlooker = onlooker;
    const changed = this.#changed(records, isOther ? new Set() : before.stranded);
    this.#records = records;
    if (changed.size > 0 || isOther) this.#show(changed);
    return this.#now;
  }

  #begin(blocks: readonly Block[]): void {
    this.#blocks = blocks;
    this.#order = new Map(blocks.map((block, index) => [block.id, index]));
    this.#records = noRecords;
    this.#answers.clear();
    this.#threads.clear();
    this.#notes.clear();
    this.#talk.clear();
  }

  /** Annotations of which something changed: the record, a reply, or whether one of them is stranded. */
  #changed({ annotations, replies }: MarginRecords, strandedBefore: ReadonlySet<string>): ReadonlySet<AnnotationId> {
    const before = this.#records;
    const stranded = this.#onlooker?.stranded ?? new Set<string>();
    const turned = [...stranded, ...strandedBefore].filter((id) => stranded.has(id) !== strandedBefore.has(id));
    const changed = new Set(differing(before.annotations, annotations));
    const changedReplies = new Set(differing(before.replies, replies));
    for (const id of turned) {
      const annotation = annotations.get(id as AnnotationId);
      const reply = replies.get(id as ReplyId);
      if (annotation !== undefined) changed.add(annotation.id);
      if (reply !== undefined) changedReplies.add(reply.id);
    }
    const answered = new Map<AnnotationId, Set<ReplyId>>();
    for (const id of changedReplies) {
      for (const reply of [before.replies.get(id), replies.get(id)]) {
        if (reply === undefined) continue;
        const ids = answered.get(reply.annotation);
        if (ids === undefined) answered.set(reply.annotation, new Set([id]));
        else ids.add(id);
      }
    }
    for (const [annotation, ids] of answered) {
      this.#answer(annotation, ids, replies);
      changed.add(annotation);
    }
    return changed;
  }

  #answer(annotation: AnnotationId, changed: ReadonlySet<ReplyId>, replies: MarginRecords['replies']): void {
    const others = (this.#answers.get(annotation) ?? noReplies).filter(({ id }) => !changed.has(id));
    const anew = [...changed].flatMap((id) => replies.get(id) ?? []);
    const shown = anew.filter(
      (reply) => reply.annotation === annotation && this.#onlooker !== null && isInSight(reply, this.#onlooker),
    );
    const list = [...others, ...shown].sort(byTime);
    if (list.length === 0) this.#answers.delete(annotation);
    else this.#answers.set(annotation, list);
  }

  #show(changed: ReadonlySet<AnnotationId>): void {
    const gone = new Set<AnnotationId>();
    const notes: Placed[] = [];
    const talk: Placed[] = [];
    for (const id of changed) {
      gone.add(id);
      this.#threads.delete(id);
      const thread = this.#threadOf(id);
      if (thread === null || this.#onlooker === null || !showsNote(thread, this.#onlooker)) continue;
      const { anchor } = thread.annotation;
      if (anchor === null) talk.push({ thread, block: 0 });
      else notes.push({ thread, block: this.#order.get(anchor.start.block) ?? this.#blocks.length });
    }
    this.#now = {
      notes: this.#notes.replace(gone, notes),
      talk: this.#talk.replace(gone, talk),
      of: (id) => this.#threadOf(id),
    };
  }

  #threadOf(id: AnnotationId): Thread | null {
    const known = this.#threads.get(id);
    const annotation = this.#records.annotations.get(id);
    if (known !== undefined || annotation === undefined) return known ?? null;
    const thread = { annotation, replies: this.#answers.get(id) ?? noReplies };
    this.#threads.set(id, thread);
    return thread;
  }
}

/** Threads in reading order, then by time. */
class Ordered {
  #placed: Placed[] = [];
  readonly #byId = new Map<AnnotationId, Placed>();
  #threads: readonly Thread[] = [];

  clear(): void {
    this.#placed = [];
    this.#byId.clear();
    this.#threads = [];
  }

  /** Takes out those that are `gone` and puts the others in; the same list when neither was the case. */
  replace(gone: ReadonlySet<AnnotationId>, others: readonly Placed[]): readonly Thread[] {
    const leaving = [...gone].flatMap((id) => this.#byId.get(id) ?? []);
    if (leaving.length === 0 && others.length === 0) return this.#threads;
    if (leaving.length + others.length > FEW) {
      const left = new Set(leaving);
      this.#placed = [...this.#placed.filter((one) => !left.has(one)), ...others].sort(inReadingOrder);
    } else {
      for (const one of leaving) this.#placed.splice(this.#indexOf(one), 1);
      for (const one of others) this.#placed.splice(this.#indexOf(one), 0, one);
    }
    for (const { thread } of leaving) this.#byId.delete(thread.annotation.id);
    for (const one of others) this.#byId.set(one.thread.annotation.id, one);
    this.#threads = this.#placed.map(({ thread }) => thread);
    return this.#threads;
  }

  /** Where it stands, or would. */
  #indexOf(one: Placed): number {
    return firstIndex(this.#placed.length, (index) => {
      const other = this.#placed[index];
      return other !== undefined && inReadingOrder(other, one) >= 0;
    });
  }
}

/** How many people's words a thread holds. */
export const wordsIn = ({ annotation, replies }: Thread): number =>
  replies.length + (annotation.body === '' || annotation.deleted ? 0 : 1);

function differing<Id, T>(before: ReadonlyMap<Id, T>, after: ReadonlyMap<Id, T>): Id[] {
  if (before === after) return [];
  const ids: Id[] = [];
  for (const [id, record] of after) if (before.get(id) !== record) ids.push(id);
  if (before.size + ids.length > after.size) for (const id of before.keys()) if (!after.has(id)) ids.push(id);
  return ids;
}

function inReadingOrder({ thread: a, block }: Placed, { thread: b, block: other }: Placed): number {
  const offset = (a.annotation.anchor?.start.offset ?? 0) - (b.annotation.anchor?.start.offset ?? 0);
  return block - other || offset || byTime(a.annotation, b.annotation);
}

function showsNote({ annotation, replies }: Thread, onlooker: Onlooker): boolean {
  if (replies.length > 0 || onlooker.stranded.has(annotation.id)) return true;
  if (annotation.hidden) return isInSight(annotation, onlooker);
  return !annotation.deleted && annotation.body !== '';
}

/** What was hidden is seen, as hidden, by those who can restore it and by who wrote it. */
function isInSight(record: Annotation | Reply, { me, moderates, stranded }: Onlooker): boolean {
  if (record.deleted) return stranded.has(record.id);
  return !record.hidden || moderates || record.author === me;
}

function byTime(a: Annotation | Reply, b: Annotation | Reply): number {
  return a.createdAt - b.createdAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
