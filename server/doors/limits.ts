/**
 * What one socket or one person may hold or send on the server, in counts and bytes, with the reason for each. What both
 * sides know stands in `shared/protocol/limits.ts`, how often a door may be passed in `doors.ts`, and how long somebody
 * may keep us waiting in `deadlines.ts`.
 */

/** Sockets of each kind that one member, and one browser, may hold: thirty tabs, with two documents each. */
export const SOCKETS_PER_MEMBER_MAX = 60;
/** Rooms that one browser may be somebody in: each of its requests reads the list of them. */
export const ROOMS_PER_DEVICE_MAX = 1_000;

/** Bytes waiting for one socket past which it is slow: a quarter of a second on a poor line. It hears no more of who moves until it has caught up. */
export const SLOW_BACKLOG_BYTES = 256_000;
/** Bytes waiting past which it cannot follow: it is closed, comes back, and is sent what it lacks. Some ten seconds of a very busy room. */
export const LOST_BACKLOG_BYTES = 4_000_000;
/** A frame to a read-only document: an honest client sends state vectors, a few bytes, as one writer makes one entry. */
export const SYNC_FRAME_MAX_BYTES = 64_000;
/** A page that is a version behind sends a few frames that are not understood; a hostile one sends many, and is closed. */
export const STRIKES_MAX = 20;
