import type { Chapter } from '#shared/records/book.ts';
import type { InviteRole, Invites } from '#shared/protocol/http.ts';
import type { ChapterId, RoomId } from '#shared/records/ids.ts';
import type { Member } from '#shared/records/member.ts';
import type { Bell } from './bell.ts';
import { bringText } from './bring.ts';
import { passages } from './passages.ts';
import { RoomVisitor } from './room-visitor.ts';
import { join, makeRoom, Visitor } from './visitor.ts';

/** A room with one chapter and the people who read it, host first. Nobody is connected yet. */
export interface Group {
  room: RoomId;
  chapter: Chapter;
  invites: Invites;
  visitors: RoomVisitor[];
  members: Member[];
}

export async function openGroup(
  server: { readonly origin: string },
  roles: readonly InviteRole[],
  bell: Bell,
): Promise<Group> {
  const host = new Visitor(server.origin);
  const made = await makeRoom(host);
  const { id: room } = made.room;
  const book = await bringText(host, room, passages);
  const chapterId = book.chapters[0]?.id as ChapterId;
  const chapter = (await host.ask<Chapter>('GET', `/api/rooms/${room}/chapters/${chapterId}`)).body;
  const people = [{ cookie: host.cookie, member: made.member }];
  for (const [index, role] of roles.entries()) {
    const visitor = new Visitor(server.origin);
    const member = await join(visitor, made.invites[role], `Reader ${index + 1}`);
    people.push({ cookie: visitor.cookie, member });
  }
  const visitors = people.map(
    ({ cookie, member }) => new RoomVisitor(server, { cookie: cookie ?? '', member, room, chapter: chapterId }, bell),
  );
  return { room, chapter, invites: made.invites, visitors, members: people.map(({ member }) => member) };
}

/** One more person, after the others. */
export async function newcomer(server: { readonly origin: string }, group: Group, bell: Bell): Promise<RoomVisitor> {
  const visitor = new Visitor(server.origin);
  const member = await join(visitor, group.invites.reader, 'Who came last');
  const { room, chapter } = group;
  return new RoomVisitor(server, { cookie: visitor.cookie ?? '', member, room, chapter: chapter.id }, bell);
}
