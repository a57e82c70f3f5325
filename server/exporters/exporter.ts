import type { ExportFormat, ExportScope } from '#shared/protocol/http.ts';
import type { Annotation, Reactions, Reply } from '#shared/records/annotation.ts';
import type { Book, Chapter } from '#shared/records/book.ts';
import type { MemberId } from '#shared/records/ids.ts';
import type { Member } from '#shared/records/member.ts';
import type { PadBlock } from '#shared/records/pad-block.ts';
import type { Room } from '#shared/records/room.ts';

/** One chapter of an export: its text and what may be shown of its margin to the member who asked. */
export interface ExportChapter {
  chapter: Chapter;
  annotations: Annotation[];
  replies: Reply[];
  reactions: ReadonlyMap<string, Reactions>;
}

/** All that an exporter may know. Private notes in it are the asker's own, and nobody else's. */
export interface ExportInput {
  room: Room;
  /** Who asks: whose notes `mine` means, and the only one whose private notes may appear. */
  asker: MemberId;
  book: Book;
  members: Member[];
  chapters: ExportChapter[];
  scope: ExportScope;
  /** The room's club notes on the book, where they were asked for. */
  pad: readonly PadBlock[] | null;
  /** Absolute origin for links back, such as `https://room.example.org`. */
  origin: string;
  /** Epoch milliseconds. */
  exportedAt: number;
}

/** One format out. Pure and synchronous. */
export interface Exporter {
  format: ExportFormat;
  mediaType: string;
  extension: string;
  write(input: ExportInput): string;
}
