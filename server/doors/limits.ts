/**
 * What one socket or one person may hold or send on the server, in counts and bytes, with the reason for each. What both
 * sides know stands in `shared/protocol/limits.ts`, how often a door may be passed in `doors.ts`, and how long somebody
 * may keep us waiting in `deadlines.ts`.
 */

/** Sockets of each kind that one member, and one browser, may hold: thirty tabs, with two documents each. */
export const SOCKETS_PER_MEMBER_MAX = 60;
/** Rooms that one browser may be somebody in: each of its requests reads the list of them. */
export const ROOMS_PER_DEVICE_MAX = 1_000;
