import type { Metadata } from 'next';
import { ClosedDoor } from '#components/join/closed-door.tsx';
import { RoomProvider } from '#components/room/room-provider.tsx';
import { Shelf } from '#components/shelf/shelf.tsx';
import type { RoomId } from '#shared/records/ids.ts';
import { services } from '../../services.ts';
import { visit } from '../../visit.ts';

interface RoomProps {
  params: Promise<{ room: string }>;
}

export async function generateMetadata({ params }: RoomProps): Promise<Metadata> {
  const visited = await visit((await params).room);
  return { title: 'ok' in visited ? 'A closed door' : visited.state.room.title };
}

export default async function Room({ params }: RoomProps) {
  const visited = await visit((await params).room);
  if ('ok' in visited) return <ClosedDoor refusal={visited} room={(await params).room as RoomId} />;
  const { room, state } = visited;
  const invites = await services().invites(room, state.you);
  return (
    <RoomProvider state={state}>
      <Shelf invites={'ok' in invites ? null : invites} />
    </RoomProvider>
  );
}
