'use client';

import { useEffect, useState } from 'react';

const LINES_SHOWN = 14;
const CHARS_SHOWN = 900;

/** The first lines of what an address would give to download; a sentence when it gives nothing. */
export function usePreview(address: string): string {
  const [preview, setPreview] = useState('');
  useEffect(() => {
    const leaving = new AbortController();
    const show = async () => {
      try {
        const response = await fetch(address, { signal: leaving.signal });
        const text = await response.text();
        setPreview(
          response.ok ? firstLines(text, response.headers.get('content-type') ?? '') : 'There is nothing to show.',
        );
      } catch {
        if (!leaving.signal.aborted) setPreview('No connection: the preview is not here, the notes are.');
      }
    };
    void show();
    return () => leaving.abort();
  }, [address]);
  return preview;
}

function firstLines(text: string, type: string): string {
  return wordsOf(text, type).split('\n').slice(0, LINES_SHOWN).join('\n').slice(0, CHARS_SHOWN);
}

/** Of a page, its words; its source would be all style sheet. */
function wordsOf(text: string, type: string): string {
  if (!type.includes('html')) return text;
  const body = new DOMParser().parseFromString(text, 'text/html').body.textContent ?? '';
  return body
    .replace(/[ \t]+/gu, ' ')
    .replace(/\s*\n\s*/gu, '\n')
    .trim();
}
