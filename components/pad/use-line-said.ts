import type { Editor } from '@tiptap/react';
import { useEffect } from 'react';
import type * as Y from 'yjs';
import { lineOfFragment } from './pad-path.ts';

const HIGHLIGHT = 'found';
/** Brings the line that the page's address names into sight once, as soon as the pad says it, and marks it. */
export function useLineSaid(doc: Y.Doc, editor: Editor | null): void {
  useEffect(() => {
    const line = lineOfFragment(location.hash);
    if (line === null || editor === null) return undefined;
    let frame = 0;
    const look = () => {
      cancelAnimationFrame(frame);
      // The editor draws what has come before the next frame.
      frame = requestAnimationFrame(() => {
        if (show(editor.view.dom, line)) doc.off('update', look);
      });
    };
    doc.on('update', look);
    look();
    return () => {
      cancelAnimationFrame(frame);
      doc.off('update', look);
      if ('highlights' in CSS) CSS.highlights.delete(HIGHLIGHT);
    };
  }, [doc, editor]);
}

function show(text: HTMLElement, line: string): boolean {
  const elements = text.querySelectorAll<HTMLElement>('p, h1, h2, h3, figcaption');
  const element = [...elements].find(({ textContent }) => textContent.includes(line));
  if (element === undefined) return false;
  element.scrollIntoView({ block: 'center' });
  if ('highlights' in CSS) {
    const range = new Range();
    range.selectNodeContents(element);
    CSS.highlights.set(HIGHLIGHT, new Highlight(range));
  }
  return true;
}
