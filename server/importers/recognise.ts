import type { Format } from '#shared/records/book.ts';
import { readFrontMatter } from './front-matter.ts';
import type { FileFormat } from './recognise-file.ts';

/** Formats that are texts in some encoding. */
export type TextFormat = Exclude<Format, FileFormat>;

const SAMPLE_CHARS = 50_000;
/** Signs of Markdown that a text needs: more when it came as plain text, fewer when it came as Markdown. */
const MARKDOWN_SIGNS_MIN = 2;
const MARKDOWN_SIGNS_MIN_AS_TEXT = 3;

const htmlStart = /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->)[^])*-->\s*)*<(?:!doctype\s+html|html|head|body)\b/iu;
const htmlBlockTags = /<(?:p|div|br|h[1-6]|blockquote|article|section|ul|ol|hr|center|span)\b[^<>]*>/giu;
const anyTag = /<\/?[a-z][a-z0-9]*(?:\s[^<>]*)?\/?>/iu;

const atxHeading = /^ {0,3}#{1,6} +\S/gmu;
const setextHeading = /^\S.*\n(?:={3,}|-{3,})[ \t]*$/gmu;
const strongText = /(?<![*\w])\*\*(?=\S)[^*\n]+\*\*(?![*\w])/gu;
const linkText = /\[[^\]\n]{1,300}\]\((?:https?:|mailto:|#|\/)[^)\s]{0,2000}\)/giu;
const codeFence = /^ {0,3}```/gmu;
const quoteLine = /^> \S/gmu;
const listLine = /^ {0,3}[-+] \S/gmu;

/** What a text is, by what stands in it. The hint (a file's name, a form's choice) only tips a balance. */
export function recognise(text: string, hint: Format | null): TextFormat {
  const sample = text.slice(0, SAMPLE_CHARS);
  if (htmlStart.test(sample)) return 'html';
  const tags = sample.match(htmlBlockTags)?.length ?? 0;
  if (sample.trimStart().startsWith('<') && tags > 1) return 'html';
  if (hint === 'html' && (tags > 0 || anyTag.test(sample))) return 'html';
  const signs = markdownSigns(sample);
  if (hint === 'markdown') return 'markdown';
  return signs >= (hint === 'text' ? MARKDOWN_SIGNS_MIN_AS_TEXT : MARKDOWN_SIGNS_MIN) ? 'markdown' : 'text';
}

function markdownSigns(sample: string): number {
  const count = (pattern: RegExp, most: number) => Math.min(most, sample.match(pattern)?.length ?? 0);
  const hasFront = readFrontMatter(sample).body !== sample;
  return (
    (hasFront ? 3 : 0) +
    count(atxHeading, 3) * 2 +
    count(setextHeading, 2) +
    count(linkText, 3) +
    count(codeFence, 2) +
    count(strongText, 1) +
    count(quoteLine, 1) +
    count(listLine, 1)
  );
}
