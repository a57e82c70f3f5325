import type { ChapterId, RoomId } from '#shared/records/ids.ts';

export const chapterPath = (room: RoomId, chapter: ChapterId): string => `/rooms/${room}/read/${chapter}`;
