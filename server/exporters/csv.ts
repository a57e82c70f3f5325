import { exportSections, isoTime, namesOf, roleNames } from './entries.ts';
import type { ExportEntry, ExportReaction, ExportSection, ExportWords } from './entries.ts';
import type { PadBlock } from '#shared/records/pad-block.ts';
import type { Exporter, ExportInput } from './exporter.ts';
import { padLines } from './pad.ts';

const BYTE_ORDER_MARK = '\ufeff';

const columns = [
  'type',
  'chapter',
  'quote',
  'context before',
  'context after',
  'note',
  'author',
  'role',
  'ink',
  'meaning',
  'created',
  'edited',
  'reactions',
  'reply to',
  'id',
  'link',
  'visibility',
] as const;
type Row = Record<(typeof columns)[number], string>;

/**
 * RFC 4180 with CRLF and a header row, one row a note or reply; UTF-8 with a byte order mark, without which Excel takes
 * it for the machine's code page. Every cell is quoted and every formula defused.
 */
export const csvExporter: Exporter = {
  format: 'csv',
  mediaType: 'text/csv; charset=utf-8; header=present',
  extension: 'csv',
  write(input: ExportInput): string {
    const rows = exportSections(input).flatMap((section) =>
      [...section.passages, ...section.talk].flatMap((entry) => entryRows(section, entry)),
    );
    if (input.pad !== null) rows.push(...padRows(input, input.pad));
    const lines = [columns.map(cell), ...rows.map((row) => columns.map((column) => cell(row[column])))];
    return BYTE_ORDER_MARK + lines.map((line) => `${line.join(',')}\r\n`).join('');
  },
};

// Spreadsheets run a cell that begins with one of these (OWASP, "CSV Injection"), full-width and small forms included,
// and some skip quotes, spaces and invisible characters before it.
const formula = /^[\s"'`’‘“”\p{Cf}\p{Cc}]*[=+\-@＝＋－＠﹦﹢﹣﹫]|^[\t\r\n]/u;

/** One quoted cell. A leading apostrophe makes a spreadsheet take what would be a formula for text. */
export function cell(raw: string): string {
  const text = raw.toWellFormed().replaceAll('\0', '');
  return `"${(formula.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}

function entryRows({ chapter }: ExportSection, entry: ExportEntry): Row[] {
  const { annotation } = entry;
  const shared = {
    chapter: chapter.title,
    quote: annotation.anchor?.quote.exact ?? '',
    'context before': annotation.anchor?.quote.prefix ?? '',
    'context after': annotation.anchor?.quote.suffix ?? '',
    ink: entry.ink?.name ?? '',
    meaning: entry.ink?.meaning ?? '',
    link: entry.link,
    visibility: entry.onlyMe ? 'only me' : 'room',
  };
  const parent = { ...shared, ...wordCells(entry), type: entryType(entry), 'reply to': '', id: annotation.id };
  const replies = entry.replies.map((words) => ({
    ...shared,
    ...wordCells(words),
    type: 'reply',
    'reply to': annotation.id,
    id: words.reply.id,
  }));
  return [parent, ...replies];
}

const nothing: Row = Object.fromEntries(columns.map((column) => [column, ''])) as Row;

/** A row for each line of the pad, so that a spreadsheet can search it; a quotation has its words where quotes stand. */
const padRows = (input: ExportInput, blocks: readonly PadBlock[]): Row[] =>
  padLines(input, blocks).map(({ text, source, link }) => ({
    ...nothing,
    type: 'pad',
    quote: source === null ? '' : text,
    note: source === null ? text : source,
    link,
    visibility: 'room',
  }));

function entryType(entry: ExportEntry): string {
  if (entry.deleted) return 'deleted';
  if (entry.annotation.anchor === null) return 'talk';
  return entry.body === '' ? 'highlight' : 'comment';
}

const wordCells = (words: ExportWords) => ({
  note: words.body,
  author: words.author?.name ?? '',
  role: words.author?.role ? roleNames[words.author.role] : '',
  created: isoTime(words.createdAt),
  edited: words.editedAt === null ? '' : isoTime(words.editedAt),
  reactions: words.reactions.map(reactionText).join('; '),
});

const reactionText = ({ emoji, by }: ExportReaction): string => `${emoji} ${by.length} (${namesOf(by)})`;
