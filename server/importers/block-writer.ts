import { BLOCKS_PER_BOOK_MAX, NESTING_MAX } from '#server/limits.ts';
import { composeText, isPoint } from './compose-text.ts';
import type { InlineMark, Piece } from './compose-text.ts';
import { RefusedError } from './importer.ts';
import type { DraftBlock } from './importer.ts';
import { isSceneBreak } from './scene-break.ts';
import { TableWriter } from './table-writer.ts';
import type { CellShape } from './table-writer.ts';
import { isVerse } from './verse.ts';

const LINE_BREAK: Piece = { text: '\n', marks: [] };

/** What the text that was just written turns out to be. Depths count from 0 and stop at 8. */
export type BlockKind =
  | { type: 'paragraph' | 'verse' | 'code'; quoteDepth: number }
  | { type: 'heading'; level: number; quoteDepth: number }
  | { type: 'listItem'; ordinal: number | null; depth: number; quoteDepth: number };

/** What else a block says of itself; only what is there and differs from its chapter. */
export type BlockTraits = Pick<DraftBlock, 'language' | 'direction' | 'note' | 'source'>;

/** A picture that a figure shows: the name that `readPicture` knows it by (null: only its words), and what it shows. */
export interface FigureShape {
  picture: string | null;
  alt: string;
}

const NO_TRAITS: BlockTraits = {};

/** Collects inline text and turns it into blocks: the only place where importers of marked-up text make blocks. */
export class BlockWriter {
  readonly blocks: DraftBlock[] = [];
  #pieces: Piece[] = [];
  /** Points whose block turned out to hold no words; they open the next one. */
  #carried: Piece[] = [];
  #names: string[] = [];
  #table: TableWriter | null = null;

  text(text: string, marks: readonly InlineMark[]): void {
    if (text !== '') this.#pieces.push({ text, marks });
  }

  /** A mark between two characters: a note's reference, the beginning of a printed page. */
  point(mark: InlineMark): void {
    this.#pieces.push({ text: '', marks: [mark] });
  }

  /** Takes back the words of this block that were written so far, a note's own number before its text; points stay. */
  discardText(): void {
    this.#pieces = this.#pieces.filter(({ text }) => text === '');
  }

  /** Names the block that is being written, or the next one, as a place that targets may mean. */
  name(name: string): void {
    this.#names.push(name);
  }

  /** A line break that the source asked for. */
  lineBreak(): void {
    this.#pieces.push(LINE_BREAK);
  }

  /** Whether any words wait for their block. */
  get hasText(): boolean {
    return this.#pieces.some(({ text }) => text.trim() !== '');
  }

  /** Whether there is a letter or digit among them. */
  get hasWords(): boolean {
    return this.#pieces.some(({ text }) => /[\p{L}\p{N}]/u.test(text));
  }

  /** Whether nothing stands on the line yet. */
  get isAtLineStart(): boolean {
    const last = this.#pieces.findLast(({ text }) => text !== '');
    return last === undefined || last.text.endsWith('\n');
  }

  /** Ends the block. Nothing is written when there are no words in it. */
  end(kind: BlockKind, traits: BlockTraits = NO_TRAITS): void {
    const pieces = this.#take();
    if (pieces.length === 0) return;
    if (kind.type === 'verse' || kind.type === 'code') {
      this.#push(kind, traits, pieces, 'lines');
    } else if (kind.type === 'paragraph' && pieces.includes(LINE_BREAK)) {
      this.#endLines(kind.quoteDepth, traits, pieces);
    } else {
      this.#push(kind, traits, pieces, 'prose');
    }
  }

  /** A scene break; two in a row are one. */
  sceneBreak(quoteDepth: number, traits: BlockTraits = NO_TRAITS): void {
    if (this.blocks.at(-1)?.type === 'break') return;
    this.#add({ ...traits, type: 'break', text: '', marks: [], quoteDepth: Math.min(quoteDepth, NESTING_MAX) });
  }

