import type { PadBlock, PadSpan } from '#shared/records/pad-block.ts';
import { safeHref } from '#shared/text/link.ts';
import type { ExportInput } from './exporter.ts';
import { escapeHtml } from './html-note.ts';
import { oneLine, plainLines } from './one-line.ts';
import { quotationAddress } from './pad.ts';

/** The pad as HTML, its headings below those of the page. */
export const padHtml = (input: ExportInput, blocks: readonly PadBlock[]): string =>
  blocks.map((block) => blockHtml(input, block)).join('\n');

function blockHtml(input: ExportInput, block: PadBlock): string {
  const inside = (blocks: readonly PadBlock[]) => padHtml(input, blocks);
  switch (block.type) {
    case 'paragraph':
      return `<p dir="auto">${spansHtml(block.spans)}</p>`;
    case 'heading': {
      const tag = `h${block.level + 2}`;
      return block.spans.length === 0 ? '' : `<${tag} dir="auto">${spansHtml(block.spans)}</${tag}>`;
    }
    case 'bullets':
      return `<ul>${block.items.map((item) => `<li>${inside(item)}</li>`).join('')}</ul>`;
    case 'numbers':
      return `<ol start="${block.start}">${block.items.map((item) => `<li>${inside(item)}</li>`).join('')}</ol>`;
    case 'tasks':
      return `<ul class="tasks">${block.items
        .map(({ done, blocks }) => `<li>${box(done)}${inside(blocks)}</li>`)
        .join('')}</ul>`;
    case 'quote':
      return `<blockquote>${inside(block.blocks)}</blockquote>`;
    case 'quotation': {
      const href = quotationAddress(input, block.chapter, block.at);
      const source = escapeHtml(oneLine(block.source));
      const from = href === null ? source : `<a href="${escapeHtml(href)}">${source}</a>`;
      return `<figure><blockquote>${inside(block.blocks)}</blockquote><figcaption>${from}</figcaption></figure>`;
    }
    default:
      return '<hr>';
  }
}

const box = (done: boolean): string =>
  `<span class="box" role="img" aria-label="${done ? 'done' : 'to do'}">${done ? '☑' : '☐'}</span>`;

const tags = { bold: 'strong', italic: 'em', underline: 'u', strike: 's', code: 'code' } as const;

function spansHtml(spans: readonly PadSpan[]): string {
  return spans
    .map(({ text, marks, href }) => {
      if (text === '\n') return '<br>';
      let html = escapeHtml(plainLines(text));
      for (const mark of marks) html = `<${tags[mark]}>${html}</${tags[mark]}>`;
      const address = href === null ? null : safeHref(href);
      return address === null ? html : `<a href="${escapeHtml(address)}" rel="nofollow noreferrer">${html}</a>`;
    })
    .join('');
}
