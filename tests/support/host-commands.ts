import type { RoomId } from '#shared/records/ids.ts';
import type { Person } from './reading-room.ts';
import { command, type EventSocket, Visitor } from './visitor.ts';

/** A second connection of somebody's browser, for what they do while the test looks at another page. */
export async function asPerson(person: Person, room: RoomId): Promise<EventSocket> {
  const [cookie] = await person.context.cookies();
  const visitor = new Visitor(new URL(person.page.url()).origin);
  visitor.cookie = `${cookie?.name}=${cookie?.value}`;
  return visitor.enter(room);
}

/** Does it, or fails the test with the code it was refused with. */
export async function does(socket: EventSocket, fields: Record<string, unknown>): Promise<void> {
  const ack = await command(socket, fields);
  if (!ack.ok) throw new Error(`refused: ${ack.code}`);
}
