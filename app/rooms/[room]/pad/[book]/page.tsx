import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { ClosedDoor } from '#components/join/closed-door.tsx';
import { PadPage } from '#components/pad/pad-page.tsx';
import type { RoomId } from '#shared/records/ids.ts';
import { services } from '../../../../services.ts';
import { visit } from '../../../../visit.ts';
import './pad.css';

interface PadProps {
  params: Promise<{ room: string; book: string }>;
}

export const metadata: Metadata = { title: 'The pad' };

export default async function Pad({ params }: PadProps) {
  const { room, book: id } = await params;
  const visited = await visit(room);
  if ('ok' in visited) return <ClosedDoor refusal={visited} room={room as RoomId} />;
  const { state } = visited;
  const book = state.books.find((one) => one.id === id) ?? notFound();
  const blocks = (await services().pad(state.room.id, state.you, book.id)) ?? notFound();
  return <PadPage state={state} book={book} blocks={blocks} />;
}
