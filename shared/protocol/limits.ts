/**
 * Every limit that a message, a record or a room has, in one place, with the unit in the name and the reason beside it.
 * A limit is checked where something is written, never when it is read, so that nothing stored can become unreadable.
 */

/** Display names: room for two family names in any script; counted in graphemes, so one emoji is one. */
export const NAME_MAX_GRAPHEMES = 60;
/** A grapheme may be built of many code points; this bounds what a "60 character" name can weigh. */
export const NAME_MAX_BYTES = 512;
/** Room, book and chapter titles; the longest title in common use is near 200 characters. */
export const TITLE_MAX_CHARS = 240;
/** A note or a reply: about 1,300 words. One record stays far below one socket frame. */
export const BODY_MAX_BYTES = 8_192;
/** A marked passage: two full pages. More than that is a chapter, not a passage. */
export const PASSAGE_MAX_CHARS = 8_000;
/** Context kept on either side of a quotation; the figure Hypothesis uses, enough to tell repeated phrases apart. */
export const QUOTE_CONTEXT_CHARS = 32;
/** One emoji, family sequences included. */
export const EMOJI_MAX_BYTES = 64;
/** Different emoji under one note; more cannot be read at a glance. */
export const EMOJI_PER_TARGET_MAX = 20;
/** Annotations one chapter may carry before new ones are refused. */
export const ANNOTATIONS_PER_CHAPTER_MAX = 20_000;
/** And one room, deleted ones and private ones included: four hundred books with five hundred each. On disk some 100 MB, 2 GB at the very worst. */
export const ANNOTATIONS_PER_ROOM_MAX = 200_000;
/** Replies in one thread. */
export const REPLIES_PER_THREAD_MAX = 2_000;
/**
 * What the notes, replies and reactions of one chapter may weigh together (`record-bytes.ts`): a margin is in memory whole,
 * and goes whole to who opens the chapter for the first time. Twenty thousand notes of a paragraph each.
 */
export const MARGIN_MAX_BYTES = 16_000_000;
/** And those of one member, private ones included: a quarter of it, so that nobody fills a chapter for the others. */
export const MEMBER_MARGIN_MAX_BYTES = 4_000_000;
/** People who ever joined one room. */
export const MEMBERS_PER_ROOM_MAX = 5_000;
/** Books on one room's shelf. */
export const BOOKS_PER_ROOM_MAX = 200;
/** Largest Socket.IO message in bytes: one command with the longest body, JSON-escaped at its worst. */
export const SOCKET_MESSAGE_MAX_BYTES = 64_000;
/** Largest upload in bytes: an illustrated e-book. The text of the longest novel is a tenth of it. */
export const UPLOAD_MAX_BYTES = 50_000_000;
/** Blocks of one chapter. */
export const BLOCKS_PER_CHAPTER_MAX = 20_000;
/** Note that a raised hand may carry. */
export const HAND_NOTE_MAX_CHARS = 140;
/** Commands a member may send at once: an outbox filled in a tunnel, sent in one go after the reconnect. */
export const COMMAND_BURST_MAX = 60;
/** Commands a second after that: faster than anyone writes, slow enough that one member cannot fill a room. */
export const COMMANDS_PER_SECOND = 10;
/** Cheers a member may send at once, and a second after that. */
export const CHEER_BURST_MAX = 6;
export const CHEERS_PER_SECOND = 3;
/** One update of a pad: a chapter's worth of words, pasted at once or written in a long tunnel. */
export const PAD_UPDATE_MAX_BYTES = 512_000;
/** One pad as Yjs encodes it, some 150,000 words; in memory it weighs about twelve times that (yjs, measured). */
export const PAD_MAX_BYTES = 1_000_000;
/** Lists in lists in quotations, as elements of the document: what every peer's stack can walk, the phone's too. */
export const PAD_MAX_DEPTH = 40;
/** Versions of one pad that people named, and as many that the server keeps by itself, the oldest of which goes first. */
export const PAD_VERSIONS_MAX = 100;
/**
 * What those that people named may weigh together as JSON, and as much the server's own: a hundred versions of thirty pages,
 * or the newest few of a pad that is full.
 */
export const PAD_VERSIONS_MAX_BYTES = 10_000_000;
/** What a person calls a version. */
export const PAD_VERSION_TITLE_MAX_CHARS = 120;
/** What can be looked for in a book: a long sentence, copied from somewhere. */
export const SEARCH_MAX_CHARS = 200;
/** Places of one search that are sent with their sentence: more than anyone goes through, 100 kB at most. */
export const SEARCH_HITS_MAX = 300;
