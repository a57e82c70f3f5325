import type { CSSProperties } from 'react';
import { useMembers, usePresence, useRoomState, useSlice } from '#components/room/room-provider.tsx';
import { whoStyle } from '#components/ui/face.tsx';
import { useReading } from './reading-context.tsx';

/** Dots closer than this cannot be told apart on the line; with three hundred readers it stays a line with dots. */
const DOT_EVERY_PERCENT = 1;

/** A hairline of how far one has read, with a dot for everyone who reads this chapter; the host's is larger and red. */
export function ProgressLine() {
  const { place } = useReading();
  const percent = Math.round((useSlice(place)?.progress ?? 0) * 100);
  return (
    <div className="thread-line opening-grid">
      <div
        className="track"
        role="progressbar"
        aria-label="Read of this chapter"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
      >
        <i style={at(percent)} />
        <Dots />
      </div>
    </div>
  );
}

const at = (percent: number): CSSProperties => ({ '--at': `${percent}%` }) as CSSProperties;

function Dots() {
  const { chapter } = useReading();
  const { you, session } = useRoomState();
  const members = useMembers();
  const taken = new Set<number>();
  const dots = [...usePresence().values()]
    .filter((present) => present.chapter === chapter.id && present.member !== you)
    .flatMap((present) => {
      const member = members.get(present.member);
      return member === undefined ? [] : [{ member, percent: Math.round(present.progress * 100) }];
    });
  const isHost = (role: string, id: string) => (session === null ? role === 'host' : id === session.lectern);
  return dots
    .sort((a, b) => Number(isHost(b.member.role, b.member.id)) - Number(isHost(a.member.role, a.member.id)))
    .flatMap(({ member, percent }) => {
      const host = isHost(member.role, member.id);
      const slot = Math.round(percent / DOT_EVERY_PERCENT);
      if (taken.has(slot) && !host) return [];
      taken.add(slot);
      const style = host ? at(percent) : { ...at(percent), ...whoStyle(`--p-${member.ink}`) };
      return [<s key={member.id} className={host ? 'host' : undefined} style={style} aria-hidden="true" />];
    });
}
