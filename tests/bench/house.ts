import { quoteOf } from '#shared/anchoring/quote.ts';
import type { Passage } from '#shared/anchoring/anchor.ts';
import type { CommandOf } from '#shared/protocol/command.ts';
import type { InviteRole } from '#shared/protocol/http.ts';
import type { Annotation } from '#shared/records/annotation.ts';
import { colours } from '#shared/records/colours.ts';
import {
  type AnnotationId,
  type ChapterId,
  type CommandId,
  type MemberId,
  newId,
  type RoomId,
} from '#shared/records/ids.ts';
import type { Block } from '#shared/text/block.ts';

/** One person with the cookie of their browser, and the address that their proxy saw. */
export interface Seat {
  member: MemberId;
  cookie: string;
  address: string;
}

export interface BenchRoom {
  id: RoomId;
  chapter: ChapterId;
  hash: string;
  blocks: Block[];
  /** The host first. */
  seats: Seat[];
  /** Annotations that the chapter has before anybody comes, numbered from 0. */
  notes: number;
}

/** What a scene finds when its curtain rises. */
export interface Needs {
  rooms: number;
  /** Beside the host of each room, in this order. */
  people: { role: InviteRole; count: number }[];
  /** Annotations in each room. */
  notes: number;
  /** Times that the text of 95 paragraphs is repeated. */
  repeats?: number;
}

const MARK = 'bench';
const MARK_DIGITS = 15;
/** Finds in any frame the annotations that it speaks of, by their number. */
export const markPattern = /bench(\d{15})/g;

/** Ids of annotations carry their number, so that a reader tells from the bytes alone which of them has arrived. */
export const annotationId = (number: number): AnnotationId =>
  `${MARK}${String(number).padStart(MARK_DIGITS, '0')}` as AnnotationId;

const PASSAGE_CHARS = 60;
const words = 'I read this twice, and the second time the lamp had moved to the other side of the page.';

/** The same words at the same place, whoever is asked to keep them. */
function passageOf({ blocks }: BenchRoom, number: number): Passage {
  const block = blocks[number % blocks.length] as Block;
  const offset = (number * 7) % Math.max(1, block.text.length - PASSAGE_CHARS);
  return { start: { block: block.id, offset }, end: { block: block.id, offset: offset + PASSAGE_CHARS } };
}

const colourOf = (number: number) => colours[number % colours.length] ?? 'saffron';

/** What a browser sends to Lectern. */
export function createCommand(room: BenchRoom, number: number): CommandOf<'annotation.create'> {
  return {
    id: newId<CommandId>(),
    kind: 'annotation.create',
    annotation: annotationId(number),
    chapter: room.chapter,
    passage: passageOf(room, number),
    colour: colourOf(number),
    body: words,
    visibility: 'room',
  };
}

/** The record that Lectern makes of it, which the others are given ready-made. */
export function annotationRecord(room: BenchRoom, author: MemberId, number: number): Annotation {
  const passage = passageOf(room, number);
  return {
    id: annotationId(number),
    chapter: room.chapter,
    author,
    colour: colourOf(number),
    anchor: { ...passage, hash: room.hash, quote: quoteOf(room.blocks, passage) },
    body: words,
    visibility: 'room',
    createdAt: Date.now(),
    editedAt: null,
    deleted: false,
    hidden: false,
  };
}
