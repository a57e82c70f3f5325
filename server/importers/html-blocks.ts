import { BlockWriter } from './block-writer.ts';
import type { BlockKind, FigureShape } from './block-writer.ts';
import { withMark } from './compose-text.ts';
import {
  blockContext,
  headingKind,
  inlineContext,
  isLine,
  kindOf,
  noteContext,
  outermostContext,
  traitsOf,
} from './html-context.ts';
import type { Context } from './html-context.ts';
import { captionedFigure, figureShapeOf } from './html-pictures.ts';
import { rubyPairs } from './html-ruby.ts';
import { captionOf, cellShape, gridOf } from './html-tables.ts';
import type { GridRow } from './html-tables.ts';
import { attribute, isElement, isText, shownText } from './html-tree.ts';
import type { HtmlElement, HtmlNode, HtmlParent } from './html-tree.ts';
import type { DraftBlock } from './importer.ts';
import { loneReading } from './markup-reading.ts';
import type { MarkupReading } from './markup-reading.ts';

type Step = { node: HtmlNode; context: Context } | { leave: () => void };

const afterNumber = /^[\s.)\]:,\u2013\u2014-]+/u;

const blockElements = new Set(
  (
    'p div section article main header footer body address center aside figure figcaption details summary dl dt dd table ' +
    'caption thead tbody tfoot tr form fieldset hgroup blockquote ul ol li pre h1 h2 h3 h4 h5 h6 hr'
  ).split(' '),
);

/**
 * Reads what stands under `root` into blocks, by an allow-list: an element that is not known lends its text and nothing
 * else.
 */
export function readHtmlBlocks(root: HtmlParent, reading: MarkupReading = loneReading): DraftBlock[] {
  return new MarkupWalk(reading).read(root);
}

/** One walk over one document. Iterative, so that no nesting can overflow the stack; used once. */
class MarkupWalk {
  readonly #reading: MarkupReading;
  readonly #writer = new BlockWriter();
  readonly #steps: Step[] = [];
  /** Pictures in the middle of a paragraph stand after it. */
  readonly #waiting: { shape: FigureShape; context: Context }[] = [];
  #isAfterNumber = false;

  constructor(reading: MarkupReading) {
    this.#reading = reading;
  }

  read(root: HtmlParent): DraftBlock[] {
    const start = outermostContext(this.#reading);
    this.#enterChildren(root, start);
    for (let step = this.#steps.pop(); step !== undefined; step = this.#steps.pop()) {
      if ('leave' in step) step.leave();
      else this.#visit(step.node, step.context);
    }
    this.#end(start);
    return this.#writer.finish();
  }

  #visit(node: HtmlNode, context: Context): void {
    const writer = this.#writer;
    const reading = this.#reading;
    if (isText(node)) this.#text(node.value, context);
    if (!isElement(node)) return;
    const note = reading.noteOf(node);
    if (note !== null) return this.#note(node, context, note);
    const picture = figureShapeOf(node, reading);
    if (picture !== null) return this.#picture(picture, node, context);
    if (reading.isLeftOut(node)) return;
    if (reading.isBackLink(node)) return this.#backLink();
    const reference = reading.noterefOf(node);
    const page = reading.pageOf(node);
    if (reference !== null) {
      const { isOfWords = false, ...called } = reference;
      this.#name(node);
      if (isOfWords) return this.#wordsWithNote(node, context, called);
      return writer.point({ type: 'noteref', ...called });
    }
    if (page !== null) writer.point({ type: 'page', label: page.label });
    if (page?.isMarker === true) return this.#name(node);
    this.#element(node, context);
  }

  #text(text: string, context: Context): void {
    const writer = this.#writer;
    let shown = textOf(text, context, writer.isAtLineStart);
    if (this.#isAfterNumber) shown = shown.replace(afterNumber, '');
    if (shown.trim() !== '') this.#isAfterNumber = false;
    writer.text(shown, context.marks);
  }

  /** At the beginning of a note it is the note's number, and what is written around a number goes with it. */
  #backLink(): void {
    if (this.#writer.hasWords) return;
    this.#writer.discardText();
    this.#isAfterNumber = true;
  }

