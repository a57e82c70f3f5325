'use client';

import { type RefObject, useEffect } from 'react';

const HIGHLIGHT = 'found';

/** Marks every place where the words stand inside an element, without touching the document: hits pass, text stays. */
export function useFoundWords(root: RefObject<HTMLElement | null>, words: string, shown: unknown): void {
  useEffect(() => {
    if (!('highlights' in CSS) || root.current === null || words.trim() === '') return undefined;
    const ranges = rangesOf(root.current, words.trim().toLocaleLowerCase());
    CSS.highlights.set(HIGHLIGHT, new Highlight(...ranges));
    return () => {
      CSS.highlights.delete(HIGHLIGHT);
    };
  }, [root, words, shown]);
}

function rangesOf(root: HTMLElement, words: string): Range[] {
  const ranges: Range[] = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const text = (node.nodeValue ?? '').toLocaleLowerCase();
    for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + words.length)) {
      if (at + words.length > (node.nodeValue?.length ?? 0)) break;
      const range = new Range();
      range.setStart(node, at);
      range.setEnd(node, at + words.length);
      ranges.push(range);
    }
  }
  return ranges;
}
