'use client';

import { createContext, type ReactNode, useContext, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { Present } from '#shared/protocol/presence.ts';
import type { Session } from '#shared/protocol/session.ts';
import { distinctNames } from '#shared/records/distinct-names.ts';
import type { MemberId } from '#shared/records/ids.ts';
import type { Member } from '#shared/records/member.ts';
import type { RoomState } from '#shared/records/room.ts';
import { type Connection, RoomClient } from './room-client.ts';
import type { Slice } from './slice.ts';

const RoomContext = createContext<RoomClient | null>(null);

/** Gives everything below it the room; connects once in the browser, and lets go when the page is left. */
export function RoomProvider({ state, children }: { state: RoomState; children: ReactNode }) {
  const [client] = useState(() => new RoomClient(state));
  useEffect(() => {
    void client.open();
    return () => client.close();
  }, [client]);
  const { state: connection } = useSlice(client.connection);
  // For stylesheets and tests: what needs the room can wait for it.
  useEffect(() => {
    document.documentElement.dataset.connection = connection;
  }, [connection]);
  return <RoomContext value={client}>{children}</RoomContext>;
}

export function useRoom(): RoomClient {
  const client = useContext(RoomContext);
  if (client === null) throw new Error('useRoom outside of a RoomProvider');
  return client;
}

/** The value of a slice, kept current; the same on the server and at hydration. */
export function useSlice<T>(slice: Slice<T>): T {
  return useSyncExternalStore(slice.subscribe, slice.get, slice.get);
}

export const useRoomState = (): RoomState => useSlice(useRoom().state);
export const useConnection = (): Connection => useSlice(useRoom().connection);
export const useSession = (): Session | null => useRoomState().session;
/** Everyone with a live connection, oneself included, by member. */
export const usePresence = (): ReadonlyMap<MemberId, Present> => useSlice(useRoom().presence);

export function useMembers(): ReadonlyMap<MemberId, Member> {
  const { members } = useRoomState();
  return useMemo(() => new Map(members.map((member) => [member.id, member])), [members]);
}

export function useMe(): Member {
  const { you, members } = useRoomState();
  const me = members.find((member) => member.id === you);
  if (me === undefined) throw new Error('the room state lacks its own reader');
  return me;
}

/** Displayed names, in which two people of one name are told apart. */
export function useNames(): ReadonlyMap<MemberId, string> {
  const { members } = useRoomState();
  return useMemo(() => distinctNames(members), [members]);
}
