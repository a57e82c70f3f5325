import type { Book } from '#shared/records/book.ts';
import type { ChapterId } from '#shared/records/ids.ts';
import { newId } from '#shared/records/ids.ts';
import type { Member } from '#shared/records/member.ts';
import { putBook } from './bring.ts';
import type { TestServer } from './test-server.ts';
import { command, type EventSocket, join, type MadeRoom, makeRoom, Visitor } from './visitor.ts';

/** A room in which somebody means harm: its host and a bystander are in it, and must notice nothing. */
export interface GuardedRoom {
  made: MadeRoom;
  book: Book;
  chapter: ChapterId;
  host: Visitor;
  ofHost: EventSocket;
  /** The one to do harm: a reader with every right of one, not connected yet. */
  hostile: Visitor;
  hostileMember: Member;
  /** What a page would send to write this. */
  note(body: string, more?: Record<string, unknown>): Record<string, unknown>;
  /** Bodies of the chapter's notes, as the host gets them over HTTP. */
  bodies(): Promise<string[]>;
  /** Resolves when the host has written and the bystander has heard of something: the room goes on. */
  goesOn(): Promise<void>;
  leave(): void;
}

export async function guardedRoom(server: TestServer): Promise<GuardedRoom> {
  const [host, hostile, bystander] = [0, 1, 2].map(() => new Visitor(server.origin)) as [Visitor, Visitor, Visitor];
  const made = await makeRoom(host);
  const { id: room } = made.room;
  const hostileMember = await join(hostile, made.invites.reader, 'Mallory');
  await join(bystander, made.invites.listener, 'Bob');
  const book = await putBook(server, room, made.member.id, ['One line of words.', 'Another line of words.']);
  const chapter = book.chapters[0]?.id as ChapterId;
  const ofHost = await host.enter(room);
  const ofBystander = await bystander.enter(room);
  let names = 0;
  return {
    made,
    book,
    chapter,
    host,
    ofHost,
    hostile,
    hostileMember,
    note: (body, more = {}) => ({
      kind: 'annotation.create',
      annotation: newId(),
      chapter,
      passage: { start: { block: 'b1', offset: 0 }, end: { block: 'b1', offset: 3 } },
      colour: 'saffron',
      body,
      visibility: 'room',
      ...more,
    }),
    async bodies() {
      const path = `/api/rooms/${room}/chapters/${chapter}/margin`;
      const { body } = await host.ask<{ annotations: { body: string }[] }>('GET', path);
      return body.annotations.map((annotation) => annotation.body);
    },
    async goesOn() {
      names += 1;
      const name = `Ada ${names}`;
      const heard = new Promise<void>((resolve) => {
        ofBystander.on('member.changed', (member) => member.name === name && resolve());
      });
      const ack = await command(ofHost, { kind: 'self.describe', name, initials: 'A', ink: 'moss' });
      if (!ack.ok) throw new Error(`the host was refused: ${ack.code}`);
      await heard;
    },
    leave() {
      for (const visitor of [host, hostile, bystander]) visitor.leave();
    },
  };
}
