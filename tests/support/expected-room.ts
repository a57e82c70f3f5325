import { passageText } from '#shared/anchoring/quote.ts';
import type { Command } from '#shared/protocol/command.ts';
import type { Annotation, Reactions, Reply } from '#shared/records/annotation.ts';
import type { AnnotationId, MemberId, ReplyId } from '#shared/records/ids.ts';
import type { MarginRecords } from '#shared/records/margin-document.ts';
import type { Member, Role } from '#shared/records/member.ts';
import type { Block } from '#shared/text/block.ts';

/** An annotation as far as a test can foretell it: times become 'was it edited', the anchor becomes its words. */
type ExpectedAnnotation = Pick<
  Annotation,
  'author' | 'colour' | 'body' | 'visibility' | 'deleted' | 'hidden' | 'chapter'
> & { edited: boolean; quote: string | null };
type ExpectedReply = Pick<Reply, 'annotation' | 'author' | 'body' | 'deleted' | 'hidden'> & { edited: boolean };

/** One document in the same terms. */
export interface ExpectedRecords {
  annotations: Record<string, ExpectedAnnotation>;
  replies: Record<string, ExpectedReply>;
  reactions: Record<string, Reactions>;
}

/**
 * What a room must hold after the commands that were acknowledged, in the order of their commit numbers: the oracle. It is
 * written from what the room promises, shares no code with the rules, and throws when something was allowed that must not
 * be.
 */
export class ExpectedRoom {
  readonly roles = new Map<MemberId, Role>();
  readonly muted = new Set<MemberId>();
  /** Ids of records in the order in which they were made. */
  readonly made: string[] = [];
  /** Words that were written at some time, by who may ever have seen them: their author alone, or the room. */
  readonly privateWords: { author: MemberId; words: string }[] = [];
  readonly #blocks: readonly Block[];
  readonly #annotations = new Map<AnnotationId, ExpectedAnnotation>();
  readonly #replies = new Map<ReplyId, ExpectedReply>();
  readonly #reactions = new Map<string, { emoji: string; member: MemberId }[]>();

  constructor(members: readonly Member[], blocks: readonly Block[]) {
    for (const { id, role, muted } of members) {
      this.roles.set(id, role);
      if (muted) this.muted.add(id);
    }
    this.#blocks = blocks;
  }

