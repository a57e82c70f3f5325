import { describe, expect, it } from 'vitest';
import type { RefusalCode } from '#shared/protocol/refusal.ts';
import { decide } from '#server/rules/decide.ts';
import {
  annotation,
  asCommand,
  book,
  chapter,
  facts,
  fresh,
  passage,
  people,
  reply,
  session,
  type Situation,
  type Who,
  type Wish,
} from './small-room.ts';

const theirs = annotation('ann', people.reader);
const answer = reply('rep', theirs, people.reader);
const hands = [{ member: people.listener.id, note: '', raisedAt: 5 }];
const usual: Situation = { annotations: [theirs], replies: [answer] };
const held: Situation = { ...usual, session: session(people.cohost, { hands }) };
const waiting: Situation = { ...usual, session: session(people.cohost, { waiting: true }) };

type Answer = 'ok' | RefusalCode;
type Row = [name: string, situation: Situation, wish: Wish, answers: Record<Who, Answer>];

const create = (visibility: 'room' | 'private'): Wish => ({
  kind: 'annotation.create',
  annotation: fresh.annotation,
  chapter: chapter.id,
  passage,
  colour: 'woad',
  body: 'a thought',
  visibility,
});

/** Those who have no answer of their own in a row: the host may, and so on down. */
const moderators = {
  host: 'ok',
  cohost: 'ok',
  otherCohost: 'ok',
  reader: 'moderators-only',
  otherReader: 'moderators-only',
  listener: 'moderators-only',
  muted: 'moderators-only',
  removed: 'removed',
} as const;
const writers = {
  host: 'ok',
  cohost: 'ok',
  otherCohost: 'ok',
  reader: 'ok',
  otherReader: 'ok',
  listener: 'listeners-cannot-write',
  muted: 'muted',
  removed: 'removed',
} as const;
const everyone = { ...writers, listener: 'ok', muted: 'ok' } as const;
const unlessMuted = { ...writers, listener: 'ok' } as const;
const authorOnly = {
  host: 'not-yours',
  cohost: 'not-yours',
  otherCohost: 'not-yours',
  reader: 'ok',
  otherReader: 'not-yours',
  listener: 'not-yours',
  muted: 'not-yours',
  removed: 'removed',
} as const;
const holderOnly = {
  host: 'not-at-lectern',
  cohost: 'ok',
  otherCohost: 'not-at-lectern',
  reader: 'not-at-lectern',
  otherReader: 'not-at-lectern',
  listener: 'not-at-lectern',
  muted: 'not-at-lectern',
  removed: 'removed',
} as const;
const all = (same: Answer): Record<Who, Answer> => ({
  ...(Object.fromEntries(Object.keys(people).map((who) => [who, same])) as Record<Who, Answer>),
  removed: 'removed',
});
const onCohost = { ...moderators, cohost: 'host-only', otherCohost: 'host-only' } as const;

const locked = (situation: Situation): Situation => ({ ...situation, room: { locked: true } });
const inLocked = { ...writers, reader: 'room-locked', otherReader: 'room-locked' } as const;

