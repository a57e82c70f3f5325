import { describe, expect, it } from 'vitest';
import {
  ANNOTATIONS_PER_CHAPTER_MAX,
  ANNOTATIONS_PER_ROOM_MAX,
  EMOJI_PER_TARGET_MAX,
  MARGIN_MAX_BYTES,
  MEMBER_MARGIN_MAX_BYTES,
  REPLIES_PER_THREAD_MAX,
} from '#shared/protocol/limits.ts';
import { eitherKind } from '#shared/records/annotation.ts';
import type { MemberId } from '#shared/records/ids.ts';
import { decide } from '#server/rules/decide.ts';
import {
  annotation,
  asCommand,
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

const ask = (situation: Situation, who: Who, wish: Wish) => decide(facts(situation), people[who], asCommand(wish));
const codeOf = (situation: Situation, who: Who, wish: Wish) => {
  const decision = ask(situation, who, wish);
  return decision.ok ? 'ok' : decision.code;
};
const changesOf = (situation: Situation, who: Who, wish: Wish) => {
  const decision = ask(situation, who, wish);
  if (!decision.ok) throw new Error(decision.code);
  return decision.changes;
};

const create = {
  kind: 'annotation.create',
  annotation: fresh.annotation,
  chapter: chapter.id,
  passage,
  colour: 'woad',
  body: '',
  visibility: 'room',
} as const;
const theirs = annotation('ann', people.reader);
const privately = annotation('prv', people.reader, { visibility: 'private' });
const hidden = annotation('hdd', people.reader, { hidden: true });
const gone = annotation('gne', people.reader, { deleted: true });
const at = (block: string, offset: number) => ({ block, offset });

describe('annotations', () => {
  it('AN1 a highlight is stamped with author, time, hash and quote by the server', () => {
    expect(changesOf({}, 'reader', create)).toEqual([
      {
        table: 'annotation',
        row: {
          id: fresh.annotation,
          chapter: chapter.id,
          author: people.reader.id,
          colour: 'woad',
          anchor: {
            ...passage,
            hash: 'h1',
            quote: { exact: 'ferry', prefix: 'The ', suffix: ' left at four.\nThey waved 👋🏽 t' },
          },
          body: '',
          visibility: 'room',
          createdAt: 1_000,
          editedAt: null,
          deleted: false,
          hidden: false,
        },
      },
    ]);
  });

  it('AN2 chapter-wide notes are never empty, not by an edit either', () => {
    expect(codeOf({}, 'reader', { ...create, passage: null })).toBe('empty-note');
    expect(codeOf({}, 'reader', { ...create, passage: null, body: 'hello' })).toBe('ok');
    const wide = { ...theirs, anchor: null };
    const edit = { kind: 'annotation.edit', annotation: wide.id, body: '', colour: 'woad' } as const;
    expect(codeOf({ annotations: [wide] }, 'reader', edit)).toBe('empty-note');
    expect(codeOf({ annotations: [theirs] }, 'reader', edit)).toBe('ok');
  });

  it.each([
    ['a block that is not there', { start: at('b1', 0), end: at('b7', 1) }, 'passage-invalid'],
    ['an offset past the end', { start: at('b1', 0), end: at('b2', 900) }, 'passage-invalid'],
    ['an end before its start', { start: at('b2', 3), end: at('b1', 4) }, 'passage-invalid'],
    ['nothing', { start: at('b1', 4), end: at('b1', 4) }, 'passage-invalid'],
    ['a space', { start: at('b1', 3), end: at('b1', 4) }, 'passage-invalid'],
    ['half an emoji', { start: at('b2', 11), end: at('b2', 13) }, 'passage-invalid'],
  ])('AN3 a passage of %s is refused', (_name, wanted, code) => {
    expect(codeOf({}, 'reader', { ...create, passage: wanted })).toBe(code);
  });

  it('AN4 an id that any record has is refused, and says nothing of whose it is', () => {
    expect(codeOf({ annotations: [theirs] }, 'otherReader', { ...create, annotation: theirs.id })).toBe('id-taken');
    const answer = reply('rep', theirs, people.host);
    const taken: Situation = { annotations: [theirs], replies: [answer] };
    expect(codeOf(taken, 'reader', { ...create, annotation: eitherKind(answer.id).annotation })).toBe('id-taken');
    const asReply = {
      kind: 'reply.create',
      reply: eitherKind(theirs.id).reply,
      annotation: theirs.id,
      body: 'x',
    } as const;
    expect(codeOf(taken, 'reader', asReply)).toBe('id-taken');
  });

  it('AN5 a chapter takes so many annotations and no more', () => {
    expect(codeOf({ annotationCount: ANNOTATIONS_PER_CHAPTER_MAX }, 'reader', create)).toBe('too-many');
    expect(codeOf({ annotationsInRoom: ANNOTATIONS_PER_ROOM_MAX }, 'reader', create)).toBe('room-full');
    expect(codeOf({}, 'reader', { ...create, chapter: fresh.chapter })).toBe('not-found');
  });

  it("GD72 a full margin takes no more for the room, still one's private notes, and what makes it lighter", () => {
    const full: Situation = { annotations: [theirs], marginBytes: MARGIN_MAX_BYTES };
    const { id } = theirs;
    expect(codeOf(full, 'otherReader', create)).toBe('too-many');
    expect(codeOf(full, 'otherReader', { ...create, visibility: 'private' })).toBe('ok');
    const answer = { kind: 'reply.create', reply: fresh.reply, annotation: id, body: 'x' } as const;
    expect(codeOf(full, 'otherReader', answer)).toBe('too-many');
    expect(codeOf(full, 'otherReader', { kind: 'reaction.toggle', target: id, emoji: '👍', on: true })).toBe(
      'too-many',
    );
    const edit = { kind: 'annotation.edit', annotation: id, colour: 'clay' } as const;
    expect(codeOf(full, 'reader', { ...edit, body: `${theirs.body} and more` })).toBe('too-many');
    // Where more stands by now than may: a limit was lowered.
    const overfull = { ...full, marginBytes: MARGIN_MAX_BYTES * 2, memberBytes: MEMBER_MARGIN_MAX_BYTES * 2 };
    expect(codeOf(overfull, 'reader', { ...edit, body: theirs.body.slice(1) })).toBe('ok');
    expect(codeOf(overfull, 'reader', { kind: 'annotation.delete', annotation: id })).toBe('ok');
    expect(codeOf(overfull, 'host', { kind: 'record.hide', target: id })).toBe('ok');
    expect(codeOf({ memberBytes: MEMBER_MARGIN_MAX_BYTES }, 'reader', create)).toBe('too-many');
  });

  it("AN6 somebody's private note is not found, whatever one tries with it", () => {
    const room: Situation = { annotations: [privately] };
    const { id } = privately;
    for (const who of ['host', 'cohost', 'otherReader'] as const) {
      expect(codeOf(room, who, { kind: 'annotation.edit', annotation: id, body: 'x', colour: 'clay' })).toBe(
        'not-found',
      );
      expect(codeOf(room, who, { kind: 'annotation.delete', annotation: id })).toBe('not-found');
      expect(codeOf(room, who, { kind: 'annotation.undelete', annotation: id })).toBe('not-found');
      expect(codeOf(room, who, { kind: 'reply.create', reply: fresh.reply, annotation: id, body: 'x' })).toBe(
        'not-found',
      );
      expect(codeOf(room, who, { kind: 'reaction.toggle', target: id, emoji: '👋', on: true })).toBe('not-found');
    }
    expect(codeOf(room, 'host', { kind: 'record.hide', target: id })).toBe('not-found');
  });

  it('AN7 one edits and deletes a private note of ones own, also muted, and nobody replies or reacts to it', () => {
    const muted = { ...privately, author: people.muted.id };
    const room: Situation = { annotations: [muted], room: { locked: true } };
    const { id } = muted;
    expect(codeOf(room, 'muted', { kind: 'annotation.edit', annotation: id, body: 'x', colour: 'clay' })).toBe('ok');
    expect(codeOf(room, 'muted', { kind: 'annotation.delete', annotation: id })).toBe('ok');
    const own: Situation = { annotations: [privately] };
    const answer = { kind: 'reply.create', reply: fresh.reply, annotation: privately.id, body: 'x' } as const;
    expect(codeOf(own, 'reader', answer)).toBe('not-found');
    const react = { kind: 'reaction.toggle', target: privately.id, emoji: '👋', on: true } as const;
    expect(codeOf(own, 'reader', react)).toBe('not-found');
  });

  it('AN8 what is hidden can be taken back by its author, but not changed, answered, reacted to or brought back', () => {
    const room: Situation = { annotations: [hidden] };
    const { id } = hidden;
    expect(codeOf(room, 'reader', { kind: 'annotation.edit', annotation: id, body: 'x', colour: 'clay' })).toBe(
      'not-found',
    );
    expect(codeOf(room, 'host', { kind: 'reply.create', reply: fresh.reply, annotation: id, body: 'x' })).toBe(
      'not-found',
    );
    expect(codeOf(room, 'host', { kind: 'reaction.toggle', target: id, emoji: '👋', on: true })).toBe('not-found');
    expect(codeOf(room, 'reader', { kind: 'annotation.delete', annotation: id })).toBe('ok');
    const both: Situation = { annotations: [{ ...hidden, deleted: true }] };
    expect(codeOf(both, 'reader', { kind: 'annotation.undelete', annotation: id })).toBe('not-found');
  });

  it('AN9 a deleted note keeps its words until it is brought back, or they were purged', () => {
    expect(
      changesOf({ annotations: [theirs] }, 'reader', { kind: 'annotation.delete', annotation: theirs.id }),
    ).toEqual([{ table: 'annotation', row: { ...theirs, deleted: true } }]);
    const undelete = { kind: 'annotation.undelete', annotation: gone.id } as const;
    expect(changesOf({ annotations: [gone] }, 'reader', undelete)).toEqual([
      { table: 'annotation', row: { ...gone, deleted: false } },
    ]);
    const purged = { ...gone, anchor: null, body: '' };
    expect(codeOf({ annotations: [purged] }, 'reader', undelete)).toBe('not-found');
  });

  it('AN10 a deleted thread goes on while replies hang on it', () => {
    const answer = { kind: 'reply.create', reply: fresh.reply, annotation: gone.id, body: 'still' } as const;
    expect(codeOf({ annotations: [gone] }, 'host', answer)).toBe('not-found');
    const replies = [reply('rep', gone, people.host)];
    expect(codeOf({ annotations: [gone], replies }, 'host', answer)).toBe('ok');
    const deleted = replies.map((one) => ({ ...one, deleted: true }));
    expect(codeOf({ annotations: [gone], replies: deleted }, 'host', answer)).toBe('not-found');
  });

  it('AN11 what changes nothing is allowed and writes nothing', () => {
    const { body, colour, id } = theirs;
    const edit = { kind: 'annotation.edit', annotation: id, body, colour } as const;
    expect(changesOf({ annotations: [theirs] }, 'reader', edit)).toEqual([]);
    const remove = { kind: 'annotation.delete', annotation: gone.id } as const;
    expect(changesOf({ annotations: [gone] }, 'reader', remove)).toEqual([]);
  });
});

describe('replies and reactions', () => {
  const answer = reply('rep', theirs, people.reader);

  it('AN12 a reply is never empty, and a thread takes so many and no more', () => {
    const wish = { kind: 'reply.create', reply: fresh.reply, annotation: theirs.id, body: '' } as const;
    const room: Situation = { annotations: [theirs], replies: [answer] };
    expect(codeOf(room, 'host', wish)).toBe('empty-note');
    expect(codeOf(room, 'reader', { kind: 'reply.edit', reply: answer.id, body: '' })).toBe('empty-note');
    const full = { ...room, threadLength: REPLIES_PER_THREAD_MAX };
    expect(codeOf(full, 'host', { ...wish, body: 'one more' })).toBe('too-many');
  });

  it('AN13 a reply whose words were purged cannot be brought back', () => {
    const purged = { ...answer, deleted: true, body: '' };
    const wish = { kind: 'reply.undelete', reply: answer.id } as const;
    expect(codeOf({ annotations: [theirs], replies: [purged] }, 'reader', wish)).toBe('not-found');
  });

  it('AN14 a note takes so many different emoji and no more, but anyone joins one that is there', () => {
    const reactions = Object.fromEntries(
      Array.from({ length: EMOJI_PER_TARGET_MAX }, (_, index) => [
        String.fromCodePoint(0x1f600 + index),
        [people.reader.id],
      ]),
    );
    const room: Situation = { annotations: [theirs], reactions: { [theirs.id]: reactions } };
    const wish = { kind: 'reaction.toggle', target: theirs.id, on: true } as const;
    expect(codeOf(room, 'host', { ...wish, emoji: '👋' })).toBe('too-many');
    expect(codeOf(room, 'host', { ...wish, emoji: '😀' })).toBe('ok');
  });

  it('AN15 a reaction says the wanted state, so the same wish again writes nothing', () => {
    const reactions = { [theirs.id]: { '👋': [people.reader.id] } };
    const room: Situation = { annotations: [theirs], reactions };
    const wish = { kind: 'reaction.toggle', target: theirs.id, emoji: '👋' } as const;
    expect(changesOf(room, 'reader', { ...wish, on: true })).toEqual([]);
    expect(changesOf(room, 'host', { ...wish, on: false })).toEqual([]);
    expect(changesOf(room, 'reader', { ...wish, on: false })).toHaveLength(1);
  });
});

describe('sessions', () => {
  it('SE1 there is one session at a time', () => {
    const wish = { kind: 'session.start', chapter: chapter.id, place: passage } as const;
    expect(codeOf({ session: session(people.host) }, 'cohost', wish)).toBe('session-running');
    expect(codeOf({}, 'cohost', { ...wish, place: { start: at('b9', 0), end: at('b9', 1) } })).toBe('passage-invalid');
  });

  it('SE2 the lectern is given only to host and co-hosts who are in the room', () => {
    const room: Situation = { session: session(people.cohost) };
    const give = (member: MemberId) => codeOf(room, 'cohost', { kind: 'session.hand-over', member });
    expect(give(people.host.id)).toBe('ok');
    expect(give(people.reader.id)).toBe('moderators-only');
    expect(give(people.removed.id)).toBe('not-found');
    expect(give(fresh.member)).toBe('not-found');
  });

  it('SE3 who lost the role cannot lead on', () => {
    const room: Situation = { session: session(people.reader) };
    expect(codeOf(room, 'reader', { kind: 'session.summon' })).toBe('not-at-lectern');
    expect(codeOf(room, 'reader', { kind: 'session.end' })).toBe('not-at-lectern');
  });

  it('SE4 a hand keeps its turn when its word changes', () => {
    const hands = [
      { member: people.listener.id, note: '', raisedAt: 5 },
      { member: people.reader.id, note: '', raisedAt: 6 },
    ];
    const room: Situation = { session: session(people.host, { hands }) };
    const decision = ask(room, 'listener', { kind: 'hand.raise', raised: true, note: 'about line 3' });
    expect(decision).toMatchObject({
      effects: [{ kind: 'session-patched', patch: { hands: [{ note: 'about line 3', raisedAt: 5 }, hands[1]] } }],
    });
  });

  it('SE5 a removed member takes their raised hand along', () => {
    const hands = [{ member: people.reader.id, note: '', raisedAt: 6 }];
    const room: Situation = { session: session(people.host, { hands }) };
    expect(ask(room, 'host', { kind: 'member.remove', member: people.reader.id })).toMatchObject({
      effects: [
        { kind: 'expelled', member: people.reader.id },
        { kind: 'session-patched', patch: { hands: [] } },
      ],
    });
  });
});
