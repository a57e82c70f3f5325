'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { useRoomState } from '#components/room/room-provider.tsx';
import { chapterPath } from '#components/session/chapter-path.ts';
import type { Mark } from '#shared/text/block.ts';
import { sayJump } from './jumps.ts';
import { useReading } from './reading-context.tsx';

type Jump = Extract<Mark, { type: 'jump' }>;

/** A link within the book: to a block of this chapter, or to another one. */
export function JumpLink({ to, children }: { to: Jump; children: ReactNode }) {
  const { room } = useRoomState();
  const { book, chapter } = useReading();
  const hash = to.block === null ? '' : `#${to.block}`;
  if (to.chapter === chapter.index) {
    return (
      <a className="jump" href={hash === '' ? `#${chapter.blocks[0]?.id ?? ''}` : hash} onClick={sayJump}>
        {children}
      </a>
    );
  }
  const there = book.chapters.find(({ index }) => index === to.chapter);
  if (there === undefined) return children;
  return (
    <Link className="jump" href={`${chapterPath(room.id, there.id)}${hash}`} prefetch={false}>
      {children}
    </Link>
  );
}
