import { createHash } from 'node:crypto';
import { colourMeanings, colours } from '#shared/records/colours.ts';
import type { PadBlock } from '#shared/records/pad-block.ts';
import { exportSections, isoTime, namesOf, roleNames, scopeNames } from './entries.ts';
import type { ExportEntry, ExportReply, ExportSection, ExportWords } from './entries.ts';
import type { Exporter, ExportInput } from './exporter.ts';
import { escapeHtml, noteHtml } from './html-note.ts';
import { padHtml } from './html-pad.ts';
import { exportStyle } from './html-style.ts';
import { oneLine, plainLines } from './one-line.ts';
import { padTitle } from './pad.ts';

const styleHash = createHash('sha256').update(exportStyle).digest('base64');
/** The file needs its own stylesheet and nothing else, and so nothing else is allowed. */
const policy = `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'`;

/** One file without script, for a screen and for paper: a title page, then each chapter's notes under their passages. */
export const htmlExporter: Exporter = {
  format: 'html',
  mediaType: 'text/html; charset=utf-8',
  extension: 'html',
  write(input: ExportInput): string {
    const sections = exportSections(input);
    return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeHtml(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${line(`${input.book.title}: notes of ${input.room.title}`)}</title>
<style>${exportStyle}</style>
</head>
<body>
${titlePage(input, sections)}
<main>
${sections.map((section) => sectionHtml(section)).join('\n')}
${input.pad === null ? '' : padSection(input, input.pad)}
</main>
<footer>
<p>Taken home from Lectern ${timeHtml(input.exportedAt)}. <a href="${escapeHtml(`${input.origin}/rooms/${input.room.id}`)}">The room</a></p>
</footer>
</body>
</html>
`;
  },
};

const line = (text: string): string => escapeHtml(oneLine(text));

/** How text of the book is announced: its language (empty where nobody can tell) and direction. */
const tongue = ({ language, direction }: { language: string; direction: string }): string =>
  `lang="${language === 'und' ? '' : escapeHtml(language)}" dir="${direction}"`;

const timeHtml = (time: number): string => `<time datetime="${isoTime(time)}">${isoTime(time)}</time>`;

function titlePage(input: ExportInput, sections: ExportSection[]): string {
  const { book, room, scope } = input;
  const legend = colours.map((ink) => `<mark class="${ink}">${ink}: ${escapeHtml(colourMeanings[ink])}</mark>`);
  const contents = sections.map(
    ({ chapter }) => `<li><a href="#chapter-${chapter.id}" ${tongue(chapter)}>${line(chapter.title)}</a></li>`,
  );
  if (input.pad !== null) contents.push(`<li><a href="#pad">${padTitle}</a></li>`);
  return `<header class="title">
<p class="caps"><bdi>${line(room.title)}</bdi></p>
<h1 ${tongue(book)}>${line(book.title)}</h1>
${book.author === null ? '' : `<p class="by"><bdi>${line(book.author)}</bdi></p>`}
<p class="lead">Notes of the room (${escapeHtml(scopeNames[scope])}). The underline tells the ink: ${legend.join(', ')}.</p>
${contents.length > 1 ? `<nav aria-label="Chapters"><ol>${contents.join('')}</ol></nav>` : ''}
</header>`;
}

function padSection(input: ExportInput, blocks: readonly PadBlock[]): string {
  return `<section aria-labelledby="pad">
<h2 id="pad">${padTitle}</h2>
${blocks.length === 0 ? '<p>Nothing is written in it.</p>' : `<div class="pad">${padHtml(input, blocks)}</div>`}
</section>`;
}

function sectionHtml({ chapter, passages, talk }: ExportSection): string {
  const heading = `chapter-${chapter.id}`;
  return `<section aria-labelledby="${heading}">
<h2 id="${heading}" ${tongue(chapter)}>${line(chapter.title)}</h2>
${passages.length + talk.length === 0 ? '<p>No notes.</p>' : ''}
${passages.length === 0 ? '' : `<ol class="notes">${passages.map((entry) => entryHtml(entry, tongue(chapter))).join('\n')}</ol>`}
${talk.length === 0 ? '' : `<h3>Talk about the chapter</h3>\n<ol class="notes">${talk.map((entry) => entryHtml(entry, '')).join('\n')}</ol>`}
</section>`;
}

function entryHtml(entry: ExportEntry, language: string): string {
  const { anchor } = entry.annotation;
  const ink = entry.onlyMe ? 'pencil' : (entry.ink?.name ?? '');
  const facts = [
    ...(entry.ink ? [`<span>${entry.ink.name}: ${escapeHtml(entry.ink.meaning)}</span>`] : []),
    ...(entry.onlyMe ? ['<span class="only-me">only me</span>'] : []),
    `<a href="${escapeHtml(entry.link)}">in the room</a>`,
  ];
  const replies = entry.replies.map((reply) => `<li>${wordsHtml(reply, [])}</li>`);
  return `<li id="note-${entry.annotation.id}"><div class="entry">
${anchor === null ? '' : `<blockquote class="passage" ${language}>${passageHtml(anchor.quote, ink)}</blockquote>`}
${wordsHtml(entry, facts)}</div>
${replies.length === 0 ? '' : `<ol class="thread">${replies.join('\n')}</ol>`}</li>`;
}

const context = (text: string): string => `<span class="context">${escapeHtml(plainLines(text))}</span>`;

function passageHtml(
  { prefix, exact, suffix }: { prefix: string; exact: string; suffix: string },
  ink: string,
): string {
  const before = prefix === '' ? '' : context(`…${prefix}`);
  const after = suffix === '' ? '' : context(`${suffix}…`);
  return `${before}<mark class="${ink}">${escapeHtml(plainLines(exact))}</mark>${after}`;
}

function wordsHtml(words: ExportWords | ExportReply, facts: string[]): string {
  const { author, body, createdAt, editedAt, reactions } = words;
  const role = author?.role === 'host' || author?.role === 'cohost' ? ` (${roleNames[author.role]})` : '';
  const byline = [
    author === null ? '<i>deleted</i>' : `<b><bdi>${escapeHtml(author.name)}</bdi></b>${role}`,
    timeHtml(createdAt),
    ...(editedAt === null ? [] : [`edited ${timeHtml(editedAt)}`]),
    ...facts,
  ];
  const counts = reactions.map(
    ({ emoji, by }) => `<li>${escapeHtml(emoji)} ${by.length} <bdi>(${escapeHtml(namesOf(by))})</bdi></li>`,
  );
  return `<p class="meta">${byline.join(' · ')}</p>
${body === '' ? '' : `<div class="note">${noteHtml(body)}</div>`}
${counts.length === 0 ? '' : `<ul class="reactions" aria-label="Reactions">${counts.join(' ')}</ul>`}`;
}
