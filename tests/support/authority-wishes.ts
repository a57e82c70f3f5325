import { type Command, commandSchema } from '#shared/protocol/command.ts';
import { colours } from '#shared/records/colours.ts';
import type { BookId, ChapterId, MemberId } from '#shared/records/ids.ts';
import { inks } from '#shared/records/member.ts';
import type { Seeded } from './seeded.ts';

/** How often each kind is wished for. */
export const kindsOfWishes = {
  'annotation.create': 20,
  'annotation.edit': 7,
  'annotation.delete': 5,
  'annotation.undelete': 5,
  'annotation.reattach': 1,
  'reply.create': 12,
  'reply.edit': 5,
  'reply.delete': 4,
  'reply.undelete': 4,
  'reaction.toggle': 8,
  'record.hide': 5,
  'record.restore': 5,
  // Often, because it is met only by who speaks before it is lifted.
  'member.mute': 12,
  'member.role': 5,
  'member.remove': 3,
  'member.readmit': 4,
  'room.lock': 4,
  'self.describe': 2,
  'self.place': 2,
  'session.start': 4,
  'session.end': 2,
  'session.hand-over': 6,
  'session.take': 3,
  'session.spotlight': 2,
  'session.summon': 1,
  'hand.raise': 2,
  'hand.lower': 2,
  'book.remove': 0.4,
  'book.rename': 1,
  'book.move': 1,
} as const satisfies Record<Command['kind'], number>;

/** What there is to speak of. */
interface World {
  /** Host and co-hosts, as they are at first, and everybody. */
  leaders: readonly MemberId[];
  members: readonly MemberId[];
  chapters: readonly ChapterId[];
  books: readonly BookId[];
  /** A block that every chapter has, of at least three characters. */
  block: string;
}

/** Commands of every kind, by anybody about anything: most of what people ask for here is none of their business. */
export class Wishes {
  readonly #seeded: Seeded;
  readonly #world: World;
  readonly #notes: string[] = [];
  readonly #replies: string[] = [];

  constructor(seeded: Seeded, world: World) {
    this.#seeded = seeded;
    this.#world = world;
  }

  next(): { by: MemberId; wish: Command } {
    const seeded = this.#seeded;
    const { leaders, members } = this.#world;
    const kind = seeded.weighed(kindsOfWishes);
    const by = seeded.pick(kind.startsWith('session.') && seeded.chance(0.6) ? leaders : members);
    return { by, wish: commandSchema.parse({ kind, id: seeded.id(), ...this.#fields(kind) }) };
  }

  #fields(kind: Command['kind']): Record<string, unknown> {
    const seeded = this.#seeded;
    const { members, chapters, books } = this.#world;
    switch (kind) {
      case 'annotation.create':
        return {
          annotation: this.#fresh(this.#notes),
          chapter: seeded.pick(chapters),
          passage: seeded.chance(0.5) ? this.#passage() : null,
          colour: seeded.pick(colours),
          body: this.#words(),
          visibility: seeded.chance(0.3) ? 'private' : 'room',
        };
      case 'reply.create':
        return { annotation: this.#note(), reply: this.#fresh(this.#replies), body: this.#words() };
      case 'annotation.edit':
        return { annotation: this.#note(), colour: seeded.pick(colours), body: this.#words() };
      case 'annotation.reattach':
        return { annotation: this.#note(), chapter: seeded.pick(chapters), passage: this.#passage(), hash: 'a hash' };
      case 'annotation.delete':
      case 'annotation.undelete':
        return { annotation: this.#note() };
      case 'reply.edit':
        return { reply: this.#reply(), body: this.#words() };
      case 'reply.delete':
      case 'reply.undelete':
        return { reply: this.#reply() };
      case 'reaction.toggle':
        return { target: this.#either(), emoji: seeded.pick(['👍', '🕯️', '❤️']), on: seeded.chance(0.7) };
      case 'record.hide':
      case 'record.restore':
        return { target: this.#either() };
      case 'member.mute':
        return { member: seeded.pick(members), muted: seeded.chance(0.5) };
      case 'member.role':
        return { member: seeded.pick(members), role: seeded.pick(['cohost', 'reader', 'listener']) };
      case 'room.lock':
        return { locked: seeded.chance(0.4) };
      case 'self.describe':
        return { name: `Name ${seeded.below(9)}`, initials: 'N', ink: seeded.pick(inks) };
      case 'self.place': {
        const position = { block: this.#world.block, offset: 0 };
        return { chapter: seeded.pick(chapters), position, progress: 0.5, seenAt: 1 };
      }
      case 'session.start':
        return { chapter: seeded.pick(chapters), place: this.#passage() };
      case 'session.spotlight':
        return { passage: seeded.chance(0.6) ? this.#passage() : null };
      case 'hand.raise':
        return { raised: seeded.chance(0.7), note: 'a word' };
      case 'book.remove':
        return { book: seeded.pick(books) };
      case 'book.rename':
        return { book: seeded.pick(books), title: 'Another title', author: null };
      case 'book.move':
        return { book: seeded.pick(books), before: seeded.chance(0.3) ? null : seeded.pick(books) };
      case 'session.end':
      case 'session.take':
      case 'session.summon':
        return {};
      case 'session.hand-over':
        return { member: seeded.pick(seeded.chance(0.7) ? this.#world.leaders : members) };
      default:
        return { member: seeded.pick(members) };
    }
  }

  #passage() {
    const { block } = this.#world;
    return { start: { block, offset: 0 }, end: { block, offset: 3 } };
  }

  /** A new id; now and then one that somebody has used. */
  #fresh(used: string[]): string {
    if (used.length > 0 && this.#seeded.chance(0.05)) return this.#either();
    const id = this.#seeded.id<string>();
    used.push(id);
    return id;
  }

  #note(): string {
    return this.#some(this.#notes);
  }

  #reply(): string {
    return this.#some(this.#replies);
  }

  #either(): string {
    return this.#seeded.chance(0.6) ? this.#note() : this.#reply();
  }

  /** Mostly recent ones, as people's attention goes; or none that ever was. */
  #some(ids: readonly string[]): string {
    const recent = this.#seeded.chance(0.7) ? ids.slice(-6) : ids;
    return recent.length === 0 ? this.#seeded.id() : this.#seeded.pick(recent);
  }

  #words(): string {
    return this.#seeded.chance(0.1) ? '' : `words ${this.#seeded.id()}`;
  }
}
