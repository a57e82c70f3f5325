import { getSchema } from '@tiptap/core';
import type { Node as EditorNode } from '@tiptap/pm/model';
import { Transform } from '@tiptap/pm/transform';
import { initProseMirrorDoc, updateYFragment } from '@tiptap/y-tiptap';
import * as Y from 'yjs';
import { padExtensions } from '#components/pad/extensions.ts';
import { fragmentOf } from './pad-writer.ts';
import type { Seeded } from './seeded.ts';

const schema = getSchema(padExtensions(() => null));
const LOCAL = 'local';

type Change = (transform: Transform, random: Seeded) => void;

/** One person's editor without its screen: the real schema, the real binding's way of writing, and undo of one's own. */
export class PadEditorModel {
  readonly doc = new Y.Doc();
  readonly undo: Y.UndoManager;

  constructor(client: number) {
    this.doc.clientID = client;
    this.undo = new Y.UndoManager(fragmentOf(this.doc), { trackedOrigins: new Set([LOCAL]), captureTimeout: 0 });
  }

  /** Something that a person might do. Returns its name; a change that does not fit where it would fall does nothing. */
  act(random: Seeded): string {
    const name = random.weighed({
      type: 12,
      split: 5,
      remove: 4,
      mark: 4,
      unmark: 1,
      heading: 2,
      list: 3,
      tick: 2,
      quotation: 1,
      rule: 1,
      paste: 1,
      clear: 0.2,
      undo: 3,
      redo: 1,
    });
    if (name === 'undo') this.undo.undo();
    else if (name === 'redo') this.undo.redo();
    else this.#change(changes[name], random);
    return name;
  }

  #change(change: Change, random: Seeded): void {
    const fragment = fragmentOf(this.doc);
    // What a merge left that the schema does not allow is taken out here, as the binding does.
    const { doc, meta } = initProseMirrorDoc(fragment, schema);
    const shown = doc.childCount === 0 ? schema.topNodeType.createAndFill() : doc;
    if (!shown) throw new Error('the schema has no empty document');
    const transform = new Transform(shown);
    try {
      change(transform, random);
      transform.doc.check();
    } catch (error) {
      if (error instanceof RangeError || (error as Error).name === 'TransformError') return;
      throw error;
    }
    if (transform.doc.eq(doc)) return;
    this.doc.transact(() => updateYFragment(this.doc, fragment, transform.doc, meta), LOCAL);
  }
}

const words = ['heron', 'ferry 🚢', 'שקט', '海很', ' ', 'a', 'Ines', 'e\u0301', 'tide '];

/** Positions within text, where a caret can stand. */
function caretIn(doc: EditorNode, random: Seeded): number {
  const places: number[] = [];
  doc.descendants((node, at) => {
    if (node.isTextblock) places.push(at + 1 + random.below(node.content.size + 1));
  });
  return places.length === 0 ? 0 : whole(doc, random.pick(places));
}

/** Past the second half of a pair of UTF-16 units, between which no caret stands. */
function whole(doc: EditorNode, at: number): number {
  const before = doc.textBetween(Math.max(0, at - 1), Math.min(at, doc.content.size));
  return /[\ud800-\udbff]$/u.test(before) ? at + 1 : at;
}

/** A place so far behind another, and within the document. */
const ahead = (doc: EditorNode, from: number, by: number): number => whole(doc, Math.min(doc.content.size, from + by));

function blockAround(doc: EditorNode, random: Seeded) {
  const position = doc.resolve(caretIn(doc, random));
  return position.blockRange();
}

const paragraph = (text: string) => schema.nodes.paragraph?.create(null, text === '' ? [] : schema.text(text));

function wrapped(random: Seeded): EditorNode {
  const texts = Array.from({ length: random.between(1, 3) }, () => paragraph(random.pick(words)));
  const json = texts.map((node) => node?.toJSON() as object);
  switch (random.below(5)) {
    case 0:
      return schema.nodeFromJSON({
        type: 'bulletList',
        content: json.map((content) => ({ type: 'listItem', content: [content] })),
      });
    case 1:
      return schema.nodeFromJSON({
        type: 'taskList',
        content: json.map((content) => ({
          type: 'taskItem',
          attrs: { checked: random.chance(0.5) },
          content: [content],
        })),
      });
    case 2:
      return schema.nodeFromJSON({ type: 'orderedList', content: [{ type: 'listItem', content: json }] });
    case 3:
      return schema.nodeFromJSON({ type: 'blockquote', content: json });
    default:
      return schema.nodeFromJSON({
        type: 'quotation',
        attrs: { source: random.pick(words), chapter: '0123456789abcdefghjk', at: 'b1.0-b2.3' },
        content: json,
      });
  }
}

const changes = {
  type: (transform, random) => {
    transform.insert(caretIn(transform.doc, random), schema.text(random.pick(words)));
  },
  split: (transform, random) => {
    transform.split(caretIn(transform.doc, random), random.pick([1, 1, 2]));
  },
  remove: (transform, random) => {
    const from = caretIn(transform.doc, random);
    transform.delete(from, ahead(transform.doc, from, random.between(1, 30)));
  },
  mark: (transform, random) => {
    const from = caretIn(transform.doc, random);
    const link = schema.marks.link?.create({ href: 'https://example.org/' });
    const mark = random.pick([
      schema.marks.bold?.create(),
      schema.marks.italic?.create(),
      schema.marks.code?.create(),
      link,
    ]);
    if (mark) transform.addMark(from, ahead(transform.doc, from, random.between(1, 12)), mark);
  },
  unmark: (transform, random) => {
    const from = caretIn(transform.doc, random);
    transform.removeMark(from, ahead(transform.doc, from, random.between(1, 20)));
  },
  heading: (transform, random) => {
    const at = caretIn(transform.doc, random);
    const type = random.pick([schema.nodes.heading, schema.nodes.paragraph]);
    if (type) transform.setBlockType(at, at, type, type.name === 'heading' ? { level: random.between(1, 3) } : null);
  },
  list: (transform, random) => {
    const range = blockAround(transform.doc, random);
    const [list, item] = random.pick([
      [schema.nodes.bulletList, schema.nodes.listItem],
      [schema.nodes.taskList, schema.nodes.taskItem],
      [schema.nodes.blockquote, undefined],
    ]);
    if (range && list) transform.wrap(range, [{ type: list }, ...(item ? [{ type: item }] : [])]);
  },
  tick: (transform, random) => {
    const places: number[] = [];
    transform.doc.descendants((node, at) => {
      if (node.type.name === 'taskItem') places.push(at);
    });
    if (places.length === 0) return;
    const at = random.pick(places);
    transform.setNodeAttribute(at, 'checked', transform.doc.nodeAt(at)?.attrs.checked !== true);
  },
  quotation: (transform, random) => {
    transform.insert(transform.doc.content.size, wrapped(random));
  },
  rule: (transform) => {
    const rule = schema.nodes.horizontalRule?.create();
    if (rule) transform.insert(transform.doc.content.size, rule);
  },
  paste: (transform, random) => {
    const nodes = Array.from({ length: random.between(1, 20) }, () => wrapped(random));
    transform.insert(random.chance(0.5) ? 0 : transform.doc.content.size, nodes);
  },
  clear: (transform) => {
    transform.delete(0, transform.doc.content.size);
  },
} satisfies Record<string, Change>;
