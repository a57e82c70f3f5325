import { commandSchema } from '#shared/protocol/command.ts';
import type { Ack, CommandKind } from '#shared/protocol/command.ts';
import { whereaboutsSchema } from '#shared/protocol/presence.ts';
import { refuse } from '#shared/protocol/refusal.ts';
import { cheerSchema, sessionPlaceSchema } from '#shared/protocol/session.ts';
import { STRIKES_MAX } from '#server/limits.ts';
import { traced } from '#server/log.ts';
import type { Hub } from './hub.ts';
import type { EventsParts, RoomSocket } from './room-socket.ts';

const known = new Set<string>(['command', 'whereabouts', 'session.place', 'cheer']);

/**
 * Hears the frames of one socket. Every one is parsed, counted and answered for its member as the room knows them now;
 * what cannot be understood is refused where there is an ack, ignored where there is none, and too much of it ends the
 * socket.
 */
export function hearFrames(socket: RoomSocket, hub: Hub, { doors, log, meters }: EventsParts): void {
  const { room, member } = socket.data;
  let strikes = 0;

  const strike = () => {
    strikes += 1;
    if (strikes === STRIKES_MAX) {
      log.warn({ room: room.id, member }, 'a socket was closed for what it sent');
      socket.disconnect(true);
    }
  };
  /** Those who were put out between two frames are not heard any more. */
  const isHere = () => socket.connected && room.member(member)?.removed === false;

  /** Passing signs have no ack: one too many, or one that cannot be read, is dropped. */
  const passing =
    <T>(
      schema: { safeParse(raw: unknown): { success: true; data: T } | { success: false } },
      act: (value: T) => void,
    ) =>
    (raw: unknown) => {
      if (!doors.frames.take(socket.id).ok || !isHere()) return;
      const parsed = schema.safeParse(raw);
      if (parsed.success) act(parsed.data);
      else strike();
    };

  socket.on('command', (raw: unknown, ack: unknown) => {
    if (typeof ack !== 'function') return strike();
    const answer = (kind: CommandKind | 'unreadable', result: Ack) => {
      const outcome = result.ok ? 'ok' : result.code;
      meters.answered(kind, outcome);
      log.debug({ outcome }, 'a command was answered');
      ack(result);
    };
    if (!doors.memberCommands.take(`${room.id}:${member}`).ok) return answer('unreadable', refuse('too-fast'));
    if (!doors.roomCommands.take(room.id).ok) return answer('unreadable', refuse('too-fast'));
    const parsed = commandSchema.safeParse(raw);
    if (!parsed.success) {
      strike();
      return answer('unreadable', refuse('malformed'));
    }
    const { id, kind } = parsed.data;
    traced({ command: id, kind }, () => {
      if (!isHere()) return answer(kind, refuse('removed'));
      room.submit(member, parsed.data).then(
        (result) => answer(kind, result),
        (error: unknown) => {
          log.error({ err: error, room: room.id }, 'a command broke');
          answer(kind, refuse('unavailable'));
        },
      );
    });
  });
  socket.on(
    'whereabouts',
    passing(whereaboutsSchema, (whereabouts) => {
      hub.opens(socket, whereabouts.chapter);
      room.move(member, socket.id, whereabouts);
    }),
  );
  socket.on(
    'session.place',
    passing(sessionPlaceSchema, (place) => room.moveSession(member, place)),
  );
  socket.on(
    'cheer',
    passing(cheerSchema, (cheer) => room.cheer(member, cheer)),
  );
  socket.onAny((name: string) => {
    if (!known.has(name)) strike();
  });
}
