import { safeHref } from '#shared/text/link.ts';
import { BlockWriter } from '../block-writer.ts';
import type { BlockKind } from '../block-writer.ts';
import { withMark } from '../compose-text.ts';
import type { InlineMark } from '../compose-text.ts';
import { attribute, isElement, isText } from '../html-tree.ts';
import type { DraftBlock } from '../importer.ts';
import { childrenNamed, childrenOf, lineOf, localTarget, textUnder } from './fb2-tree.ts';
import type { Fb2Element } from './fb2-tree.ts';

const LABEL_MAX_CHARS = 12;
const marksByElement: Record<string, InlineMark> = {
  emphasis: { type: 'emphasis' },
  strong: { type: 'strong' },
  strikethrough: { type: 'strike' },
  sub: { type: 'subscript' },
  sup: { type: 'superscript' },
  code: { type: 'code' },
};

/** Writes the elements of a FictionBook's body as blocks. `noteIds` are the ids of its notes. */
export class Fb2Writer {
  readonly #writer = new BlockWriter();
  readonly #noteIds: ReadonlySet<string>;
  #note: string | null = null;
  /** Pictures in the middle of a paragraph stand after it. */
  #pictures: Fb2Element[] = [];

  constructor(noteIds: ReadonlySet<string>) {
    this.#noteIds = noteIds;
  }

  name(name: string): void {
    this.#writer.name(name);
  }

  heading(text: string, level: number): void {
    this.#writer.text(text, []);
    this.#end({ type: 'heading', level, quoteDepth: 0 });
  }

  /** A section without its title. Sections in it follow, under a heading or after a scene break. */
  section(section: Fb2Element, depth: number): void {
    const inner = childrenNamed(section, 'section');
    this.#nameOf(section);
    this.content(
      childrenOf(section).filter(({ tagName }) => tagName !== 'section' && tagName !== 'title'),
      0,
    );
    for (const child of inner) {
      const [title] = childrenNamed(child, 'title');
      if (title === undefined) this.#writer.sceneBreak(0);
      else this.#title(title, Math.min(6, depth + 2), 0);
      this.section(child, depth + 1);
    }
  }

  content(elements: readonly Fb2Element[], quoteDepth: number): void {
    for (const element of elements) this.#block(element, quoteDepth);
  }

  /** The body of a note; its title only repeats the number by which it is called. */
  note(section: Fb2Element): void {
    this.#note = attribute(section, 'id');
    this.section(section, 0);
    this.#note = null;
  }

  finish(): DraftBlock[] {
    const blocks = this.#writer.finish();
    const first = blocks.findIndex(({ type }) => type !== 'break');
    const last = blocks.findLastIndex(({ type }) => type !== 'break');
    return first < 0 ? [] : blocks.slice(first, last + 1);
  }

