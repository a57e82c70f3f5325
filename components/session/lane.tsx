'use client';

import { useLayoutEffect, useState } from 'react';
import type { Position } from '#shared/anchoring/anchor.ts';
import type { MemberId } from '#shared/records/ids.ts';
import { rangeOf } from '#components/reader/dom-positions.ts';
import { sayJump } from '#components/reader/jumps.ts';
import { useReading } from '#components/reader/reading-context.tsx';
import { faceOf, MemberFace } from '#components/room/member-face.tsx';
import { useMembers, useNames, usePresence, useRoomState } from '#components/room/room-provider.tsx';
import { Faces, whoStyle } from '#components/ui/face.tsx';
import { Manicule } from '#components/ui/ornaments.tsx';
import { laneSpots, type LaneSpot } from './lane-spots.ts';
import { useTextLayout } from './use-text-layout.ts';

const FACES_IN_SPOT = 2;

/**
 * People, left of the text: each face at the line that person reads, the lectern's with ring and manicule. On a phone they
 * are ticks of colour at the edge. A face goes to its place when pressed; the list in the head says the same in words.
 */
export function Lane() {
  const members = useMembers();
  const names = useNames();
  const { goTo } = useReading();
  const { spots, host } = useSpots();

  return (
    <>
      <aside className="lane" aria-label="Who reads where">
        {spots.map((spot) => {
          const here = spot.members.flatMap((id) => members.get(id) ?? []);
          const label = here.map((member) => names.get(member.id)).join(', ');
          return (
            <button
              key={spot.members[0]}
              type="button"
              className="spot"
              style={{ top: spot.top }}
              title={label}
              aria-label={`Go to where ${label} ${here.length === 1 ? 'reads' : 'read'}`}
              onClick={() => {
                sayJump();
                goTo({ start: spot.position, end: spot.position }, 'glide');
              }}
            >
              <Faces most={FACES_IN_SPOT} faces={here.map((member) => bare(faceOf(member, '')))} />
            </button>
          );
        })}
        {host ? (
          <span className="spot host" style={{ top: host.top }}>
            <MemberFace member={host.member} name={names.get(host.member.id) ?? ''} atLectern />
            <Manicule />
          </span>
        ) : null}
      </aside>
      <div className="ticks" aria-hidden="true">
        {spots.map((spot) => {
          const first = spot.members[0] && members.get(spot.members[0]);
          return first ? (
            <i key={first.id} className="tick-at" style={{ top: spot.top, ...whoStyle(`--p-${first.ink}`) }} />
          ) : null;
        })}
        {host ? (
          <span className="tick-at tick-host" style={{ top: host.top }}>
            <Manicule />
          </span>
        ) : null}
      </div>
    </>
  );
}

const bare = <T extends { name?: string }>({ name: _, ...face }: T) => face;

function useSpots() {
  const { chapter, text } = useReading();
  const { session, you } = useRoomState();
  const members = useMembers();
  const presence = usePresence();
  const layout = useTextLayout();
  const [placed, setPlaced] = useState<{ spots: LaneSpot[]; hostTop: number | null }>({ spots: [], hostTop: null });
  const lectern = session?.chapter === chapter.id ? session.lectern : null;

  useLayoutEffect(() => {
    const root = text();
    if (root === null) return;
    const topOf = lineTops(root);
    const readers: { member: MemberId; position: Position; top: number }[] = [];
    for (const { member, chapter: where, position } of presence.values()) {
      if (member === you || member === lectern || where !== chapter.id || position === null) continue;
      const top = topOf(position);
      if (top !== null) readers.push({ member, position, top });
    }
    const hostTop = lectern !== null && session !== null ? topOf(session.place.start) : null;
    setPlaced({ spots: laneSpots(readers, hostTop), hostTop });
  }, [presence, session, lectern, you, chapter.id, text, layout]);

  const hostMember = lectern === null ? undefined : members.get(lectern);
  return {
    spots: placed.spots,
    host: hostMember && placed.hostTop !== null ? { member: hostMember, top: placed.hostTop } : null,
  };
}

/** Where a position's line begins, in pixels from the top of the text; each position is measured once. */
function lineTops(root: HTMLElement): (position: Position) => number | null {
  const frame = root.getBoundingClientRect().top;
  const known = new Map<string, number | null>();
  return (position) => {
    const key = `${position.block}:${position.offset}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const range = rangeOf(root, { start: position, end: { ...position, offset: position.offset + 1 } });
    const top = range === null ? null : range.getBoundingClientRect().top - frame;
    known.set(key, top);
    return top;
  };
}
