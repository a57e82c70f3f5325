import * as Y from 'yjs';
import { PAD_MAX_DEPTH, PAD_UPDATE_MAX_BYTES } from '#shared/protocol/limits.ts';
import {
  isPadAttribute,
  isPadMark,
  isPadNode,
  mayContain,
  PAD_ROOT,
  type PadNode,
} from '#shared/records/pad-document.ts';
import { PAD_CONTESTED_PER_PLACE_MAX } from '#server/limits.ts';
import { GapError, UnsoundUpdateError, UpdateStructs } from './update-structs.ts';

/** Where an item belongs. `gone` is a place that was deleted and forgotten: what comes there becomes nothing. */
interface Place {
  /** Names the parent: its id, or the root. */
  parent: string;
  kind: PadNode | 'gone';
  /** Elements above it. */
  depth: number;
  /** The attribute that the item is a value of; null for content. */
  attribute: string | null;
}

const gone: Place = { parent: 'gone', kind: 'gone', depth: 0, attribute: null };
const root: Place = { parent: PAD_ROOT, kind: 'doc', depth: 0, attribute: null };

/**
 * Judges an update of a pad before it is applied, because Yjs can veto nothing afterwards: sizes, order and clocks, that
 * everything named is there, that every new item belongs under the pad's own root, and that it is content which the
 * editor could have made there. Returns the client ids under which it brings something new, whose owner the caller
 * checks. Throws `UnsoundUpdateError`. Bound to the internals of Yjs 13.6: run the fuzz when that changes.
 */
export function checkPadUpdate(doc: Y.Doc, update: Uint8Array): { clients: number[] } {
  if (update.length > PAD_UPDATE_MAX_BYTES) throw new UnsoundUpdateError('too many bytes');
  const structs = new UpdateStructs(doc, update);
  const places = new Places(doc, structs);
  const contested = new Contested();
  for (const item of structs.items()) {
    const place = places.of(item);
    checkContent(item, place);
    contested.count(item, place);
  }
  return { clients: structs.clients };
}

/** Resolves the place of each item as Yjs will: by the neighbour before it, or the one after, or the parent it names. */
class Places {
  readonly #doc: Y.Doc;
  readonly #structs: UpdateStructs;
  readonly #known = new Map<Y.Item, Place>();

  constructor(doc: Y.Doc, structs: UpdateStructs) {
    this.#doc = doc;
    this.#structs = structs;
  }

  /** Items may lean on others of the same update, thousands deep: hence a stack of our own. */
  of(item: Y.Item): Place {
    const stack = [item];
    const open = new Set(stack);
    for (let current = stack.at(-1); current; current = stack.at(-1)) {
      const waiting = this.#leansOn(current).find((other) => !this.#known.has(other));
      if (waiting) {
        if (open.has(waiting)) throw new UnsoundUpdateError('items that lean on each other');
        open.add(waiting);
        stack.push(waiting);
        continue;
      }
      this.#known.set(current, this.#place(current));
      stack.pop();
    }
    return this.#known.get(item) ?? gone;
  }

