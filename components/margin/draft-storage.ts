import type { AnnotationId, ReplyId, RoomId } from '#shared/records/ids.ts';

/** Where words stand that have not been sent: under a note, in place of one, beside a passage, in the chapter's talk. */
export type DraftKey = `reply:${AnnotationId}` | `edit:${AnnotationId | ReplyId}` | `new:${string}`;

const nameOf = (room: RoomId, key: DraftKey): string => `lectern-draft:${room}:${key}`;

/** What was being written in this tab; empty when nothing was, or the browser keeps nothing. */
export function readDraft(room: RoomId, key: DraftKey): string {
  try {
    return sessionStorage.getItem(nameOf(room, key)) ?? '';
  } catch {
    return '';
  }
}

export function keepDraft(room: RoomId, key: DraftKey, words: string): void {
  try {
    if (words === '') sessionStorage.removeItem(nameOf(room, key));
    else sessionStorage.setItem(nameOf(room, key), words);
  } catch {
    // Storage is full or forbidden: the words still stand in the page.
  }
}

/** Everything that stands unsent in this tab, for the room. */
export function draftsIn(room: RoomId): { key: DraftKey; words: string }[] {
  const prefix = nameOf(room, '' as DraftKey);
  try {
    return Object.entries(sessionStorage)
      .filter(([name]) => name.startsWith(prefix))
      .map(([name, words]) => ({ key: name.slice(prefix.length) as DraftKey, words: String(words) }));
  } catch {
    return [];
  }
}
