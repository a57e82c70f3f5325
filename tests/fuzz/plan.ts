import { type Command, commandSchema } from '#shared/protocol/command.ts';
import { colours } from '#shared/records/colours.ts';
import type { AnnotationId, ChapterId, MemberId, ReplyId } from '#shared/records/ids.ts';
import type { Block } from '#shared/text/block.ts';
import { type Link, links } from '#tests/support/room-visitor.ts';
import type { Seeded } from '#tests/support/seeded.ts';

/** One thing that happens in a run. Visitors are told by their number. */
export type Operation =
  | { do: 'write'; who: number; command: Command }
  | { do: 'drop'; who: number; link: Link; how: 'cut' | 'close' }
  | { do: 'connect'; who: number; link: Link }
  /** Sends again what was acknowledged, past the outbox; `which` is a fraction of all that was. */
  | { do: 'repeat'; who: number; which: number }
  /** Sends other words under an id that was acknowledged. */
  | { do: 'forge'; who: number; which: number }
  | { do: 'restart' }
  /** Until so many more answers came, or nobody who is connected has anything under way. */
  | { do: 'wait'; answers: number };

/** A visitor as the plan knows them: who began as host or co-host tries to moderate more often. */
export interface Actor {
  member: MemberId;
  moderates: boolean;
}

const emoji = ['👍', '❤️', '😂', '🕯️'] as const;

const steps = { write: 68, drop: 9, connect: 12, wait: 8, repeat: 2, forge: 1 } as const;
const kinds = {
  passage: 18,
  talk: 5,
  private: 9,
  stolenId: 1,
  edit: 9,
  delete: 6,
  undelete: 5,
  reply: 15,
  replyEdit: 5,
  replyDelete: 4,
  replyUndelete: 3,
  react: 12,
  hide: 5,
  restore: 5,
  mute: 3,
  role: 3,
} as const;
const moderation: ReadonlySet<string> = new Set(['hide', 'restore', 'mute', 'role']);

/**
 * What happens in a run, all of it from the seed: who tries what, when which connection breaks and comes back, when the
 * server goes. People act on what others may or may not have written by then, and on what is none of their business.
 */
export class Planner {
  readonly #seeded: Seeded;
  readonly #actors: readonly Actor[];
  readonly #moderators: readonly number[];
  readonly #chapter: ChapterId;
  readonly #blocks: readonly Block[];
  readonly #annotations: { id: AnnotationId; author: number }[] = [];
  readonly #replies: { id: ReplyId; author: number }[] = [];
  readonly #down = new Set<`${number} ${Link}`>();
  #written = 0;

  constructor(seeded: Seeded, actors: readonly Actor[], chapter: ChapterId, blocks: readonly Block[]) {
    this.#seeded = seeded;
    this.#actors = actors;
    this.#moderators = [...actors.keys()].filter((who) => actors[who]?.moderates);
    this.#chapter = chapter;
    this.#blocks = blocks.filter(({ text }) => text.length > 0);
  }

