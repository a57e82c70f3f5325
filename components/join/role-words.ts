import type { Role } from '#shared/records/member.ts';

/** Each role as one names it, and what it may do. */
export const roleWords: Record<Role, { name: string; may: string }> = {
  host: { name: 'host', may: 'the room is yours' },
  cohost: { name: 'co-host', may: 'you can bring books in, lead the reading and look after the room' },
  reader: { name: 'reader', may: 'you can mark lines and write in the margin' },
  listener: { name: 'listener', may: 'you can read, react and raise a hand' },
};
