import { PAD_UPDATE_MAX_BYTES } from '#shared/protocol/limits.ts';

/**
 * What the server bears that the browser need not know, in bytes and counts, with the reason for each. What both sides know
 * stands in `shared/protocol/limits.ts`, how often a door may be passed in `doors/doors.ts`, and how long somebody may keep
 * us waiting in `doors/deadlines.ts`. A number that only sets a pace, and refuses, drops and forgets nothing, stands where it
 * is used.
 */

// Sockets, and who holds them.

/** Sockets of each kind that one member, and one browser, may hold: thirty tabs, with two documents each. */
export const SOCKETS_PER_MEMBER_MAX = 60;
/** Sockets at pads that one member may hold: a pad in each of thirty tabs. */
export const PAD_SEATS_PER_MEMBER_MAX = 30;
/** Rooms that one browser may be somebody in: each of its requests reads the list of them. */
export const ROOMS_PER_DEVICE_MAX = 1_000;
/**
 * Sockets of both kinds from one address, before anybody knows who is behind it: a hall of five hundred, three for each
 * page, in two tabs. Each costs some 20 kB before it says a word.
 */
export const SOCKETS_PER_ADDRESS_MAX = 3_000;
/** Connections from one address, sockets included: browsers hold up to six more while pages load. */
export const CONNECTIONS_PER_ADDRESS_MAX = 6_000;
/** Keys that one rate is counted for, about 100 bytes each: what strangers can make it remember is a few megabytes. */
export const RATE_BUCKETS_MAX = 50_000;

/** Bytes waiting for one socket past which it is slow: a quarter of a second on a poor line. It hears no more of who moves until it has caught up. */
export const SLOW_BACKLOG_BYTES = 256_000;
/** Bytes waiting past which it cannot follow: it is closed, comes back, and is sent what it lacks. Some ten seconds of a very busy room. */
export const LOST_BACKLOG_BYTES = 4_000_000;
/** Bytes of a frame to a read-only document: an honest client sends state vectors, a few bytes, as one writer makes one entry. */
export const SYNC_FRAME_MAX_BYTES = 64_000;
/** Frames not understood before their socket is closed: a page that is a version behind sends a few, a hostile one many. */
export const STRIKES_MAX = 20;

// Requests.

/** Bytes of a request's body, of all but imports and their plans: a name and a title. */
export const REQUEST_MAX_BYTES = 16_000;
/** Bytes of the plan of a book that is brought in: five thousand sections with a short title each. */
export const PLAN_MAX_BYTES = 1_000_000;
/** Bytes around an uploaded file: boundaries and part headers; JSON escapes of a text that is all quotation marks double it. */
export const WRAPPING_MAX_BYTES = 64_000;
/** Characters of an uploaded file's name, of which the rest is cut off: about what file systems keep. */
export const FILE_NAME_MAX_CHARS = 240;
/** Comments brought along with a file: more than the margins of a book that several editors went through. */
export const COMMENTS_MAX = 2_000;
/** Characters of such a comment's author, of which the rest is cut off; a name of ours has fewer. */
export const COMMENT_AUTHOR_MAX_CHARS = 80;
/** Searches that wait for their turn; with more the answer would come when nobody looks for it. */
export const SEARCHES_WAITING_MAX = 100;
/** Milliseconds of work after which a search gives what it has: the longest novels take a second. */
export const SEARCH_MAX_MS = 10_000;

/** Lines of one pad that a search sends; all are counted, and the pad shows the rest. */
export const PAD_LINES_FOUND_MAX = 20;

// Commands that wait, and memory that all rooms share.

/** Commands of one room that wait; beyond this the store does not keep up, and whoever asks is told so instead of waiting without end. */
export const COMMANDS_WAITING_MAX = 2_000;
/**
 * Rooms in memory beyond which those that nobody uses leave at once: a browser that asks after a thousand rooms of its
 * own must not fill the memory that all share.
 */
