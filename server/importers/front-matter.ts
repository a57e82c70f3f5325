import { languageTag } from './guess-language.ts';

export interface FrontMatter {
  title: string | null;
  author: string | null;
  language: string | null;
  body: string;
}

const opening = /^\s*---[ \t]*\r?\n/u;
const closing = /^(?:---|\.\.\.)[ \t]*$/mu;
const field = /^([A-Za-z_-]{1,40})\s*:\s*(.*)$/u;
const FRONT_MAX_CHARS = 20_000;

/**
 * The `key: value` lines between `---` at the top of a Markdown file: title, author and language are read, the rest is
 * left out. This is the simple core of YAML that static site makers share; anything cleverer is passed over.
 */
export function readFrontMatter(source: string): FrontMatter {
  const none: FrontMatter = { title: null, author: null, language: null, body: source };
  const open = opening.exec(source);
  if (open === null) return none;
  const after = source.slice(open[0].length);
  const close = closing.exec(after.slice(0, FRONT_MAX_CHARS));
  if (close === null) return none;
  const lines = after.slice(0, close.index).split(/\r?\n/u);
  const fields = new Map<string, string>();
  let key: string | null = null;
  for (const line of lines) {
    const match = field.exec(line);
    const item = /^\s*-\s+(.*)$/u.exec(line)?.[1];
    if (match !== null) {
      key = (match[1] ?? '').toLowerCase();
      fields.set(key, unquoted(match[2] ?? ''));
    } else if (item !== undefined && key !== null) {
      fields.set(key, [fields.get(key) ?? '', unquoted(item)].filter(Boolean).join(', '));
    }
  }
  // Two scene breaks with prose between them are not front matter.
  if (fields.size === 0) return none;
  const value = (...names: string[]) =>
    names.map((name) => fields.get(name)).find((found) => found !== undefined && found !== '') ?? null;
  return {
    title: value('title'),
    author: value('author', 'authors', 'by', 'creator'),
    language: languageTag(value('lang', 'language')),
    body: after.slice(close.index + close[0].length),
  };
}

function unquoted(raw: string): string {
  const text = raw.trim().replace(/^\[(.*)\]$/u, '$1');
  return text
    .split(/,\s*/u)
    .map((part) => /^(["'])(.*)\1$/u.exec(part)?.[2] ?? part)
    .join(', ')
    .replace(/^["']|["']$/gu, '');
}
