import type { BlockContent, ListItem, PhrasingContent, RootContent, Text } from 'mdast';
import { gfmToMarkdown } from 'mdast-util-gfm';
import { toMarkdown } from 'mdast-util-to-markdown';
import type { Options } from 'mdast-util-to-markdown';
import type { PadBlock } from '#shared/records/pad-block.ts';
import { exportSections, isoTime, namesOf, roleNames, scopeNames } from './entries.ts';
import type { ExportEntry, ExportReply, ExportWords } from './entries.ts';
import type { Exporter, ExportInput } from './exporter.ts';
import { linesTree, noteTree } from './markdown-note.ts';
import { oneLine } from './one-line.ts';
import { padTree } from './markdown-pad.ts';
import { padTitle } from './pad.ts';

/**
 * CommonMark with YAML front matter, for Obsidian, Logseq and any other reader: a heading a chapter, each note under the
 * words it points at, replies as a list below it. Built as a tree and serialised, so that no name, quotation or body
 * can become mark-up of the document.
 */
export const markdownExporter: Exporter = {
  format: 'markdown',
  mediaType: 'text/markdown; charset=utf-8',
  extension: 'md',
  write(input: ExportInput): string {
    const children: RootContent[] = [
      { type: 'heading', depth: 1, children: [text(oneLine(input.book.title))] },
      {
        type: 'paragraph',
        children: [
          text(`Notes of the room ${oneLine(input.room.title)} (${scopeNames[input.scope]}), taken home `),
          text(isoTime(input.exportedAt)),
        ],
      },
    ];
    for (const { chapter, passages, talk } of exportSections(input)) {
      children.push({ type: 'heading', depth: 2, children: [text(oneLine(chapter.title))] });
      if (passages.length + talk.length === 0) children.push(paragraph([text('No notes.')]));
      children.push(...passages.flatMap(entryTree));
      if (talk.length > 0) children.push({ type: 'heading', depth: 3, children: [text('Talk about the chapter')] });
      children.push(...talk.flatMap(entryTree));
    }
    if (input.pad !== null) {
      children.push({ type: 'heading', depth: 2, children: [text(padTitle)] });
      const pad = padTree(input, input.pad);
      children.push(...(pad.length > 0 ? pad : [paragraph([text('Nothing is written in it.')])]));
    }
    return `${frontMatter(input)}\n${toMarkdown({ type: 'root', children }, options)}`;
  },
};

/** The pad alone, as Markdown in which nothing of it is more than it seems. */
export const padMarkdown = (input: ExportInput, blocks: readonly PadBlock[]): string =>
  toMarkdown({ type: 'root', children: padTree(input, blocks) }, options);

const inWords = {
  inConstruct: 'phrasing' as const,
  notInConstruct: ['autolink' as const, 'destinationLiteral' as const, 'destinationRaw' as const],
};

// Words, and the times between them, in which nothing can be mark-up. Most text is such, and the serialiser's many
// patterns are slow: an export must not hold up the room.
const harmless = /^(?: · )?(?!www)\p{L}[\p{L}\p{N} ,;'’“”()?·-]*\p{L}$|^(?: · )?[\dTZ: ·-]*Z$/u;

const options: Options = {
  bullet: '-',
  emphasis: '*',
  fences: true,
  rule: '-',
  // Two spaces rather than a backslash: more readers know them.
  handlers: {
    break: () => '  \n',
    text: (node: Text, _parent, state, info) => (harmless.test(node.value) ? node.value : state.safe(node.value, info)),
  },
  extensions: [gfmToMarkdown()],
  // What Obsidian and Logseq read as a highlight, a comment, mathematics, a tag, a block's name or a property.
  unsafe: [
    { character: '=', before: '=', ...inWords },
    { character: '%', before: '%', ...inWords },
    { character: '$', ...inWords },
    { character: '#', after: '\\S', ...inWords },
    { character: '^', ...inWords },
    { character: ':', before: ':', ...inWords },
  ],
};

// A JSON string of one line is a double-quoted YAML scalar.
const yaml = (value: string): string => JSON.stringify(oneLine(value));

function frontMatter({ book, room, scope, exportedAt }: ExportInput): string {
  return [
    '---',
    `title: ${yaml(book.title)}`,
    ...(book.author === null ? [] : [`author: ${yaml(book.author)}`]),
    `room: ${yaml(room.title)}`,
    `scope: ${scope}`,
    `exported: ${isoTime(exportedAt)}`,
    '---',
    '',
  ].join('\n');
}

function entryTree(entry: ExportEntry): RootContent[] {
  const { anchor } = entry.annotation;
  const tree: RootContent[] = [];
  if (anchor !== null) tree.push({ type: 'blockquote', children: [paragraph(linesTree(anchor.quote.exact))] });
  const facts = [
    ...(entry.ink ? [`${entry.ink.name}: ${entry.ink.meaning}`] : []),
    ...(entry.onlyMe ? ['only me'] : []),
  ];
  tree.push(
    paragraph([
      ...byline(entry),
      text(`${facts.map((fact) => ` · ${fact}`).join('')} · `),
      { type: 'link', url: entry.link, children: [text('in the room')] },
    ]),
  );
  if (anchor !== null && anchor.quote.prefix + anchor.quote.suffix !== '') {
    const before = oneLine(anchor.quote.prefix);
    const after = oneLine(anchor.quote.suffix);
    tree.push(
      paragraph([{ type: 'emphasis', children: [text('Context:')] }, text(` ${before} (…) ${after}`.trimEnd())]),
    );
  }
  tree.push(...wordsTree(entry));
  if (entry.replies.length > 0) {
    tree.push({ type: 'list', ordered: false, spread: false, children: entry.replies.map(replyTree) });
  }
  return tree;
}

const replyTree = (reply: ExportReply): ListItem => ({
  type: 'listItem',
  spread: true,
  children: [paragraph(byline(reply)), ...wordsTree(reply)],
});

function byline({ author, createdAt, editedAt }: ExportWords): PhrasingContent[] {
  const times = ` · ${isoTime(createdAt)}${editedAt === null ? '' : ` · edited ${isoTime(editedAt)}`}`;
  if (author === null) return [{ type: 'emphasis', children: [text('deleted')] }, text(times)];
  const role = author.role === 'host' || author.role === 'cohost' ? ` (${roleNames[author.role]})` : '';
  return [{ type: 'strong', children: [text(author.name)] }, text(`${role}${times}`)];
}

function wordsTree({ body, reactions }: ExportWords): BlockContent[] {
  const tree = noteTree(body);
  if (reactions.length > 0) {
    const counts = reactions.map(({ emoji, by }) => `${emoji} ${by.length} (${namesOf(by)})`);
    tree.push(paragraph([text(`Reactions: ${counts.join(', ')}`)]));
  }
  return tree;
}

const text = (value: string): PhrasingContent => ({ type: 'text', value });
const paragraph = (children: PhrasingContent[]): BlockContent => ({ type: 'paragraph', children });