const rows: Row[] = [
  ['write a note', usual, create('room'), writers],
  ['write a note in a locked room', locked(usual), create('room'), inLocked],
  ['keep a private note', usual, create('private'), everyone],
  ['keep a private note in a locked room', locked(usual), create('private'), everyone],
  ['edit a note', usual, { kind: 'annotation.edit', annotation: theirs.id, body: 'x', colour: 'woad' }, authorOnly],
  ['delete a note', usual, { kind: 'annotation.delete', annotation: theirs.id }, authorOnly],
  ['delete a note in a locked room', locked(usual), { kind: 'annotation.delete', annotation: theirs.id }, authorOnly],
  [
    'bring a note back',
    { annotations: [{ ...theirs, deleted: true }] },
    { kind: 'annotation.undelete', annotation: theirs.id },
    authorOnly,
  ],
  [
    'put a lost note back',
    { annotations: [{ ...theirs, anchor: { ...passage, hash: 'h0', quote: { exact: 'x', prefix: '', suffix: '' } } }] },
    { kind: 'annotation.reattach', annotation: theirs.id, chapter: chapter.id, passage, hash: 'h1' },
    { ...authorOnly, host: 'ok', cohost: 'ok', otherCohost: 'ok' },
  ],
  ['reply', usual, { kind: 'reply.create', reply: fresh.reply, annotation: theirs.id, body: 'yes' }, writers],
  [
    'reply in a locked room',
    locked(usual),
    { kind: 'reply.create', reply: fresh.reply, annotation: theirs.id, body: 'yes' },
    inLocked,
  ],
  ['edit a reply', usual, { kind: 'reply.edit', reply: answer.id, body: 'no' }, authorOnly],
  ['delete a reply', usual, { kind: 'reply.delete', reply: answer.id }, authorOnly],
  [
    'bring a reply back',
    { ...usual, replies: [{ ...answer, deleted: true }] },
    { kind: 'reply.undelete', reply: answer.id },
    authorOnly,
  ],
  ['react', usual, { kind: 'reaction.toggle', target: theirs.id, emoji: '👋', on: true }, unlessMuted],
  [
    'react in a locked room',
    locked(usual),
    { kind: 'reaction.toggle', target: answer.id, emoji: '👋', on: true },
    { ...inLocked, listener: 'room-locked' },
  ],
  ['hide a note', usual, { kind: 'record.hide', target: theirs.id }, moderators],
  ['hide a reply', usual, { kind: 'record.hide', target: answer.id }, moderators],
  [
    'restore a note',
    { annotations: [{ ...theirs, hidden: true }] },
    { kind: 'record.restore', target: theirs.id },
    moderators,
  ],
  ['mute a reader', usual, { kind: 'member.mute', member: people.otherReader.id, muted: true }, moderators],
  ['mute a co-host', usual, { kind: 'member.mute', member: people.cohost.id, muted: true }, onCohost],
  [
    'mute the host',
    usual,
    { kind: 'member.mute', member: people.host.id, muted: true },
    { ...moderators, host: 'host-stays', cohost: 'host-stays', otherCohost: 'host-stays' },
  ],
  [
    'make a reader a listener',
    usual,
    { kind: 'member.role', member: people.otherReader.id, role: 'listener' },
    moderators,
  ],
  ['make a co-host', usual, { kind: 'member.role', member: people.otherReader.id, role: 'cohost' }, onCohost],
  ['unmake a co-host', usual, { kind: 'member.role', member: people.otherCohost.id, role: 'reader' }, onCohost],
  ['remove a reader', usual, { kind: 'member.remove', member: people.otherReader.id }, moderators],
  ['remove a co-host', usual, { kind: 'member.remove', member: people.cohost.id }, onCohost],
  ['let somebody in again', usual, { kind: 'member.readmit', member: people.removed.id }, moderators],
  ['lock the room', usual, { kind: 'room.lock', locked: true }, moderators],
  [
    'change their own name',
    usual,
    { kind: 'self.describe', name: 'Nova', initials: 'N', ink: 'plum' },
    { ...everyone, muted: 'muted' },
  ],
  [
    'keep their place',
    locked(usual),
    { kind: 'self.place', chapter: chapter.id, position: passage.start, progress: 0.5, seenAt: 1 },
    everyone,
  ],
  ['start a session', usual, { kind: 'session.start', chapter: chapter.id, place: passage }, moderators],
  ['end a session', held, { kind: 'session.end' }, { ...holderOnly, host: 'ok' }],
  ['end what has not begun', usual, { kind: 'session.end' }, all('no-session')],
  ['hand over', held, { kind: 'session.hand-over', member: people.host.id }, holderOnly],
  ['take the lectern from its holder', held, { kind: 'session.take' }, { ...moderators, otherCohost: 'lectern-taken' }],
  ['take a lectern that stands empty', waiting, { kind: 'session.take' }, moderators],
  ['set the spotlight', held, { kind: 'session.spotlight', passage }, holderOnly],
  ['put the spotlight out', held, { kind: 'session.spotlight', passage: null }, holderOnly],
  ['bring everyone here', held, { kind: 'session.summon' }, holderOnly],
  ['raise a hand', locked(held), { kind: 'hand.raise', raised: true, note: 'why?' }, unlessMuted],
  ['take a hand down', held, { kind: 'hand.raise', raised: false, note: '' }, everyone],
  ['raise a hand to nobody', usual, { kind: 'hand.raise', raised: true, note: '' }, all('no-session')],
  ["lower somebody's hand", held, { kind: 'hand.lower', member: people.listener.id }, moderators],
  ['give a book its title', usual, { kind: 'book.rename', book: book.id, title: 'A', author: null }, moderators],
  ['move a book', usual, { kind: 'book.move', book: book.id, before: null }, moderators],
  ['take a book off the shelf', usual, { kind: 'book.remove', book: book.id }, moderators],
  [
    'take the book away that is being read',
    held,
    { kind: 'book.remove', book: book.id },
    { ...moderators, host: 'session-running', cohost: 'session-running', otherCohost: 'session-running' },
  ],
];

describe('who may do what', () => {
  for (const [name, situation, wish, answers] of rows) {
    for (const [who, expected] of Object.entries(answers) as [Who, Answer][]) {
      it(`CM1 ${name}: ${who} is answered ${expected}`, () => {
        const decision = decide(facts(situation), people[who], asCommand(wish));
        expect(decision.ok ? 'ok' : decision.code).toBe(expected);
      });
    }
  }

  it('CM2 every kind of command stands in the table', async () => {
    const { commandSchema } = await import('#shared/protocol/command.ts');
    const kinds = commandSchema.options.map((option) => option.shape.kind.value);
    expect(new Set(rows.map(([, , wish]) => wish.kind))).toEqual(new Set(kinds));
  });
});
