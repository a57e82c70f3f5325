import { RateLimiter } from './rate-limit.ts';
import type { Rate } from './rate-limit.ts';

/**
 * How often each door may be passed. A school class or a club behind one address must get in together, so what counts by
 * address is generous; what one browser or one room may do is what people do, with room for a script that catches up.
 */
export const doorRates = {
  /** Requests of any kind from one address: 300 people behind one router who reload at once, and go on reading. */
  address: { burst: 1_200, perSecond: 120 },
  /** Requests of any kind from one browser. */
  device: { burst: 240, perSecond: 20 },
  /** New rooms from one address: an evening's workshop makes dozens, a script would make thousands. */
  newRooms: { burst: 120, perSecond: 0.5 },
  /** New people through one room's invitations: a hall of 400 may open the link in the same minute. */
  newMembers: { burst: 400, perSecond: 5 },
  /** Tokens that were wrong, from one address: 192 random bits are out of reach, and so is hammering at them. */
  wrongTokens: { burst: 60, perSecond: 0.5 },
  /** Files brought in to one room. Each costs seconds of a worker. */
  imports: { burst: 60, perSecond: 0.2 },
  /** Exports of one member. Each reads a whole book's margin. */
  exports: { burst: 30, perSecond: 0.5 },
  /** Searches of one member: one for each pause in their typing. */
  searches: { burst: 40, perSecond: 3 },
  /** New sockets from one address, both kinds: three for each open page. */
  sockets: { burst: 1_500, perSecond: 100 },
  /**
   * Frames of one Socket.IO connection, counted before they are decoded: an outbox after a tunnel, and beside it
   * whereabouts, place and cheers. More than this no page sends, and the connection is cut off.
   */
  wireFrames: { burst: 300, perSecond: 60 },
  /** UTF-16 units in them: an outbox of sixty of the longest notes, escaped, and then ten a second. */
  wireBytes: { burst: 4_000_000, perSecond: 500_000 },
  /** Commands of one member to one room, over all their tabs, so that nobody uses up what the room takes from the others. */
  memberCommands: { burst: 120, perSecond: 20 },
  /** Sockets that one browser opens, both kinds: thirty tabs that are reloaded twice, and then a page a second. */
  entrances: { burst: 240, perSecond: 4 },
  /** Commands to one room, from all its members; the room itself counts what each member has carried out. */
  roomCommands: { burst: 6_000, perSecond: 3_000 },
  /** Other frames of one socket: whereabouts, place and cheers, each at most four a second. */
  frames: { burst: 60, perSecond: 15 },
  /** Frames of one sync socket: an honest client sends a handful when it connects, and none after. */
  syncFrames: { burst: 60, perSecond: 4 },
  /** Frames of one pad socket: a fast writer makes one update and one caret a keystroke. */
  padFrames: { burst: 400, perSecond: 60 },
  /** Bytes that one member sends to pads: a chapter pasted now and then. */
  padBytes: { burst: 4_000_000, perSecond: 100_000 },
} as const satisfies Record<string, Rate>;

export type Door = keyof typeof doorRates;
export type DoorRates = Record<Door, Rate>;
export type Doors = Record<Door, RateLimiter>;

export function createDoors(rates: DoorRates, now: () => number): Doors {
  const entries = Object.entries(rates).map(([door, rate]) => [door, new RateLimiter(rate, now)] as const);
  return Object.fromEntries(entries) as Doors;
}