export const ROOMS_KEPT_MAX = 500;
/** Characters of text kept in memory over all rooms: some 250 chapters of a novel. */
export const CHAPTER_CACHE_MAX_CHARS = 8_000_000;
/** Bytes of uploaded files that wait to be read, all in memory: four of the largest. */
export const IMPORTS_WAITING_MAX_BYTES = 200_000_000;
/** Bytes of books that were read and wait to be looked over: an illustrated one and some novels. The oldest makes room. */
export const IMPORTS_READY_MAX_BYTES = 200_000_000;
/** Imports that one member has open in a room: a folder that was dropped in by mistake is more. */
export const IMPORTS_PER_MEMBER_MAX = 40;
/** Ids of imports that were let go, about 100 bytes each: a file that was on its way then comes within minutes or never. */
export const IMPORTS_LET_GO_MAX = 10_000;
/** New texts of chapters that wait to be published, each with the whole chapter in memory. The oldest makes room. */
export const REVISION_DRAFTS_MAX = 40;
/** Bytes by which the store's log may grow under a backup: a disk that takes the copy too slowly must not fill the server's own. */
export const BACKUP_LOG_GROWTH_MAX_BYTES = 1_000_000_000;

// What goes out to a crowd in one tick.

/** People up to whom everybody sees everybody move; more faces than this no page shows beside its lines. */
export const COMPANY_MAX = 60;
/** Movers that one tick may carry for one chapter, the longest waiting first. */
export const MOVERS_PER_TICK_MAX = 40;
/** People whose coming and going one tick may carry in a crowd. */
export const COMERS_PER_TICK_MAX = 200;
/** Signs that float past in one tick; more than this is a blur, and what is over is not missed. */
export const CHEERS_PER_TICK_MAX = 20;

// The pad.

/** Bytes of a frame to a pad: an update that is too large is answered with its code; only what is far larger is cut off in the middle (1009). */
export const PAD_FRAME_MAX_BYTES = 4 * PAD_UPDATE_MAX_BYTES;
/** Clocks under one client id: two million keystrokes are a lifetime; beyond 2^31 clocks stop being cheap integers. */
export const PAD_CLOCK_MAX = 2 ** 31;
/** Structs of one update; the words of a whole pad pasted at once are a third of this. */
export const PAD_UPDATE_STRUCTS_MAX = 20_000;
/** Deleted ranges of one update: everything in the pad taken out in single letters, here and there. */
export const PAD_UPDATE_DELETIONS_MAX = 20_000;
/**
 * Items of one update that ask for the same place between far neighbours. Each is compared with all that stand there, on
 * the server and on every peer (4,000 of them cost a second); people who type make one after the other.
 */
export const PAD_CONTESTED_PER_PLACE_MAX = 200;
/** Client ids that one member claims and has not written under: a browser takes a new one each time it opens the page, and the oldest is let go. */
export const PAD_CLAIMS_PER_MEMBER_MAX = 200;
/** Client ids that one update may bring: of a browser that was opened and closed again and again in a long tunnel. */
export const PAD_FRESH_CLAIMS_MAX = 32;
/** Client ids that wrote in one pad, from which on there are no more: each makes every update dearer (yjs#415). */
export const PAD_WRITERS_MAX = 4_000;
/** Bytes of a caret: two relative positions of some fifty bytes each. */
export const CARET_MAX_BYTES = 4_000;
/** Carets in one frame: a client that echoes what it hears, as y-websocket does, sends everybody's along; ours is among the first. */
export const CARETS_PER_FRAME_MAX = 200;

// Reading a file, in a worker of its own.

/** Workers at once: two cores is the smallest machine this is meant for; one is left for the people who are reading. */
export const IMPORT_WORKERS_MAX = 1;
/** Milliseconds for one file: a long novel takes a few seconds, two hundred plates twenty; what takes longer is made to. */
export const IMPORT_TIME_MAX_MS = 60_000;
/** Megabytes of the worker's own heap. The file itself, and a picture while it is decoded, lie outside of it. */
export const IMPORT_MEMORY_MAX_MB = 256;
/** Milliseconds for counting a book again: the longest novel takes two seconds on a busy machine; what takes longer is a fault. */
export const MEASURE_TIME_MAX_MS = 60_000;
/** Milliseconds for carrying notes over: a novel in one chapter with twenty thousand takes a few seconds; what takes longer is a fault. */
export const CARRY_TIME_MAX_MS = 60_000;

