/**
 * Every expected refusal, with the sentence the interface shows: what is so, what it means, what to do next.
 * The same code travels in a command's ack, in an HTTP error body and, through `close-codes.ts`, in a socket close.
 * A client keeps what was written for every code (nothing is thrown away), and sends again only where `retry` says so.
 */
export const refusals = {
  malformed: { status: 400, retry: false, words: 'This could not be understood. Reload the page to go on.' },
  'signed-out': { status: 401, retry: false, words: 'This browser is not in the room. Open the invitation again.' },
  removed: { status: 403, retry: false, words: 'You have been removed from this room.' },
  muted: { status: 403, retry: false, words: 'A host has muted you. You can read on, and keep notes in pencil.' },
  'listeners-cannot-write': {
    status: 403,
    retry: false,
    words: 'You are listening here. Ask a host to make you a reader.',
  },
  'not-yours': { status: 403, retry: false, words: 'Only the person who wrote this can change it.' },
  'moderators-only': { status: 403, retry: false, words: 'Only the host and co-hosts can do this.' },
  'host-only': { status: 403, retry: false, words: 'Only the host can do this.' },
  'host-stays': { status: 409, retry: false, words: 'The host of a room cannot be muted, demoted or removed.' },
  'room-locked': { status: 423, retry: false, words: 'The room is locked. Ask a host to open it.' },
  'cross-origin': { status: 403, retry: false, words: 'This request came from another site and was not carried out.' },
  'not-found': { status: 404, retry: false, words: 'It is not here any more.' },
  'link-replaced': { status: 410, retry: false, words: 'This link was replaced. Ask whoever sent it for the new one.' },
  'link-used': { status: 410, retry: false, words: 'This link has been used. Make a new one on your other device.' },
  'passage-invalid': { status: 422, retry: false, words: 'These words are not in the chapter as it stands.' },
  'passage-too-long': { status: 422, retry: false, words: 'That is more than a passage. Mark less of it.' },
  'too-long': { status: 413, retry: false, words: 'This is too long. Shorten it and try again.' },
  'too-many': { status: 409, retry: false, words: 'There is no room for more here.' },
  'room-full': {
    status: 409,
    retry: false,
    words: 'This room holds as much as a room can. Take a book off its shelf, or open another room.',
  },
  'too-fast': { status: 429, retry: true, words: 'That was a lot at once. It goes on in a moment.' },
  'text-revised': {
    status: 409,
    retry: false,
    words: 'The text was revised meanwhile. Look at it as it stands now, and choose the words again.',
  },
  'text-unchanged': { status: 409, retry: false, words: 'These are the words that stand there already.' },
  'note-in-place': { status: 409, retry: false, words: 'This note is at its words.' },
  'empty-note': { status: 422, retry: false, words: 'There is nothing written yet.' },
  'id-taken': { status: 409, retry: false, words: 'Something else has this id already.' },
  'not-at-lectern': { status: 403, retry: false, words: 'Only who stands at the lectern can do this.' },
  'session-running': { status: 409, retry: false, words: 'A session is under way already.' },
  'no-session': { status: 409, retry: false, words: 'There is no session now.' },
  'lectern-taken': { status: 409, retry: false, words: 'Somebody is at the lectern.' },
  'pad-full': {
    status: 413,
    retry: false,
    words: 'The pad is full. Take something out of it before you add more.',
  },
  'versions-full': {
    status: 409,
    retry: false,
    words: 'There is no room for another named version. Remove one of them first.',
  },
  'file-empty': { status: 422, retry: false, words: 'This file is empty.' },
  'file-too-large': { status: 413, retry: false, words: 'This file is larger than this server takes.' },
  'file-not-text': { status: 415, retry: false, words: 'This is not a text that can be read here.' },
  'file-fixed-layout': {
    status: 415,
    retry: false,
    words: 'The pages of this book are laid out like pictures (fixed layout), so its text cannot be read here.',
  },
  'file-unpacks-too-large': {
    status: 413,
    retry: false,
    words: 'This file unpacks to more than this server takes.',
  },
  'file-no-words': { status: 422, retry: false, words: 'There are no words to read in this file.' },
  'file-locked': {
    status: 422,
    retry: false,
    words: 'This file is locked with a password or by its shop (DRM) and cannot be read here.',
  },
  'file-scanned': { status: 422, retry: false, words: 'This file holds pictures of pages and no text.' },
  'file-broken': { status: 422, retry: false, words: 'This file is damaged and cannot be read.' },
  'nothing-left': { status: 422, retry: false, words: 'Every chapter is left out. Keep at least one of them.' },
  'preview-gone': {
    status: 410,
    retry: false,
    words: 'This waited long to be put on the shelf and was let go. Bring it in again.',
  },
  'import-too-slow': { status: 422, retry: false, words: 'This file took too long to read and was given up.' },
  'import-failed': { status: 422, retry: false, words: 'This file could not be read.' },
  unavailable: {
    status: 503,
    retry: true,
    words: 'The server could not do this now. It waits on this device and is sent again.',
  },
} as const;

export type RefusalCode = keyof typeof refusals;
export const refusalCodes = Object.keys(refusals) as [RefusalCode, ...RefusalCode[]];

export const isRefusalCode = (code: unknown): code is RefusalCode =>
  typeof code === 'string' && Object.hasOwn(refusals, code);

/** An expected failure as a value. */
export interface Refusal {
  ok: false;
  code: RefusalCode;
  message: string;
}

export function refuse(code: RefusalCode, message: string = refusals[code].words): Refusal {
  return { ok: false, code, message };
}