  plan(operations: number, restarts: number): Operation[] {
    const planned: Operation[] = this.#actors.flatMap((_actor, who) => this.#write(who, 'passage'));
    const restartAt = new Set<number>();
    while (restartAt.size < restarts) restartAt.add(this.#seeded.between(operations >> 3, operations - 1));
    for (let at = 0; at < operations; at += 1) {
      if (restartAt.has(at)) planned.push(...this.#restart());
      planned.push(...this.#step());
    }
    return planned;
  }

  #step(): Operation[] {
    const seeded = this.#seeded;
    const step = seeded.weighed(steps);
    const who = seeded.below(this.#actors.length);
    switch (step) {
      case 'write': {
        const kind = seeded.weighed(kinds);
        return this.#write(moderation.has(kind) && seeded.chance(0.8) ? seeded.pick(this.#moderators) : who, kind);
      }
      case 'drop': {
        const link = seeded.pick(links);
        this.#down.add(`${who} ${link}`);
        return [{ do: 'drop', who, link, how: seeded.pick(['cut', 'close']) }];
      }
      case 'connect':
        return this.#connect();
      case 'wait':
        return [{ do: 'wait', answers: seeded.between(1, 8) }];
      default:
        return [{ do: step, who, which: seeded.next() }];
    }
  }

  /** Now and then the answers to the last commands are awaited, so that it does not always fall on a full outbox. */
  #restart(): Operation[] {
    for (const who of this.#actors.keys()) for (const link of links) this.#down.add(`${who} ${link}`);
    const before: Operation[] = this.#seeded.chance(0.6) ? [{ do: 'wait', answers: this.#seeded.between(1, 12) }] : [];
    const back = this.#actors.flatMap((_actor, who): Operation[] => {
      if (!this.#seeded.chance(0.7)) return [];
      this.#down.delete(`${who} events`);
      return [{ do: 'connect', who, link: 'events' }];
    });
    return [...before, { do: 'restart' }, ...back];
  }

  #connect(): Operation[] {
    if (this.#down.size === 0) return [{ do: 'wait', answers: 1 }];
    const down = this.#seeded.pick([...this.#down]);
    this.#down.delete(down);
    const [who, link] = down.split(' ') as [string, Link];
    return [{ do: 'connect', who: Number(who), link }];
  }

  #write(who: number, kind: keyof typeof kinds): Operation[] {
    const wish = this.#wish(who, kind);
    return wish === null
      ? []
      : [{ do: 'write', who, command: commandSchema.parse({ ...wish, id: this.#seeded.id() }) }];
  }

  #wish(who: number, kind: keyof typeof kinds) {
    const seeded = this.#seeded;
    switch (kind) {
      case 'passage':
        return this.#create(who, { visibility: 'room', body: seeded.chance(0.3) ? '' : this.#words('note') });
      case 'talk':
        return { ...this.#create(who, { visibility: 'room', body: this.#words('talk') }), passage: null };
      case 'private':
        return this.#create(who, { visibility: 'private', body: this.#words('private') });
      case 'stolenId': {
        const stolen = this.#someAnnotation(who, 0);
        return (
          stolen && { ...this.#create(who, { visibility: 'room', body: this.#words('theft') }), annotation: stolen }
        );
      }
      case 'edit': {
        const annotation = this.#someAnnotation(who, 0.8);
        return annotation && { kind: 'annotation.edit', annotation, body: this.#words('edit'), colour: this.#colour() };
      }
      case 'delete':
      case 'undelete': {
        const annotation = this.#someAnnotation(who, 0.8);
        return annotation && { kind: `annotation.${kind}`, annotation };
      }
      case 'reply': {
        const annotation = this.#someAnnotation(who, 0.2);
        if (annotation === null) return null;
        const reply = seeded.id<ReplyId>();
        this.#replies.push({ id: reply, author: who });
        return { kind: 'reply.create', reply, annotation, body: this.#words('reply') };
      }
      case 'replyEdit': {
        const reply = this.#someReply(who, 0.8);
        return reply && { kind: 'reply.edit', reply, body: this.#words('reply-edit') };
      }
      case 'replyDelete':
      case 'replyUndelete': {
        const reply = this.#someReply(who, 0.8);
        return reply && { kind: kind === 'replyDelete' ? 'reply.delete' : 'reply.undelete', reply };
      }
      case 'react': {
        const target = this.#target(who);
        return target && { kind: 'reaction.toggle', target, emoji: seeded.pick(emoji), on: seeded.chance(0.7) };
      }
      case 'hide':
      case 'restore': {
        const target = this.#target(who);
        return target && { kind: `record.${kind}`, target };
      }
      case 'mute':
        return { kind: 'member.mute', member: this.#anyone(), muted: seeded.chance(0.4) };
      default:
        return {
          kind: 'member.role',
          member: this.#anyone(),
          role: seeded.pick(['cohost', 'reader', 'reader', 'listener']),
        };
    }
  }

  #create(who: number, { visibility, body }: { visibility: 'room' | 'private'; body: string }) {
    const annotation = this.#seeded.id<AnnotationId>();
    this.#annotations.push({ id: annotation, author: who });
    const block = this.#seeded.pick(this.#blocks);
    const start = this.#seeded.below(block.text.length);
    const end = this.#seeded.between(start + 1, block.text.length);
    const passage = { start: { block: block.id, offset: start }, end: { block: block.id, offset: end } };
    const colour = this.#colour();
    return { kind: 'annotation.create', annotation, chapter: this.#chapter, passage, colour, body, visibility };
  }

  /** No two are alike, so that each can be searched for. */
  #words(about: string): string {
    this.#written += 1;
    return `${about} ${this.#seeded.id()} – ${this.#written} 雪 🌊`;
  }

  #colour() {
    return this.#seeded.pick(colours);
  }

  #anyone(): MemberId {
    return this.#seeded.pick(this.#actors).member;
  }

  #target(who: number): AnnotationId | ReplyId | null {
    return this.#seeded.chance(0.5) ? this.#someAnnotation(who, 0.3) : this.#someReply(who, 0.3);
  }

  #someAnnotation(who: number, own: number): AnnotationId | null {
    return this.#some(this.#annotations, who, own);
  }

  #someReply(who: number, own: number): ReplyId | null {
    return this.#some(this.#replies, who, own);
  }

  /** Mostly recent ones, as people's attention goes. */
  #some<Id>(records: readonly { id: Id; author: number }[], who: number, own: number): Id | null {
    const mine = this.#seeded.chance(own) ? records.filter(({ author }) => author === who) : records;
    const recent = this.#seeded.chance(0.7) ? mine.slice(-8) : mine;
    return recent.length === 0 ? null : this.#seeded.pick(recent).id;
  }
}
