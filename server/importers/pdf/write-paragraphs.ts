import { BlockWriter } from '../block-writer.ts';
import { withMark } from '../compose-text.ts';
import type { InlineMark } from '../compose-text.ts';
import type { DraftBlock } from '../importer.ts';
import type { BodyLook } from './body-look.ts';
import { noteName } from './foot-notes.ts';
import type { FootNote } from './foot-notes.ts';
import { joinLines } from './join-lines.ts';
import type { FlowPiece } from './join-lines.ts';
import type { Line } from './page.ts';
import type { Paragraph } from './paragraphs.ts';

export interface Surroundings {
  look: BodyLook;
  vocabulary: ReadonlySet<string>;
  notes: readonly FootNote[];
  /** The labels of the pages by index, null where they have none. */
  labels: readonly (string | null)[];
}

/** A block with the place on the page where its text begins. */
export interface PlacedBlock {
  block: DraftBlock;
  page: number;
  y: number;
}

const bullet = /^\s*[•‣◦▪●–—]\s+/u;

/** Writes paragraphs as blocks, with marks for looks, references to notes and the beginnings of pages. */
export function writeParagraphs(paragraphs: readonly Paragraph[], around: Surroundings): PlacedBlock[] {
  const placed: PlacedBlock[] = [];
  const writer = new BlockWriter();
  const names = new Set(around.notes.map(({ name }) => name));
  let page = -1;
  let written = 0;
  for (const paragraph of paragraphs) {
    const [first] = paragraph.lines;
    if (first === undefined) continue;
    if (paragraph.isAfterGap) writer.sceneBreak(0);
    for (const piece of piecesOf(paragraph, around.vocabulary)) {
      // A heading may leave the text for the list of chapters, and would take the page with it.
      if (piece.page !== page && paragraph.kind !== 'heading') {
        page = piece.page;
        const label = around.labels[page] ?? null;
        if (label !== null) writer.point({ type: 'page', label });
      }
      writePiece(writer, piece, paragraph, names, around.look);
    }
    endParagraph(writer, paragraph);
    for (const block of writer.blocks.slice(written)) placed.push({ block, page: first.page, y: first.y });
    written = writer.blocks.length;
  }
  return placed;
}

/** The bodies of the notes, as blocks that carry the names of their notes. */
export function writeNotes({ notes, vocabulary, look }: Surroundings): DraftBlock[] {
  const writer = new BlockWriter();
  for (const { name, lines } of notes) {
    const paragraph: Paragraph = { kind: 'paragraph', level: 0, isAfterGap: false, lines };
    for (const piece of piecesOf(paragraph, vocabulary)) writePiece(writer, piece, paragraph, new Set(), look);
    writer.end({ type: 'paragraph', quoteDepth: 0 }, { note: name });
  }
  return writer.blocks;
}

function piecesOf({ kind, lines }: Paragraph, vocabulary: ReadonlySet<string>): FlowPiece[] {
  if (kind !== 'verse') return joinLines(lines, vocabulary);
  const left = Math.min(...lines.map(({ start }) => start));
  return lines.flatMap((line, index) => verseLine(line, left, index === 0));
}

/** Lines of verse keep their indent, a space for each half size. */
function verseLine(line: Line, left: number, isFirst: boolean): FlowPiece[] {
  const indent = ' '.repeat(Math.min(40, Math.round((line.start - left) / (line.size * 0.5))));
  return line.pieces.map((piece, index) => ({
    ...piece,
    page: line.page,
    text: index === 0 ? `${isFirst ? '' : '\n'}${indent}${piece.text}` : piece.text,
  }));
}

function writePiece(
  writer: BlockWriter,
  piece: FlowPiece,
  { kind }: Paragraph,
  notes: ReadonlySet<string>,
  look: BodyLook,
): void {
  const label = piece.text.trim();
  if (piece.isRaised && notes.has(noteName(piece.page, label))) {
    writer.point({ type: 'noteref', target: noteName(piece.page, label), label });
    if (piece.text.endsWith(' ')) writer.text(' ', []);
    return;
  }
  let marks: readonly InlineMark[] = [];
  if (piece.isItalic !== look.isItalic && kind !== 'heading') marks = withMark(marks, { type: 'emphasis' });
  if (piece.isBold && kind !== 'heading') marks = withMark(marks, { type: 'strong' });
  if (piece.isRaised) marks = withMark(marks, { type: 'superscript' });
  writer.text(kind === 'item' && !writer.hasText ? piece.text.replace(bullet, '') : piece.text, marks);
}

function endParagraph(writer: BlockWriter, { kind, level }: Paragraph): void {
  if (kind === 'heading') writer.end({ type: 'heading', level, quoteDepth: 0 });
  else if (kind === 'item') writer.end({ type: 'listItem', ordinal: null, depth: 0, quoteDepth: 0 });
  else writer.end({ type: kind, quoteDepth: 0 });
}