  /** A picture; what was written since the last block is its caption. */
  figure(shape: FigureShape, quoteDepth: number, traits: BlockTraits = NO_TRAITS): void {
    const caption = composeText([...this.#carried.splice(0), ...this.#take()], 'prose');
    this.#add({ ...traits, type: 'figure', ...caption, ...shape, quoteDepth: Math.min(quoteDepth, NESTING_MAX) });
  }

  /** From here on text belongs to cells, until `endTable`. */
  beginTable(): void {
    this.#table = new TableWriter();
  }

  endCell(shape: CellShape): void {
    this.#table?.cell(composeText(this.#take(), 'prose'), shape);
  }

  endRow(): void {
    this.#table?.row();
  }

  endTable(quoteDepth: number, traits: BlockTraits = NO_TRAITS): void {
    const grid = this.#table?.end() ?? null;
    this.#table = null;
    this.#pieces = [];
    if (grid === null) return;
    this.#add({ ...traits, type: 'table', ...grid, quoteDepth: Math.min(quoteDepth, NESTING_MAX) });
  }

  append(blocks: readonly DraftBlock[]): void {
    for (const block of blocks) this.#add(block);
  }

  /** Everything, with the names that came after the last words on the last block. */
  finish(): DraftBlock[] {
    const last = this.blocks.at(-1);
    if (last !== undefined && this.#names.length > 0) last.names = [...(last.names ?? []), ...this.#names.splice(0)];
    return this.blocks;
  }

  #take(): Piece[] {
    const pieces = this.#pieces;
    this.#pieces = [];
    return pieces;
  }

  /** Broken lines are verse when they look like it, and paragraphs of their own otherwise; an empty line parts stanzas. */
  #endLines(quoteDepth: number, traits: BlockTraits, pieces: readonly Piece[]): void {
    let stanza: Piece[][] = [];
    const endStanza = () => {
      const lines = stanza.map((line) => composeText(line, 'prose').text);
      if (isVerse(lines)) {
        const joined = stanza.flatMap((line, index) => (index === 0 ? line : [LINE_BREAK, ...line]));
        this.#push({ type: 'verse', quoteDepth }, traits, joined, 'lines');
      } else {
        for (const line of stanza) this.#push({ type: 'paragraph', quoteDepth }, traits, line, 'prose');
      }
      stanza = [];
    };
    let line: Piece[] = [];
    for (const piece of [...pieces, LINE_BREAK]) {
      if (piece !== LINE_BREAK) {
        const text = piece.text.replace(/[ \t\r\n\f]+/gu, ' ');
        line.push({ ...piece, text: line.length === 0 ? text.replace(/^ /u, '') : text });
        continue;
      }
      if (line.some(({ text }) => text.trim() !== '')) stanza.push(line);
      else {
        this.#carry(line);
        endStanza();
      }
      line = [];
    }
    endStanza();
  }

  #carry(pieces: readonly Piece[]): void {
    this.#carried.push(...pieces.filter(({ text, marks }) => text === '' && marks.some(isPoint)));
  }

  #push(kind: BlockKind, traits: BlockTraits, pieces: readonly Piece[], layout: 'prose' | 'lines'): void {
    const quoteDepth = Math.min(kind.quoteDepth, NESTING_MAX);
    const { text, marks } = composeText([...this.#carried.splice(0), ...pieces], layout);
    if (text.trim() === '') return this.#carry(pieces);
    if (kind.type !== 'code' && isSceneBreak(text)) {
      this.#carry(pieces);
      return this.sceneBreak(quoteDepth, traits);
    }
    const shape = { ...traits, text, marks, quoteDepth };
    if (kind.type === 'heading') {
      this.#add({ ...shape, type: 'heading', level: kind.level });
    } else if (kind.type === 'listItem') {
      this.#add({ ...shape, type: 'listItem', ordinal: kind.ordinal, depth: Math.min(kind.depth, NESTING_MAX) });
    } else {
      this.#add({ ...shape, type: kind.type });
    }
  }

  #add(block: DraftBlock): void {
    if (this.blocks.length >= BLOCKS_PER_BOOK_MAX) {
      const most = BLOCKS_PER_BOOK_MAX.toLocaleString('en');
      throw new RefusedError('too-long', `This file has more than ${most} paragraphs, the most a book may have.`);
    }
    const names = this.#names.splice(0);
    this.blocks.push(names.length === 0 ? block : { ...block, names: [...names, ...(block.names ?? [])] });
  }
}