  #block(element: Fb2Element, quoteDepth: number): void {
    if (element.tagName !== 'section') this.#nameOf(element);
    switch (element.tagName) {
      case 'p':
      case 'text-author':
      case 'date':
        this.#inline(element, []);
        return this.#end({ type: 'paragraph', quoteDepth });
      case 'title':
      case 'subtitle':
        return this.#title(element, 4, quoteDepth);
      case 'epigraph':
      case 'cite':
      case 'annotation':
        return this.content(childrenOf(element), quoteDepth + 1);
      case 'poem':
        return this.content(childrenOf(element), quoteDepth);
      case 'stanza':
        return this.#stanza(element, quoteDepth);
      case 'empty-line':
        // White above a heading, a poem or a picture is how it is set; between paragraphs it parts scenes.
        return this.#writer.blocks.at(-1)?.type === 'paragraph' ? this.#writer.sceneBreak(quoteDepth) : undefined;
      case 'image':
        return this.#picture(element, quoteDepth);
      case 'table':
        return this.#table(element, quoteDepth);
      default:
        this.#inline(element, []);
        return this.#end({ type: 'paragraph', quoteDepth });
    }
  }

  #title(title: Fb2Element, level: number, quoteDepth: number): void {
    const lines = childrenNamed(title, 'p');
    this.#dropBreak();
    for (const [index, line] of (lines.length > 0 ? lines : [title]).entries()) {
      if (index > 0) this.#writer.text(' ', []);
      this.#inline(line, []);
    }
    this.#end({ type: 'heading', level, quoteDepth });
  }

  #stanza(stanza: Fb2Element, quoteDepth: number): void {
    this.#dropBreak();
    for (const line of childrenOf(stanza)) {
      if (line.tagName === 'title' || line.tagName === 'subtitle') this.#title(line, 5, quoteDepth);
      if (line.tagName !== 'v') continue;
      if (this.#writer.hasText) this.#writer.lineBreak();
      this.#nameOf(line);
      this.#inline(line, []);
    }
    this.#end({ type: 'verse', quoteDepth });
  }

  #picture(image: Fb2Element, quoteDepth: number): void {
    const alt = attribute(image, 'alt') ?? '';
    const caption = attribute(image, 'title') ?? '';
    const picture = localTarget(image);
    this.#dropBreak();
    this.#writer.text(caption, []);
    if (picture !== null) this.#writer.figure({ picture, alt: alt.slice(0, 2_000) }, quoteDepth, this.#traits());
    else this.#end({ type: 'paragraph', quoteDepth });
  }

  #table(table: Fb2Element, quoteDepth: number): void {
    this.#writer.beginTable();
    for (const row of childrenNamed(table, 'tr')) {
      for (const cell of childrenOf(row)) {
        const span = (name: string) => Number(attribute(cell, name) ?? 1);
        this.#inline(cell, []);
        this.#writer.endCell({ header: cell.tagName === 'th', columns: span('colspan'), rows: span('rowspan') });
      }
      this.#writer.endRow();
    }
    this.#writer.endTable(quoteDepth, this.#traits());
  }

  #inline(parent: Fb2Element, marks: readonly InlineMark[]): void {
    for (const node of parent.childNodes) {
      if (isText(node)) this.#writer.text(node.value, marks);
      if (!isElement(node)) continue;
      const mark = marksByElement[node.tagName];
      if (node.tagName === 'image') this.#pictures.push(node);
      else if (node.tagName === 'a') this.#link(node, marks);
      else this.#inline(node, mark === undefined ? marks : withMark(marks, mark));
    }
  }

  #link(link: Fb2Element, marks: readonly InlineMark[]): void {
    const target = localTarget(link);
    if (target !== null && this.#noteIds.has(target)) {
      const label = (lineOf(link) ?? '').replace(/^[[({]+|[\])}]+$/gu, '').slice(0, LABEL_MAX_CHARS);
      return this.#writer.point({ type: 'noteref', target, label });
    }
    const href = safeHref(attribute(link, 'xlink:href') ?? attribute(link, 'href') ?? '');
    if (target !== null) this.#inline(link, withMark(marks, { type: 'jump', target }));
    else this.#inline(link, href === null ? marks : withMark(marks, { type: 'link', href }));
  }

  #end(kind: BlockKind): void {
    this.#writer.end(kind, this.#traits());
    const pictures = this.#pictures.splice(0);
    for (const picture of pictures) this.#picture(picture, kind.quoteDepth);
  }

  #traits(): { note?: string } {
    return this.#note === null ? {} : { note: this.#note };
  }

  /** A name for links to lead to. A note is named by its blocks' `note` as well. */
  #nameOf(element: Fb2Element): void {
    const id = attribute(element, 'id');
    if (id !== null && id !== '' && textUnder(element) !== '') this.#writer.name(id);
  }

  #dropBreak(): void {
    if (this.#writer.blocks.at(-1)?.type === 'break') this.#writer.blocks.pop();
  }
}