  take(by: MemberId, command: Command): void {
    switch (command.kind) {
      case 'annotation.create': {
        const { annotation, chapter, passage, colour, body, visibility } = command;
        if (visibility === 'room') this.#mustWrite(by, command);
        else this.privateWords.push({ author: by, words: body });
        this.#make(annotation);
        const quote = passage && passageText(this.#blocks, passage);
        const stamped = { author: by, edited: false, deleted: false, hidden: false };
        this.#annotations.set(annotation, { chapter, colour, body, visibility, quote, ...stamped });
        return;
      }
      case 'annotation.edit': {
        const record = this.#own(by, command, this.#annotations.get(command.annotation));
        if (record.visibility === 'room') this.#mustWrite(by, command);
        else this.privateWords.push({ author: by, words: command.body });
        must(!record.deleted && !record.hidden, by, command);
        const same = record.body === command.body && record.colour === command.colour;
        if (!same) Object.assign(record, { body: command.body, colour: command.colour, edited: true });
        return;
      }
      case 'annotation.delete':
        this.#own(by, command, this.#annotations.get(command.annotation)).deleted = true;
        return;
      case 'annotation.undelete': {
        const record = this.#own(by, command, this.#annotations.get(command.annotation));
        if (record.visibility === 'room') this.#mustWrite(by, command);
        must(!record.hidden, by, command);
        record.deleted = false;
        return;
      }
      case 'reply.create': {
        this.#mustWrite(by, command);
        const parent = this.#annotations.get(command.annotation);
        must(parent?.visibility === 'room' && !parent.hidden, by, command);
        must(!parent.deleted || this.#hasStandingReplies(command.annotation), by, command);
        this.#make(command.reply);
        const { annotation, body } = command;
        const stamped = { author: by, edited: false, deleted: false, hidden: false };
        this.#replies.set(command.reply, { annotation, body, ...stamped });
        return;
      }
      case 'reply.edit': {
        const record = this.#own(by, command, this.#replies.get(command.reply));
        this.#mustWrite(by, command);
        must(!record.deleted && !record.hidden, by, command);
        if (record.body !== command.body) Object.assign(record, { body: command.body, edited: true });
        return;
      }
      case 'reply.delete':
        this.#own(by, command, this.#replies.get(command.reply)).deleted = true;
        return;
      case 'reply.undelete': {
        const record = this.#own(by, command, this.#replies.get(command.reply));
        this.#mustWrite(by, command);
        must(!record.hidden, by, command);
        record.deleted = false;
        return;
      }
      case 'reaction.toggle': {
        must(!this.muted.has(by), by, command);
        must(!this.#inRoom(by, command, command.target).hidden, by, command);
        const { target, emoji, on } = command;
        const before = this.#reactions.get(target) ?? [];
        const has = before.some((one) => one.emoji === emoji && one.member === by);
        if (on && !has) this.#reactions.set(target, [...before, { emoji, member: by }]);
        if (!on) {
          this.#reactions.set(
            target,
            before.filter((one) => one.emoji !== emoji || one.member !== by),
          );
        }
        return;
      }
      case 'record.hide':
      case 'record.restore':
        must(this.#moderates(by), by, command);
        this.#inRoom(by, command, command.target).hidden = command.kind === 'record.hide';
        return;
      case 'member.mute':
        this.#mustActOn(by, command, command.member);
        if (command.muted) this.muted.add(command.member);
        else this.muted.delete(command.member);
        return;
      case 'member.role':
        this.#mustActOn(by, command, command.member);
        must(command.role !== 'cohost' || this.roles.get(by) === 'host', by, command);
        this.roles.set(command.member, command.role);
        return;
      default:
        throw new Error(`nothing is expected of ${command.kind}`);
    }
  }

  /** What everyone sees. */
  margin(): ExpectedRecords {
    return this.#seen((record) => record.visibility === 'room');
  }

  /** What this member alone sees beside it. */
  notes(member: MemberId): ExpectedRecords {
    return this.#seen((record) => record.visibility === 'private' && record.author === member);
  }

  /** Words that nobody sees any more: deleted, hidden, or written over. Each of `words` that is in no record in sight. */
  outOfSight(words: readonly string[]): string[] {
    const { annotations, replies } = this.margin();
    const inSight = new Set([...Object.values(annotations), ...Object.values(replies)].map(({ body }) => body));
    return words.filter((body) => body !== '' && !inSight.has(body));
  }

  #seen(isMeant: (record: ExpectedAnnotation) => boolean): ExpectedRecords {
    const seen: ExpectedRecords = { annotations: {}, replies: {}, reactions: {} };
    for (const [id, record] of this.#annotations) {
      if (!isMeant(record)) continue;
      const wordless = record.deleted || record.hidden;
      if (!record.deleted || this.#hasStandingReplies(id)) {
        seen.annotations[id] = { ...record, body: wordless ? '' : record.body };
      }
      if (!wordless) this.#addReactions(seen, id);
    }
    for (const [id, record] of this.#replies) {
      const parent = this.#annotations.get(record.annotation);
      if (!parent || !isMeant(parent) || record.deleted) continue;
      seen.replies[id] = { ...record, body: record.hidden ? '' : record.body };
      if (!record.hidden) this.#addReactions(seen, id);
    }
    return seen;
  }

  #addReactions(seen: ExpectedRecords, target: string): void {
    const reactions: Reactions = {};
    for (const { emoji, member } of this.#reactions.get(target) ?? []) (reactions[emoji] ??= []).push(member);
    if (Object.keys(reactions).length > 0) seen.reactions[target] = reactions;
  }

  #make(id: string): void {
    if (this.made.includes(id)) throw new Error(`${id} was made twice`);
    this.made.push(id);
  }

  #hasStandingReplies(annotation: AnnotationId): boolean {
    return [...this.#replies.values()].some((reply) => reply.annotation === annotation && !reply.deleted);
  }

  #own<R extends { author: MemberId }>(by: MemberId, command: Command, record: R | undefined): R {
    must(record?.author === by, by, command);
    return record;
  }

  #inRoom(by: MemberId, command: Command, id: string): ExpectedAnnotation | ExpectedReply {
    const annotation = this.#annotations.get(id as AnnotationId);
    must(annotation?.visibility !== 'private', by, command);
    const record = annotation ?? this.#replies.get(id as ReplyId);
    must(record?.deleted === false, by, command);
    return record;
  }

  #moderates(member: MemberId): boolean {
    const role = this.roles.get(member);
    return role === 'host' || role === 'cohost';
  }

  #mustWrite(by: MemberId, command: Command): void {
    must(!this.muted.has(by) && this.roles.get(by) !== 'listener', by, command);
  }

  #mustActOn(by: MemberId, command: Command, subject: MemberId): void {
    const role = this.roles.get(subject);
    must(this.#moderates(by) && role !== undefined && role !== 'host', by, command);
    must(role !== 'cohost' || this.roles.get(by) === 'host', by, command);
  }
}

function must(allowed: boolean, by: MemberId, command: Command): asserts allowed {
  if (!allowed) throw new Error(`${by} should not have been allowed ${JSON.stringify(command)}`);
}

/** What a document, or the API, says in the terms of the oracle. */
export function inExpectedTerms(records: MarginRecords): ExpectedRecords {
  const told: ExpectedRecords = { annotations: {}, replies: {}, reactions: {} };
  for (const { id, createdAt: _created, editedAt, anchor, ...record } of records.annotations.values()) {
    told.annotations[id] = { ...record, edited: editedAt !== null, quote: anchor?.quote.exact ?? null };
  }
  for (const { id, createdAt: _created, editedAt, ...record } of records.replies.values()) {
    told.replies[id] = { ...record, edited: editedAt !== null };
  }
  for (const [target, reactions] of records.reactions) told.reactions[target] = reactions;
  return told;
}
