import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import type { Nodes, Root } from 'mdast';
import { gfm } from 'micromark-extension-gfm';
import papaparse from 'papaparse';
import { parse } from 'parse5';
import type { DefaultTreeAdapterTypes as Html } from 'parse5';
import type { ExportFormat } from '#shared/protocol/http.ts';

/** A Markdown export as a reader understands it, without its front matter. */
export const markdownTree = (text: string): Root =>
  fromMarkdown(text.replace(/^---\n[\s\S]*?\n---\n/u, ''), {
    extensions: [gfm()],
    mdastExtensions: [gfmFromMarkdown()],
  });

export function markdownNodes(node: Nodes): Nodes[] {
  return [node, ...('children' in node ? node.children.flatMap(markdownNodes) : [])];
}

export function htmlNodes(node: Html.Node): Html.Node[] {
  return [node, ...('childNodes' in node ? node.childNodes.flatMap(htmlNodes) : [])];
}

export const htmlElements = (text: string): Html.Element[] =>
  htmlNodes(parse(text)).filter((node): node is Html.Element => 'tagName' in node);

const strings = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(strings) : [];
};

/** The words of an export, as whoever opens the file would read them. */
export const plainTextOf: Record<ExportFormat, (text: string) => string> = {
  markdown: (text) =>
    markdownNodes(markdownTree(text))
      .map((node) => ('value' in node ? node.value : ' '))
      .join(''),
  html: (text) =>
    htmlNodes(parse(text))
      .map((node) => ('value' in node ? node.value : ''))
      .join(''),
  csv: (text) =>
    papaparse
      .parse<string[]>(text, { delimiter: ',' })
      .data.flat()
      .map((value) => value.replace(/^'/u, ''))
      .join('\n'),
  jsonld: (text) => strings(JSON.parse(text)).join('\n'),
};
