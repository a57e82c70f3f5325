import { composeText } from './compose-text.ts';
import type { ComposedText, InlineMark, Piece } from './compose-text.ts';
import { RefusedError } from './importer.ts';
import type { DraftBlock } from './importer.ts';
import { isSceneBreak } from './scene-break.ts';
import { isVerse } from './verse.ts';

const DEPTH_MAX = 8;
const LINE_BREAK: Piece = { text: '\n', marks: [] };
/** One book's blocks in all: a long novel has about 10,000. More are refused, not cut short. */
export const BLOCKS_PER_BOOK_MAX = 200_000;

/** What the text that was just written turns out to be. Depths count from 0 and stop at 8. */
export type BlockKind =
  | { type: 'paragraph' | 'verse' | 'code'; quoteDepth: number }
  | { type: 'heading'; level: number; quoteDepth: number }
  | { type: 'listItem'; ordinal: number | null; depth: number; quoteDepth: number };

/** Collects inline text and turns it into blocks: the only place where importers of marked-up text make blocks. */
export class BlockWriter {
  readonly blocks: DraftBlock[] = [];
  #pieces: Piece[] = [];

  text(text: string, marks: readonly InlineMark[]): void {
    if (text !== '') this.#pieces.push({ text, marks });
  }

  /** A line break that the source asked for. */
  lineBreak(): void {
    this.#pieces.push(LINE_BREAK);
  }

  /** Whether any words wait for their block. */
  get hasText(): boolean {
    return this.#pieces.some(({ text }) => text.trim() !== '');
  }

  /** Whether nothing stands on the line yet. */
  get isAtLineStart(): boolean {
    const last = this.#pieces.at(-1);
    return last === undefined || last.text.endsWith('\n');
  }

  /** Ends the block. Nothing is written when there are no words in it. */
  end(kind: BlockKind): void {
    const pieces = this.#pieces;
    this.#pieces = [];
    if (pieces.length === 0) return;
    if (kind.type === 'verse' || kind.type === 'code') {
      this.#push(kind, composeText(pieces, 'lines'));
    } else if (kind.type === 'paragraph' && pieces.includes(LINE_BREAK)) {
      this.#endLines(kind.quoteDepth, pieces);
    } else {
      this.#push(kind, composeText(pieces, 'prose'));
    }
  }

  /** A scene break; two in a row are one. */
  sceneBreak(quoteDepth: number): void {
    if (this.blocks.at(-1)?.type === 'break') return;
    this.#add({ type: 'break', text: '', marks: [], quoteDepth: Math.min(quoteDepth, DEPTH_MAX) });
  }

  append(blocks: readonly DraftBlock[]): void {
    for (const block of blocks) this.#add(block);
  }

  /** Broken lines are verse when they look like it, and paragraphs of their own otherwise; an empty line parts stanzas. */
  #endLines(quoteDepth: number, pieces: readonly Piece[]): void {
    let stanza: Piece[][] = [];
    const endStanza = () => {
      const lines = stanza.map((line) => composeText(line, 'prose').text);
      if (isVerse(lines)) {
        const joined = stanza.flatMap((line, index) => (index === 0 ? line : [LINE_BREAK, ...line]));
        this.#push({ type: 'verse', quoteDepth }, composeText(joined, 'lines'));
      } else {
        for (const line of stanza) this.#push({ type: 'paragraph', quoteDepth }, composeText(line, 'prose'));
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
      else endStanza();
      line = [];
    }
    endStanza();
  }

  #push(kind: BlockKind, { text, marks }: ComposedText): void {
    const quoteDepth = Math.min(kind.quoteDepth, DEPTH_MAX);
    if (text.trim() === '') return;
    if (kind.type !== 'code' && isSceneBreak(text)) return this.sceneBreak(quoteDepth);
    if (kind.type === 'heading') {
      this.#add({ type: 'heading', text, marks, quoteDepth, level: kind.level });
    } else if (kind.type === 'listItem') {
      const depth = Math.min(kind.depth, DEPTH_MAX);
      this.#add({ type: 'listItem', text, marks, quoteDepth, ordinal: kind.ordinal, depth });
    } else {
      this.#add({ type: kind.type, text, marks, quoteDepth });
    }
  }

  #add(block: DraftBlock): void {
    if (this.blocks.length >= BLOCKS_PER_BOOK_MAX) {
      const most = BLOCKS_PER_BOOK_MAX.toLocaleString('en');
      throw new RefusedError('too-long', `This file has more than ${most} paragraphs, the most a book may have.`);
    }
    this.blocks.push(block);
  }
}
