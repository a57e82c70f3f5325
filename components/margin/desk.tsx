'use client';

import { createContext, useContext } from 'react';
import type { WritableSlice } from '#components/room/slice.ts';
import type { Margin } from '#components/room/margin-provider.tsx';
import type { RecordId } from './records.ts';

/**
 * What the cards of one margin share. `typing`: words stand unsent in a composer that has the focus, so nothing may move.
 * `hiddenWords`: what moderators alone may read of hidden records.
 */
export interface Desk {
  margin: Margin;
  typing: WritableSlice<boolean>;
  hiddenWords: ReadonlyMap<RecordId, string>;
}

export const DeskContext = createContext<Desk | null>(null);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (desk === null) throw new Error('useDesk outside of a margin');
  return desk;
}
