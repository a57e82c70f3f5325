import { useEffect } from 'react';
import type { Passage } from '#shared/anchoring/anchor.ts';
import { passageText } from '#shared/anchoring/quote.ts';
import type { Reading } from './reading-context.tsx';
import { passageHash } from './passage-link.ts';
import { selectedPassage } from './use-selected.ts';

/**
 * Words of the text that are copied or dragged away say where they come from, in the HTML beside the plain words: the
 * pad makes a quotation of them, and other programs a quotation without a link.
 */
export function useCarriedWords({ book, chapter, text }: Pick<Reading, 'book' | 'chapter' | 'text'>): void {
  useEffect(() => {
    const source = [book.author, book.title, book.title === chapter.title ? null : chapter.title]
      .filter((part) => part !== null)
      .join(', ');
    const carry = (data: DataTransfer | null): boolean => {
      const passage = selectedPassage(text(), chapter.blocks);
      if (passage === null || data === null) return false;
      const words = passageText(chapter.blocks, passage);
      data.setData('text/plain', words);
      data.setData('text/html', figureOf(words, source, chapter.id, passage));
      return true;
    };
    const onCopy = (event: ClipboardEvent) => {
      if (carry(event.clipboardData)) event.preventDefault();
    };
    const onDragStart = (event: DragEvent) => {
      carry(event.dataTransfer);
    };
    document.addEventListener('copy', onCopy);
    document.addEventListener('dragstart', onDragStart);
    return () => {
      document.removeEventListener('copy', onCopy);
      document.removeEventListener('dragstart', onDragStart);
    };
  }, [book, chapter, text]);
}

/** As the pad's quotation node reads it; the address without its `#at=`. */
function figureOf(words: string, source: string, chapter: string, passage: Passage): string {
  const figure = document.createElement('figure');
  figure.dataset.source = source;
  figure.dataset.chapter = chapter;
  figure.dataset.at = passageHash(passage).replace('#at=', '');
  const quote = document.createElement('blockquote');
  for (const line of words.split('\n')) {
    if (line.trim() === '') continue;
    const paragraph = document.createElement('p');
    paragraph.textContent = line;
    quote.append(paragraph);
  }
  figure.append(quote);
  return figure.outerHTML;
}