/** Entries of an archive: an e-book of a thousand chapters and as many pictures has half of it. */
export const ARCHIVE_ENTRIES_MAX = 5_000;
/** Bytes that are read of one archive: six times the largest upload, of which text is the least part. */
export const INFLATED_MAX_BYTES = 300_000_000;
/** Ratio of an entry: deflate reaches 1:1,032 on zeros; real text stays under 1:20. */
export const INFLATED_RATIO_MAX = 200;
/** Bytes from which on the ratio counts; small files may be all of one letter. */
export const INFLATED_RATIO_FROM_BYTES = 1_000_000;
/** Characters of an entry's name: four times what file systems keep. */
export const ENTRY_NAME_MAX_CHARS = 1_000;
/** Bytes of one text of a publication; the longest novel is a third of it. */
export const TEXT_MAX_BYTES = 20_000_000;
/** Bytes of the text of a .docx, or of one of its pictures: a novel of 200,000 words has 5 MB of `document.xml`, a picture is as large as an upload. */
export const DOCX_PART_MAX_BYTES = 60_000_000;
/** Bytes of what a .docx says about itself: some kilobytes in all that Word writes. */
export const DOCX_ABOUT_MAX_BYTES = 5_000_000;
/** Bytes of an FB2 as it is unpacked: the pictures are in it as letters, a third larger than the largest upload. */
export const FB2_MAX_BYTES = 70_000_000;
/** Depth of markup: deeper than any book; what nests deeper is made to overflow something. */
export const MARKUP_DEPTH_MAX = 256;
/** Characters of stylesheets that are looked at for what a page hides; a page saved with all of its site's has less. */
export const STYLES_MAX_CHARS = 500_000;
/** Pages of a PDF: the thickest one-volume books have some 2,000. */
export const PDF_PAGES_MAX = 3_000;
/** Stretches of text on one page: a newspaper's has about 3,000; a drawing made of letters has any number. */
export const PDF_ITEMS_PER_PAGE_MAX = 30_000;

/** Blocks of one book in all: a long novel has about 10,000. More are refused, not cut short. */
export const BLOCKS_PER_BOOK_MAX = 200_000;
/** Depth of quotations, lists and contents as they are kept; what nests deeper is set as deep as this. */
export const NESTING_MAX = 8;
/** Lines of a table of contents that are read: as many as an archive may have files. */
export const CONTENTS_ENTRIES_MAX = 5_000;
/** Cells of a table: the largest of printed books have some hundred rows; what has more is data, not reading. */
export const CELLS_PER_TABLE_MAX = 20_000;
/** Rows or columns that one cell may span: as many columns as the HTML standard takes of `colspan`. */
export const CELL_SPAN_MAX = 1_000;
/** Characters of what a book says about itself: a blurb is a tenth of it, and the rest is cut off. */
export const SUMMARY_MAX_CHARS = 10_000;
/** Characters of a picture's description: a page in words, and the rest is cut off. */
export const ALT_MAX_CHARS = 2_000;
/** Pictures of one book. */
export const PICTURES_PER_BOOK_MAX = 2_000;
/** Bytes that the pictures of one book weigh together, as they are kept: four hundred plates over the whole screen. */
export const PICTURES_MAX_BYTES = 100_000_000;
/** Bytes that the pictures of all books of one room weigh together: ten books full of plates, or some hundred that are illustrated. */
export const PICTURES_PER_ROOM_MAX_BYTES = 1_000_000_000;
/** Bytes of one picture in the file: a photograph of the largest cameras. */
export const PICTURE_MAX_BYTES = 30_000_000;
/** Pixels of one picture in the file: the same. Decoding takes four bytes for each, in native memory. */
export const PICTURE_MAX_PIXELS = 60_000_000;