  #leansOn(item: Y.Item): Y.Item[] {
    if (this.#known.has(item)) return [];
    const others: Y.Item[] = [];
    for (const id of [item.origin, item.rightOrigin, parentId(item)]) {
      if (!id) continue;
      const isAhead = id.client === item.id.client && id.clock >= item.id.clock;
      if (isAhead || !this.#structs.holds(id)) throw new GapError('something named is missing');
      const struct = this.#structs.fresh(id);
      if (struct instanceof Y.Item) others.push(struct);
    }
    return others;
  }

  #place(item: Y.Item): Place {
    const known = this.#known.get(item);
    if (known) return known;
    const { parent, origin, rightOrigin } = item as { parent: unknown } & Y.Item;
    if (typeof parent === 'string') {
      if (parent !== PAD_ROOT) throw new UnsoundUpdateError('another root');
      return { ...root, attribute: item.parentSub };
    }
    const named = parentId(item);
    if (named) return this.#inside(named, item.parentSub);
    const [left, right] = [origin && this.#beside(origin), rightOrigin && this.#beside(rightOrigin)];
    const place = left ?? right;
    if (!place) throw new UnsoundUpdateError('an item without a place');
    if (left?.kind === 'gone' || right?.kind === 'gone') return gone;
    if (left && right && (left.parent !== right.parent || left.attribute !== right.attribute)) {
      throw new UnsoundUpdateError('neighbours in different places');
    }
    return place;
  }

  #beside(id: Y.ID): Place {
    const fresh = this.#structs.fresh(id);
    if (fresh) return fresh instanceof Y.Item ? (this.#known.get(fresh) ?? gone) : gone;
    const item = Y.getItem(this.#doc.store, id);
    if (!(item instanceof Y.Item)) return gone;
    return placeInDoc(item);
  }

  #inside(id: Y.ID, attribute: string | null): Place {
    const fresh = this.#structs.fresh(id);
    const item = fresh ?? Y.getItem(this.#doc.store, id);
    if (!(item instanceof Y.Item) || item.content instanceof Y.ContentDeleted) return gone;
    const kind = nodeOf(item.content);
    if (!kind || item.id.clock !== id.clock) throw new UnsoundUpdateError('a parent that holds nothing');
    const above = fresh ? this.#known.get(item) : placeInDoc(item);
    if (!above || above.kind === 'gone') return gone;
    return { parent: `${item.id.client}:${item.id.clock}`, kind, depth: above.depth + 1, attribute };
  }
}

const parentId = (item: Y.Item): Y.ID | null => (item.parent instanceof Y.ID ? item.parent : null);

function placeInDoc(item: Y.Item): Place {
  // Once it is integrated, an item's parent is the type itself; it has none when that was forgotten.
  const parent = item.parent as Y.AbstractType<unknown> | null;
  if (!parent) return gone;
  // oxlint-disable-next-line no-underscore-dangle -- the item that a type stands in, null for a root
  const holder = parent._item;
  if (!holder) return { ...root, attribute: item.parentSub };
  const kind = nodeOf(holder.content);
  if (!kind) return gone;
  let depth = 0;
  // oxlint-disable-next-line no-underscore-dangle -- the same, one element up
  for (let up: Y.Item | null = holder; up; up = (up.parent as Y.AbstractType<unknown> | null)?._item ?? null)
    depth += 1;
  return { parent: `${holder.id.client}:${holder.id.clock}`, kind, depth, attribute: item.parentSub };
}

/** Which node an element is; null for whatever the editor does not make. */
function nodeOf(content: Y.Item['content']): PadNode | null {
  if (!(content instanceof Y.ContentType)) return null;
  const { type } = content;
  if (type.constructor === Y.XmlText) return 'text';
  if (type.constructor !== Y.XmlElement) return null;
  const { nodeName } = type as Y.XmlElement;
  return isPadNode(nodeName) && nodeName !== 'doc' && nodeName !== 'text' ? nodeName : null;
}

function checkContent({ content }: Y.Item, { kind, depth, attribute }: Place): void {
  if (kind === 'gone' || content instanceof Y.ContentDeleted) return;
  if (depth > PAD_MAX_DEPTH) throw new UnsoundUpdateError('too deep');
  if (attribute !== null) {
    // Several values in one item: each was overwritten by the next, and all of them since; undo keeps them.
    const values: unknown[] = content instanceof Y.ContentAny ? content.arr : [];
    const areAllowed = values.length > 0 && values.every((value) => isPadAttribute(kind, attribute, value));
    if (!areAllowed) throw new UnsoundUpdateError('an attribute');
    return;
  }
  if (kind === 'text') {
    if (content instanceof Y.ContentString) return;
    if (content instanceof Y.ContentFormat && isPadMark(content.key, content.value)) return;
    throw new UnsoundUpdateError('a mark, or something else in a text');
  }
  const node = nodeOf(content);
  if (!node || !mayContain(kind, node)) throw new UnsoundUpdateError('an element that does not belong there');
}

class Contested {
  readonly #last = new Map<string, Y.ID>();
  readonly #counts = new Map<string, number>();

  count({ id, origin, rightOrigin }: Y.Item, { parent, attribute }: Place): void {
    const place = origin ? `${origin.client}:${origin.clock}` : `${parent} ${attribute ?? ''}`;
    const last = this.#last.get(place);
    this.#last.set(place, id);
    if (!last || (rightOrigin && Y.compareIDs(last, rightOrigin))) return;
    const count = (this.#counts.get(place) ?? 0) + 1;
    if (count > PAD_CONTESTED_PER_PLACE_MAX) throw new UnsoundUpdateError('too many items in one place');
    this.#counts.set(place, count);
  }
}
