import * as fc from 'fast-check';
import type { CommandKind } from '#shared/protocol/command.ts';
import { newId } from '#shared/records/ids.ts';
import type { BookId, ChapterId, MemberId } from '#shared/records/ids.ts';

/** Names that every JavaScript object answers to, and that are no record's. */
export const prototypeNames = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'valueOf',
  'hasOwnProperty',
  '__defineGetter__',
] as const;

/** What a field may hold that nobody would type: out of range, of another type, or made to break a parser. */
export const hostileValues: readonly unknown[] = [
  ...prototypeNames,
  null,
  true,
  -1,
  0.5,
  2 ** 53,
  1e308,
  '',
  ' ',
  '\u0000',
  '\ud800',
  '\udfff\ud800',
  '\u202e\u2066',
  'x'.repeat(9_000),
  '👩‍👩‍👧‍👦'.repeat(400),
  'e'.concat('\u0301'.repeat(4_000)),
  [],
  [[]],
  {},
  { $ne: null },
  { toString: 'x', valueOf: 'y', length: -1 },
  JSON.parse('{"__proto__":{"polluted":true}}') as unknown,
  JSON.parse('{"constructor":{"prototype":{"polluted":true}}}') as unknown,
];

const about = (kind: CommandKind, fields: object) => ({ id: newId(), kind, ...fields });

/** A well-formed command of every kind, to be spoilt. */
export function soundCommands(chapter: ChapterId, book: BookId, member: MemberId): Record<CommandKind, object> {
  const position = { block: 'b1', offset: 0 };
  const passage = { start: position, end: { block: 'b1', offset: 3 } };
  const annotation = newId();
  const reply = newId();
  return {
    'annotation.create': about('annotation.create', {
      annotation,
      chapter,
      passage,
      colour: 'woad',
      body: 'words',
      visibility: 'room',
    }),
    'annotation.edit': about('annotation.edit', { annotation, body: 'other words', colour: 'clay' }),
    'annotation.delete': about('annotation.delete', { annotation }),
    'annotation.undelete': about('annotation.undelete', { annotation }),
    'annotation.reattach': about('annotation.reattach', { annotation, chapter, passage, hash: 'a'.repeat(64) }),
    'reply.create': about('reply.create', { reply, annotation, body: 'an answer' }),
    'reply.edit': about('reply.edit', { reply, body: 'another answer' }),
    'reply.delete': about('reply.delete', { reply }),
    'reply.undelete': about('reply.undelete', { reply }),
    'reaction.toggle': about('reaction.toggle', { target: annotation, emoji: '👍', on: true }),
    'record.hide': about('record.hide', { target: annotation }),
    'record.restore': about('record.restore', { target: annotation }),
    'member.mute': about('member.mute', { member, muted: true }),
    'member.role': about('member.role', { member, role: 'cohost' }),
    'member.remove': about('member.remove', { member }),
    'member.readmit': about('member.readmit', { member }),
    'room.lock': about('room.lock', { locked: true }),
    'self.describe': about('self.describe', { name: 'Mallory', initials: 'M', ink: 'moss' }),
    'self.place': about('self.place', { chapter, position, progress: 0.5, seenAt: 1 }),
    'session.start': about('session.start', { chapter, place: passage }),
    'session.end': about('session.end', {}),
    'session.hand-over': about('session.hand-over', { member }),
    'session.take': about('session.take', {}),
    'session.spotlight': about('session.spotlight', { passage }),
    'session.summon': about('session.summon', {}),
    'hand.raise': about('hand.raise', { raised: true, note: 'why' }),
    'hand.lower': about('hand.lower', { member }),
    'book.remove': about('book.remove', { book }),
    'book.move': about('book.move', { book, before: null }),
    'book.rename': about('book.rename', { book, title: 'A title', author: null }),
  };
}

type Plain = Record<string, unknown>;
const isPlain = (value: unknown): value is Plain => typeof value === 'object' && value !== null;

const pathsOf = (value: unknown, path: string[] = []): string[][] =>
  isPlain(value)
    ? Object.entries(value).flatMap(([key, inner]) => [[...path, key], ...pathsOf(inner, [...path, key])])
    : [];

function withAt(value: unknown, [key, ...rest]: string[], put: unknown): unknown {
  if (key === undefined) return put;
  const inner = isPlain(value) ? value[key] : undefined;
  return { ...(value as Plain), [key]: withAt(inner, rest, put) };
}

/** Some command with one of its fields, at any depth, spoilt; or with a field that none has. */
export const spoiltCommands = (sound: readonly object[]): fc.Arbitrary<unknown> =>
  fc
    .constantFrom(...sound)
    .chain((command) =>
      fc
        .tuple(
          fc.constantFrom(...pathsOf(command), ['author'], ['__proto__'], ['constructor']),
          fc.oneof(fc.constantFrom(...hostileValues), fc.jsonValue()),
        )
        .map(([path, value]) => withAt(command, path, value)),
    );
