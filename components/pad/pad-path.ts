import type { BookId, RoomId } from '#shared/records/ids.ts';

export const padPath = (room: RoomId, book: BookId): string => `/rooms/${room}/pad/${book}`;
