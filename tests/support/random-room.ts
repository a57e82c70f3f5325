import * as Y from 'yjs';
import type { Ack, Command } from '#shared/protocol/command.ts';
import { refusals } from '#shared/protocol/refusal.ts';
import { colours } from '#shared/records/colours.ts';
import type { Annotation, TargetId } from '#shared/records/annotation.ts';
import { newId, type AnnotationId, type CommandId, type ReplyId } from '#shared/records/ids.ts';
import type { Member } from '#shared/records/member.ts';
import type { StoredMargin } from '#server/storage/store.ts';
import { type Contents, contentsOf, docOf, expected } from './document-by-rows.ts';
import { atEachPoint } from './crash-points.ts';
import { copyAsKilled } from './killed-copy.ts';
import { command } from './reading-group.ts';
import type { ReadingGroup } from './reading-group.ts';
import { Seeded } from './seeded.ts';

/** The furthest point at which a process is killed, counted from the commands that it is killed with. */
const LAST_POINT = 24;

interface Outcome {
  margin: Contents;
  /** The copy of a client that came and went. */
  reader: Contents;
  /** Everybody's private notes. */
  notes: Contents[];
  /** Words in the bytes that everybody is sent, although nobody may see them. */
  leaked: string[];
  /** Every record with its author. */
  records: string[];
  /** Commit numbers of all that was acked. */
  acks: number[];
  distinct: number;
}

function leakedInto(state: Buffer, rows: StoredMargin): string[] {
  const visible = new Set(
    [...rows.annotations.filter(({ visibility }) => visibility === 'room'), ...rows.replies]
      .filter(({ hidden, deleted }) => !hidden && !deleted)
      .map(({ body }) => body),
  );
  const bodies = [...rows.annotations, ...rows.replies].map(({ body }) => body);
  return bodies.filter((body) => body !== '' && !visible.has(body) && state.includes(body));
}

/** Five people in one room, sending whatever comes to mind, while the process crashes and the store fails. */
export class RandomRoom {
  readonly group: ReadingGroup;
  readonly #roll: Seeded;
  #people: Member[] = [];
  #targets: { annotations: AnnotationId[]; replies: ReplyId[] } = { annotations: [], replies: [] };
  readonly #acked = new Map<CommandId, { by: Member; sent: Command; seq: number }>();
  #reader = new Y.Doc();
  #stop: (() => void) | null = null;
  #words = 0;
  #kills = 0;
  readonly #steps: number;

  /** Lives through so many steps. */
  constructor(group: ReadingGroup, seed: number, steps: number) {
    this.group = group;
    this.#steps = steps;
    this.#roll = new Seeded(seed);
  }

  async play(): Promise<void> {
    this.#people = [
      this.group.host,
      await this.group.join('Bo', 'cohost'),
      await this.group.join('Ada'),
      await this.group.join('Cy'),
      await this.group.join('Di', 'listener'),
    ];
    for (let step = 0; step < this.#steps; step += 1) await this.#step();
  }

  async #step(): Promise<void> {
    const roll = this.#roll;
    if (roll.chance(0.03)) await this.#crash();
    if (roll.chance(0.06)) await this.#kill();
    if (roll.chance(0.04)) this.#disconnect();
    if (roll.chance(0.06)) await this.#connect();
    // Several at once, some of them twice, over a store that sometimes fails or loses its answer.
    const batch = Array.from({ length: 1 + this.#roll.below(4) }, () => this.#wish());
    if (roll.chance(0.1)) {
      const lost = roll.chance(0.5);
      this.group.fault = async (write) => {
        this.group.fault = null;
        if (lost) await write();
        throw new Error('a fault');
      };
    }
    await Promise.all(
      batch.flatMap(({ by, sent }) => {
        const first = this.group.room.submit(by.id, sent);
        return roll.chance(0.15) ? [first, this.group.room.submit(by.id, sent)] : [first];
      }),
    );
    this.group.fault = null;
    for (const { by, sent } of batch) await this.#untilAnswered(by, sent);
  }

  /** As a client does: sends again until there is an answer that stays. */
  async #untilAnswered(by: Member, sent: Command): Promise<void> {
    for (;;) {
      const ack = await this.group.room.submit(by.id, sent);
      if (!ack.ok && refusals[ack.code].retry) continue;
      if (ack.ok) this.#acked.set(sent.id, { by, sent, seq: ack.seq });
      return;
    }
  }

  #wish(): { by: Member; sent: Command } {
    const roll = this.#roll;
    const by = roll.pick(this.#people);
    const { annotations, replies } = this.#targets;
    const any: TargetId[] = [...annotations, ...replies];
    const body = `word ${(this.#words += 1)} end`;
    const kind = roll.below(12);
    if (kind <= 3 || annotations.length === 0) {
      const annotation = newId<AnnotationId>();
      annotations.push(annotation);
      const sent = command({
        kind: 'annotation.create',
        annotation,
        chapter: this.group.chapter.id,
        passage: roll.chance(0.5)
          ? { start: { block: 'b1', offset: 4 }, end: { block: `b${1 + roll.below(3)}`, offset: 9 } }
          : null,
        colour: roll.pick(colours),
        body,
        visibility: roll.chance(0.3) ? 'private' : 'room',
      });
      return { by, sent };
    }
    const annotation = roll.pick(annotations);
    const reply = replies.length > 0 ? roll.pick(replies) : newId<ReplyId>();
    const target = roll.pick(any);
    switch (kind) {
      case 4:
      case 5: {
        const fresh = newId<ReplyId>();
        replies.push(fresh);
        return { by, sent: command({ kind: 'reply.create', reply: fresh, annotation, body }) };
      }
      case 6:
        return { by, sent: command({ kind: 'annotation.edit', annotation, body, colour: roll.pick(colours) }) };
      case 7:
        return {
          by,
          sent: command({ kind: roll.chance(0.6) ? 'annotation.delete' : 'annotation.undelete', annotation }),
        };
      case 8:
        return roll.chance(0.5)
          ? { by, sent: command({ kind: 'reply.edit', reply, body }) }
          : { by, sent: command({ kind: roll.chance(0.6) ? 'reply.delete' : 'reply.undelete', reply }) };
      case 9:
        return { by, sent: command({ kind: roll.chance(0.5) ? 'record.hide' : 'record.restore', target }) };
      default:
        return {
          by,
          sent: command({
            kind: 'reaction.toggle',
            target,
            emoji: roll.pick(['👋', '🎈', '🇫🇷']),
            on: roll.chance(0.7),
          }),
        };
    }
  }