  #element(node: HtmlElement, context: Context): void {
    const writer = this.#writer;
    const { tagName } = node;
    if (tagName === 'br') writer.lineBreak();
    else if (tagName === 'hr') {
      this.#end(context);
      this.#name(node);
      if (!context.isFlat) writer.sceneBreak(context.quoteDepth, traitsOf({ ...context, owner: node }, this.#reading));
    } else if (isLine(node, context)) {
      this.#name(node);
      this.#steps.push({ leave: () => writer.lineBreak() });
      this.#enterChildren(node, inlineContext(node, context, this.#reading));
    } else if (blockElements.has(tagName)) this.#block(node, context);
    else this.#inline(node, context);
  }

  #block(node: HtmlElement, context: Context): void {
    this.#end(context);
    this.#name(node);
    const inner = blockContext(node, context, this.#reading);
    const grid = node.tagName === 'table' && !context.isFlat ? gridOf(node) : null;
    if (grid !== null) return this.#table(node, grid, inner);
    if (node.tagName === 'figure' && !context.isFlat && this.#figure(node, inner)) return;
    this.#steps.push({ leave: () => this.#end(inner, headingKind(node, inner) ?? kindOf(inner)) });
    this.#enterChildren(node, inner);
  }

  #inline(node: HtmlElement, context: Context): void {
    const writer = this.#writer;
    this.#name(node);
    const inner = inlineContext(node, context, this.#reading);
    // A row of a table that is none reads on one line.
    if ((node.tagName === 'td' || node.tagName === 'th') && writer.hasText) writer.text(' · ', context.marks);
    if (node.tagName === 'ruby') return this.#ruby(node, inner);
    if (node.tagName === 'q') {
      writer.text('“', context.marks);
      this.#steps.push({ leave: () => writer.text('”', context.marks) });
    }
    this.#enterChildren(node, inner);
  }

  #note(node: HtmlElement, context: Context, note: string): void {
    this.#end(context);
    this.#name(node);
    const inner = noteContext(node, context, this.#reading, note);
    this.#steps.push({ leave: () => this.#end(inner) });
    this.#enterChildren(node, inner);
  }

  #wordsWithNote(node: HtmlElement, context: Context, called: { target: string; label: string }): void {
    this.#steps.push({ leave: () => this.#writer.point({ type: 'noteref', ...called }) });
    this.#enterChildren(node, context);
  }

  #picture(shape: FigureShape, node: HtmlElement, context: Context): void {
    const writer = this.#writer;
    this.#name(node);
    if (context.isFlat || isLetter(shape, context)) {
      writer.text(shape.alt, context.marks);
    } else if (writer.hasText) this.#waiting.push({ shape, context: { ...context, owner: node } });
    else writer.figure(shape, context.quoteDepth, traitsOf({ ...context, owner: node }, this.#reading));
  }

  #figure(node: HtmlElement, context: Context): boolean {
    const captioned = captionedFigure(node, this.#reading);
    if (captioned === null) return false;
    const { pictures, caption } = captioned;
    const traits = traitsOf(context, this.#reading);
    const last = pictures.at(-1);
    for (const shape of pictures.slice(0, -1)) this.#writer.figure(shape, context.quoteDepth, traits);
    if (last === undefined) return false;
    this.#steps.push({ leave: () => this.#writer.figure(last, context.quoteDepth, traits) });
    if (caption !== null) {
      this.#name(caption);
      this.#enterChildren(caption, { ...context, isFlat: true });
    }
    return true;
  }

  #table(node: HtmlElement, rows: readonly GridRow[], context: Context): void {
    const writer = this.#writer;
    const steps: Step[] = [];
    const flat = { ...context, isFlat: true };
    const caption = captionOf(node);
    if (caption !== null) {
      const inner = blockContext(caption, context, this.#reading);
      steps.push(...childrenOf(caption, inner), { leave: () => this.#end(inner) });
    }
    steps.push({ leave: () => writer.beginTable() });
    for (const row of rows) {
      steps.push({ leave: () => this.#name(row.element) });
      for (const cell of row.cells) {
        steps.push({ leave: () => this.#name(cell) }, ...childrenOf(cell, inlineContext(cell, flat, this.#reading)));
        steps.push({ leave: () => writer.endCell(cellShape(cell)) });
      }
      steps.push({ leave: () => writer.endRow() });
    }
    steps.push({ leave: () => writer.endTable(context.quoteDepth, traitsOf(context, this.#reading)) });
    for (const step of steps.toReversed()) this.#steps.push(step);
  }

  #ruby(node: HtmlElement, context: Context): void {
    for (const { base, text } of rubyPairs(node).toReversed()) {
      const marks = text === null ? context.marks : withMark(context.marks, { type: 'ruby', text });
      for (const child of base.toReversed()) this.#steps.push({ node: child, context: { ...context, marks } });
    }
  }

  #end(context: Context, kind: BlockKind = kindOf(context)): void {
    const writer = this.#writer;
    if (writer.hasWords) this.#isAfterNumber = false;
    if (context.isFlat) return writer.hasText ? writer.text(' ', []) : undefined;
    if (context.item !== null && writer.hasText) context.item.isBegun = true;
    writer.end(kind, traitsOf(context, this.#reading));
    for (const { shape, context: around } of this.#waiting.splice(0)) {
      writer.figure(shape, around.quoteDepth, traitsOf(around, this.#reading));
    }
  }

  #name(element: HtmlElement): void {
    const ids = [attribute(element, 'id'), element.tagName === 'a' ? attribute(element, 'name') : null];
    for (const id of new Set(ids)) {
      const name = id === null || id === '' ? null : this.#reading.nameOf(id);
      if (name !== null) this.#writer.name(name);
    }
  }

  #enterChildren(parent: HtmlParent, context: Context): void {
    for (let index = parent.childNodes.length - 1; index >= 0; index -= 1) {
      const node = parent.childNodes[index];
      if (node !== undefined) this.#steps.push({ node, context });
    }
  }
}

/** A picture of the letter that a paragraph begins with stands for the letter. */
const isLetter = ({ alt }: FigureShape, { owner }: Context): boolean =>
  /^\p{L}{1,2}$/u.test(alt) && owner !== null && shownText(owner) !== '';

const childrenOf = (parent: HtmlParent, context: Context): Step[] =>
  parent.childNodes.map((node) => ({ node, context }));

/** In verse only the mark-up breaks lines; white space in the source is layout of the source. */
function textOf(text: string, { kind, isFlat }: Context, isAtLineStart: boolean): string {
  if (kind !== 'verse' || isFlat) return text;
  const folded = text.replace(/[ \t\r\n\f]+/gu, ' ');
  return isAtLineStart ? folded.replace(/^ /u, '') : folded;
}
