'use client';

import { createContext, useContext, useSyncExternalStore } from 'react';
import type { Slice, WritableSlice } from '#components/room/slice.ts';
import type { Margin, Unsaved } from '#components/room/margin-provider.tsx';
import type { Reactions } from '#shared/records/annotation.ts';
import type { RecordId } from './records.ts';

/**
 * What the cards of one margin share. `typing`: words stand unsent in a composer that has the focus, so nothing may move.
 * `hiddenWords`: what moderators alone may read of hidden records. The margin is a slice, so that a card is rendered again for
 * what is its own and not for every record that comes.
 */
export interface Desk {
  margin: Slice<Margin>;
  typing: WritableSlice<boolean>;
  hiddenWords: ReadonlyMap<RecordId, string>;
}

export const DeskContext = createContext<Desk | null>(null);

export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (desk === null) throw new Error('useDesk outside of a margin');
  return desk;
}

/** What stands between a record and 'saved'; null when nothing does. */
export const useUnsaved = (record: RecordId): Unsaved | null =>
  useOfMargin(({ unsaved }) => unsaved.get(record) ?? null);

const noReactions: Reactions = {};
export const useReactions = (target: RecordId): Reactions =>
  useOfMargin(({ reactions }) => reactions.get(target) ?? noReactions);

function useOfMargin<T>(pick: (margin: Margin) => T): T {
  const { margin } = useDesk();
  const now = (): T => pick(margin.get());
  return useSyncExternalStore(margin.subscribe, now, now);
}