  /** The process ends in the middle of things: nothing in memory is asked, only the file is there afterwards. */
  async #crash(): Promise<void> {
    const unanswered = Array.from({ length: 3 }, () => this.#wish());
    const last = unanswered.map(({ by, sent }) => this.group.room.submit(by.id, sent));
    this.#disconnect();
    await this.group.store.close();
    const answers = await Promise.all(last);
    await this.group.rooms.close();
    await this.group.openStore();
    await this.group.reopen();
    for (const [index, { by, sent }] of unanswered.entries()) {
      const before = answers[index];
      const known = await this.group.store.committedCommand(this.group.room.id, by.id, sent.id);
      if (before?.ok && known?.seq !== before.seq) throw new Error(`an acked command is lost: ${sent.kind}`);
      await this.#untilAnswered(by, sent);
    }
  }

  /**
   * `kill -9` at some point of some commands: what was on disk then is all there is afterwards, and what was answered or
   * shown later was never answered or shown.
   */
  async #kill(): Promise<void> {
    // Somebody must be looking, or nobody could have been shown too much.
    await this.#connect();
    const wishes = Array.from({ length: 1 + this.#roll.below(5) }, () => this.#wish());
    const folder = this.group.folder(`killed ${(this.#kills += 1)}`);
    const answered = new Map<CommandId, Ack>();
    let points = this.#roll.below(LAST_POINT);
    const left: string[] = [];
    const die = (): void => {
      if (left.length > 0) return;
      left.push(copyAsKilled(this.group.file, folder));
      this.#disconnect();
    };
    const stop = atEachPoint(() => {
      points -= 1;
      if (points < 0) die();
    });
    await Promise.all(
      wishes.map(async ({ by, sent }) => {
        const ack = await this.group.room.submit(by.id, sent);
        if (left.length === 0) answered.set(sent.id, ack);
      }),
    );
    die();
    stop();
    for (const file of left) await this.group.continueFrom(file);
    for (const { by, sent } of wishes) {
      const before = answered.get(sent.id);
      const known = await this.group.store.committedCommand(this.group.room.id, by.id, sent.id);
      if (before?.ok && known?.seq !== before.seq) throw new Error(`an acked command is lost: ${sent.kind}`);
      await this.#untilAnswered(by, sent);
    }
  }

  #disconnect(): void {
    this.#stop?.();
    this.#stop = null;
  }

  async #connect(): Promise<void> {
    if (this.#stop) return;
    const document = await this.group.marginDocument();
    Y.applyUpdate(this.#reader, document.diff(Y.encodeStateVector(this.#reader)));
    this.#stop = document.subscribe((update) => Y.applyUpdate(this.#reader, update));
  }

  /** What there is at the end, beside what there must be; the two are equal. */
  async outcome(): Promise<{ found: Outcome; wanted: Outcome }> {
    await this.#connect();
    const { group } = this;
    const rows = await group.store.margin(group.room.id, group.chapter.id);
    const state = (await group.marginDocument()).diff(new Uint8Array());
    const margin = expected(rows, ({ visibility }) => visibility === 'room');
    const found: Outcome = {
      margin: contentsOf(docOf(state)),
      reader: contentsOf(this.#reader),
      notes: [],
      leaked: leakedInto(Buffer.from(state), rows),
      records: [...rows.annotations, ...rows.replies].map(({ id, author }) => `${id} ${author}`).toSorted(),
      acks: await this.#acksInStore(),
      distinct: 0,
    };
    const wanted: Outcome = {
      margin,
      reader: margin,
      notes: [],
      leaked: [],
      records: this.#recordsAcked().toSorted(),
      acks: [...this.#acked.values()].map(({ seq }) => seq),
      distinct: this.#acked.size,
    };
    found.distinct = new Set(found.acks).size;
    for (const person of this.#people) {
      found.notes.push(contentsOf(docOf((await group.notesDocument(person.id)).diff(new Uint8Array()))));
      const own = ({ visibility, author }: Annotation) => visibility === 'private' && author === person.id;
      wanted.notes.push(expected(rows, own));
    }
    return { found, wanted };
  }

  async #acksInStore(): Promise<number[]> {
    const seqs: number[] = [];
    for (const [id, { by }] of this.#acked) {
      seqs.push((await this.group.store.committedCommand(this.group.room.id, by.id, id))?.seq ?? 0);
    }
    return seqs;
  }

  /** Each record that was made, with its maker. */
  #recordsAcked(): string[] {
    return [...this.#acked.values()].flatMap(({ by, sent }) => {
      if (sent.kind === 'annotation.create') return [`${sent.annotation} ${by.id}`];
      return sent.kind === 'reply.create' ? [`${sent.reply} ${by.id}`] : [];
    });
  }
}
