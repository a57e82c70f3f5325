'use client';

import { cheers } from '#shared/protocol/cheers.ts';
import { useRoom } from '#components/room/room-provider.tsx';
import { CheerSign, cheerWords } from './cheer-signs.tsx';

/** Five small signs that need no words: each floats past everyone's margin once. */
export function Cheers() {
  const room = useRoom();
  return cheers.map((cheer) => (
    <button
      key={cheer}
      type="button"
      className="icon-btn small"
      title={cheerWords[cheer]}
      aria-label={cheerWords[cheer]}
      onClick={() => room.cheer(cheer)}
    >
      <CheerSign cheer={cheer} />
    </button>
  ));
}
