import { eitherKind, type Annotation, type Reactions, type Reply, type TargetId } from '#shared/records/annotation.ts';
import type { AnnotationId, MemberId, ReplyId } from '#shared/records/ids.ts';
import { annotationBytes, REACTION_BYTES, replyBytes } from '#shared/records/record-bytes.ts';
import type { Change, StoredMargin, StoredReaction } from '#server/storage/store.ts';
import { MarginWeight } from './margin-weight.ts';

/** A change that belongs to one chapter's margin. */
export type MarginChange = Extract<Change, { table: 'annotation' | 'reply' | 'reaction' }>;

export const isMarginChange = (change: Change): change is MarginChange =>
  change.table === 'annotation' || change.table === 'reply' || change.table === 'reaction';

const isNote = ({ visibility, deleted, hidden, body }: Annotation): boolean =>
  visibility === 'room' && !deleted && !hidden && body !== '';
const isStanding = ({ deleted, hidden }: Reply): boolean => !deleted && !hidden;

/** Everything that one chapter's margin holds, as the rows have it: hidden, deleted and everybody's private records too. */
export class Margin {
  readonly annotations = new Map<AnnotationId, Annotation>();
  readonly replies = new Map<ReplyId, Reply>();
  readonly weight = new MarginWeight();
  #notes = 0;
  readonly #threads = new Map<AnnotationId, Set<ReplyId>>();
  readonly #reactions = new Map<TargetId, Reactions>();

  constructor(stored: StoredMargin) {
    for (const row of stored.annotations) this.apply({ table: 'annotation', row });
    for (const row of stored.replies) this.apply({ table: 'reply', row });
    for (const row of stored.reactions) this.apply({ table: 'reaction', row, on: true });
  }

  apply(change: MarginChange): void {
    switch (change.table) {
      case 'annotation':
        this.#weigh(annotationBytes, this.annotations.get(change.row.id), change.row, change.row.visibility === 'room');
        this.#count(isNote, this.annotations.get(change.row.id), change.row);
        this.annotations.set(change.row.id, change.row);
        return;
      case 'reply':
        this.#weigh(replyBytes, this.replies.get(change.row.id), change.row, true);
        this.#count(isStanding, this.replies.get(change.row.id), change.row);
        this.replies.set(change.row.id, change.row);
        this.#thread(change.row.annotation).add(change.row.id);
        return;
      case 'reaction':
        this.#react(change.row, change.on);
    }
  }

  /** Visible notes with words, and replies: what the shelf shows. Private notes do not count. */
  get notes(): number {
    return this.#notes;
  }

  annotation(target: TargetId): Annotation | undefined {
    return this.annotations.get(eitherKind(target).annotation);
  }

  reply(target: TargetId): Reply | undefined {
    return this.replies.get(eitherKind(target).reply);
  }

  reactionsOf(target: TargetId): Reactions {
    return this.#reactions.get(target) ?? {};
  }

  repliesOf(annotation: AnnotationId): Reply[] {
    return [...(this.#threads.get(annotation) ?? [])].flatMap((id) => this.replies.get(id) ?? []);
  }

  threadLength(annotation: AnnotationId): number {
    return this.#threads.get(annotation)?.size ?? 0;
  }

  /** Replies of a thread that were not deleted. */
  standingReplies(annotation: AnnotationId): number {
    let standing = 0;
    for (const id of this.#threads.get(annotation) ?? []) if (this.replies.get(id)?.deleted === false) standing += 1;
    return standing;
  }

  #count<Row>(counts: (row: Row) => boolean, before: Row | undefined, after: Row): void {
    this.#notes += Number(counts(after)) - Number(before !== undefined && counts(before));
  }

  #weigh<Row extends { author: MemberId }>(
    bytes: (row: Row) => number,
    before: Row | undefined,
    after: Row,
    isShared: boolean,
  ) {
    this.weight.add(after.author, bytes(after) - (before === undefined ? 0 : bytes(before)), isShared);
  }

  #thread(annotation: AnnotationId): Set<ReplyId> {
    const known = this.#threads.get(annotation);
    if (known) return known;
    const thread = new Set<ReplyId>();
    this.#threads.set(annotation, thread);
    return thread;
  }

  // Values are replaced, never changed in place: a document may hold the old one until the commit is through.
  #react({ target, emoji, member }: StoredReaction, on: boolean): void {
    const { [emoji]: before = [], ...others } = this.reactionsOf(target);
    const people = before.filter((person) => person !== member);
    this.weight.add(member, REACTION_BYTES * (Number(on) - (before.length - people.length)), true);
    if (on) people.push(member);
    if (people.length > 0) this.#reactions.set(target, { ...others, [emoji]: people });
    else if (Object.keys(others).length > 0) this.#reactions.set(target, others);
    else this.#reactions.delete(target);
  }
}
