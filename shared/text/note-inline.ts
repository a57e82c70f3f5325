import { safeHref } from './link.ts';

/** A run of words in a note. `href` is an `http`, `https` or `mailto` address; links never stand in links. */
export type NoteInline =
  | { type: 'text'; text: string }
  | { type: 'break' }
  | { type: 'code'; text: string }
  | { type: 'emphasis'; children: NoteInline[] }
  | { type: 'strong'; children: NoteInline[] }
  | { type: 'link'; href: string; children: NoteInline[] };

/** Something opened and not yet closed. If it never is, its `marker` becomes text again. */
interface Frame {
  type: 'root' | 'emphasis' | 'strong' | 'link';
  marker: string;
  children: NoteInline[];
}

/** Openers waiting at once. Each search through them is bounded by it, which keeps the whole parse linear. */
const OPEN_MAX = 16;
/** Longer runs of `*`, `_` or backticks are decoration and stay text. */
const RUN_MAX = 3;

const plainRun = /[^*_`[\]\\\nhH]+/uy;
const delimiterRun = /(?:\*+|_+)/uy;
const backticks = /`+/gu;
const linkTarget = /\(\s*((?:https?:\/\/|mailto:)[^\s<>()[\]]*(?:\([^\s<>()[\]]*\)[^\s<>()[\]]*)*)\s*\)/iuy;
const bareAddress = /https?:\/\/[^\s<>`"[\]\\]+/iuy;
const wordCharacter = /[\p{L}\p{N}]/u;
const escapable = new Set('*_`[]()\\>');
const notPartOfAddress = new Set(".,;:!?'*_~’”»…");

/** Parses one paragraph in one pass with a short stack of openers; used once. */
export class NoteInlineParser {
  readonly #text: string;
  #at = 0;
  readonly #root: Frame = { type: 'root', marker: '', children: [] };
  readonly #open: Frame[] = [this.#root];
  /** Lengths of backtick runs of which no more follow. */
  readonly #noMoreRuns = new Set<number>();

  constructor(text: string) {
    this.#text = text;
  }

  parse(): NoteInline[] {
    while (this.#at < this.#text.length) this.#step();
    this.#unopen(1);
    return this.#root.children;
  }

  #step(): void {
    const plain = this.#match(plainRun);
    if (plain !== null) return this.#addText(plain[0]);
    const character = this.#text[this.#at] ?? '';
    if (character === '*' || character === '_') return this.#delimiters();
    if (character === '`') return this.#code();
    if (character === '[') return this.#openLink();
    if (character === ']') return this.#closeLink();
    if ((character === 'h' || character === 'H') && this.#address()) return;
    this.#at += 1;
    if (character === '\n') this.#top().children.push({ type: 'break' });
    else if (character === '\\' && escapable.has(this.#text[this.#at] ?? '')) {
      this.#addText(this.#text[this.#at] ?? '');
      this.#at += 1;
    } else this.#addText(character);
  }

  #delimiters(): void {
    const run = this.#match(delimiterRun)?.[0] ?? '';
    const marker = run[0] ?? '';
    const before = this.#text[this.#at - run.length - 1] ?? ' ';
    const after = this.#text[this.#at] ?? ' ';
    if (run.length > RUN_MAX) return this.#addText(run);
    // Words_with_underscores are names of things, not emphasis.
    const inWord = (side: string) => marker === '_' && wordCharacter.test(side);
    let left = run.length;
    if (before.trim() !== '' && !inWord(after)) {
      for (let index = this.#open.length - 1; index > 0 && left > 0; index -= 1) {
        const frame = this.#open[index];
        if (frame === undefined || frame.marker[0] !== marker || frame.marker.length > left) continue;
        this.#close(index);
        left -= frame.marker.length;
      }
    }
    if (left === 0) return;
    if (after.trim() === '' || inWord(before)) return this.#addText(marker.repeat(left));
    if (left !== 2) this.#push({ type: 'emphasis', marker, children: [] });
    if (left !== 1) this.#push({ type: 'strong', marker: marker.repeat(2), children: [] });
  }

  #code(): void {
    const start = this.#at;
    backticks.lastIndex = start;
    const run = backticks.exec(this.#text)?.[0] ?? '';
    this.#at = start + run.length;
    if (run.length > RUN_MAX || this.#noMoreRuns.has(run.length)) return this.#addText(run);
    for (let next = backticks.exec(this.#text); next !== null; next = backticks.exec(this.#text)) {
      if (next[0].length !== run.length) continue;
      const text = this.#text.slice(this.#at, next.index).replaceAll('\n', ' ');
      this.#top().children.push({ type: 'code', text: /^ .*\S.* $/u.test(text) ? text.slice(1, -1) : text });
      this.#at = next.index + run.length;
      return;
    }
    this.#noMoreRuns.add(run.length);
    this.#addText(run);
  }

  #openLink(): void {
    this.#at += 1;
    this.#push({ type: 'link', marker: '[', children: [] });
  }

  #closeLink(): void {
    this.#at += 1;
    const index = this.#open.findLastIndex((frame) => frame.type === 'link');
    if (index < 0) return this.#addText(']');
    const target = this.#match(linkTarget);
    const href = target === null ? null : safeHref(target[1] ?? '');
    const empty = index === this.#open.length - 1 && this.#top().children.length === 0;
    if (href === null || empty) {
      this.#unopen(index);
      return this.#addText(`]${target?.[0] ?? ''}`);
    }
    this.#unopen(index + 1);
    const children = withoutLinks(this.#open.pop()?.children ?? []);
    // Brackets around a link cannot become a link themselves: they turn into text.
    const around = this.#open.findIndex((frame) => frame.type === 'link');
    if (around > 0) this.#unopen(around);
    this.#top().children.push({ type: 'link', href, children });
  }

  #address(): boolean {
    if (wordCharacter.test(this.#text[this.#at - 1] ?? ' ')) return false;
    const start = this.#at;
    const found = this.#match(bareAddress)?.[0];
    if (found === undefined) return false;
    const text = withoutTrailingPunctuation(found);
    const href = safeHref(text);
    this.#at = start + text.length;
    if (href === null) this.#addText(text);
    else this.#top().children.push({ type: 'link', href, children: [{ type: 'text', text }] });
    return true;
  }

  #match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.#at;
    const match = pattern.exec(this.#text);
    if (match !== null) this.#at = pattern.lastIndex;
    return match;
  }

  #top(): Frame {
    return this.#open.at(-1) ?? this.#root;
  }

  #push(frame: Frame): void {
    if (this.#open.length > OPEN_MAX) this.#addText(frame.marker);
    else this.#open.push(frame);
  }

  #addText(text: string): void {
    addText(this.#top().children, text);
  }

  /** Closes the emphasis at `index`; whatever was opened inside it and never closed becomes text. */
  #close(index: number): void {
    this.#unopen(index + 1);
    const frame = this.#open.pop();
    if (frame?.type !== 'emphasis' && frame?.type !== 'strong') return;
    this.#top().children.push({ type: frame.type, children: frame.children });
  }

  /** Turns every opener from `index` on back into text, keeping what it holds. */
  #unopen(index: number): void {
    while (this.#open.length > index) {
      const frame = this.#open.pop();
      if (frame === undefined) return;
      const { children } = this.#top();
      addText(children, frame.marker);
      for (const child of frame.children) {
        if (child.type === 'text') addText(children, child.text);
        else children.push(child);
      }
    }
  }
}

function addText(children: NoteInline[], text: string): void {
  const last = children.at(-1);
  if (last?.type === 'text') last.text += text;
  else if (text !== '') children.push({ type: 'text', text });
}

function withoutLinks(children: NoteInline[]): NoteInline[] {
  return children.flatMap((child) => {
    if (child.type === 'link') return child.children;
    if (child.type === 'emphasis' || child.type === 'strong') {
      return [{ type: child.type, children: withoutLinks(child.children) }];
    }
    return [child];
  });
}

/** `(see https://a.org/b_(c)).` ends after the first closing bracket: punctuation and unmatched brackets stay outside. */
function withoutTrailingPunctuation(address: string): string {
  let unmatched = 0;
  for (const character of address) {
    if (character === '(') unmatched -= 1;
    else if (character === ')') unmatched += 1;
  }
  let end = address.length;
  for (; end > 0; end -= 1) {
    const last = address[end - 1] ?? '';
    if (last === ')' && unmatched > 0) unmatched -= 1;
    else if (!notPartOfAddress.has(last)) break;
  }
  return address.slice(0, end);
}
