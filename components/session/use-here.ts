'use client';

import { useRouter } from 'next/navigation';
import { useMemo } from 'react';
import type { Present } from '#shared/protocol/presence.ts';
import type { Member } from '#shared/records/member.ts';
import { passageHash } from '#components/reader/passage-link.ts';
import { sayJump } from '#components/reader/jumps.ts';
import { useReading } from '#components/reader/reading-context.tsx';
import { useMembers, usePresence, useRoomState } from '#components/room/room-provider.tsx';
import { chapterPath } from './chapter-path.ts';
import { whereTheyRead } from './where-they-read.ts';

export interface HereEntry {
  member: Member;
  present: Present;
  where: string;
  /** Jumps to where they read; undefined for who reads nothing now. */
  goTo: (() => void) | undefined;
}

/** Everyone with a live connection, the lectern first, then by name. */
export function useHere(): HereEntry[] {
  const presence = usePresence();
  const members = useMembers();
  const router = useRouter();
  const { chapter, goTo } = useReading();
  const {
    books,
    session,
    room: { id: roomId },
  } = useRoomState();
  return useMemo(() => {
    const entries = [...presence.values()].flatMap((present): HereEntry[] => {
      const member = members.get(present.member);
      if (member === undefined) return [];
      const { position, chapter: where } = present;
      const jump = () => {
        if (where === null || position === null) return;
        sayJump();
        const passage = { start: position, end: position };
        if (where === chapter.id) goTo(passage, 'glide');
        else router.push(`${chapterPath(roomId, where)}${passageHash(passage)}`);
      };
      return [
        { member, present, where: whereTheyRead(present, chapter, books), goTo: position === null ? undefined : jump },
      ];
    });
    const rank = ({ member }: HereEntry) => (member.id === session?.lectern ? 0 : 1);
    return entries.sort(
      (a, b) => rank(a) - rank(b) || a.member.name.localeCompare(b.member.name, undefined, { numeric: true }),
    );
  }, [presence, members, chapter, books, session?.lectern, goTo, router, roomId]);
}
