'use client';

import type { CSSProperties } from 'react';
import { useMembers, useNames, useRoom, useSlice } from '#components/room/room-provider.tsx';
import { whoStyle } from '#components/ui/face.tsx';
import { CheerSign } from './cheer-signs.tsx';

/** More than this at once is weather, not news: the rest become a count. */
const SHOWN_AT_ONCE = 5;
const LANES = 3;

/** Signs that rise past the margin and are gone; never over the text, and nothing to a screen reader. */
export function Drift() {
  const cheers = useSlice(useRoom().cheers);
  const members = useMembers();
  const names = useNames();
  const shown = cheers.slice(-SHOWN_AT_ONCE);
  const more = cheers.length - shown.length;
  return (
    <div className="drift" aria-hidden="true">
      {shown.map(({ key, member, cheer }) => (
        <span
          key={key}
          className="arrives"
          style={
            {
              ...whoStyle(`--p-${members.get(member)?.ink ?? 'ink'}`),
              '--drift-lane': key % LANES,
              marginBottom: `${((key * 2) % LANES) * 1.75}rem`,
            } as CSSProperties
          }
        >
          <CheerSign cheer={cheer} />
          <small>{firstWord(names.get(member) ?? '')}</small>
        </span>
      ))}
      {more > 0 ? <small className="drift-more">and {more} more</small> : null}
    </div>
  );
}

/** Enough to know who, in a place where names must not collide. */
const firstWord = (name: string): string => name.split(' ')[0] ?? name;
