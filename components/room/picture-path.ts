import type { RoomId } from '#shared/records/ids.ts';
import type { PictureHash } from '#shared/text/block.ts';

/** Where a picture of a book on a room's shelf is served. */
export const picturePath = (room: RoomId, picture: PictureHash): string => `/api/rooms/${room}/pictures/${picture}`;
