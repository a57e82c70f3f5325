'use client';

import { copyText } from '#components/ui/copy-text.ts';
import { useToast } from '#components/ui/toast.tsx';

/** Words of one's own that have no place any more: why, and how to let go of them. */
export interface Kept {
  key: string;
  words: string;
  why: string;
  discard: () => void;
}

/** Every one of them with its sentence; nobody's words are thrown away for them. */
export function KeptList({ kept }: { kept: readonly Kept[] }) {
  const say = useToast();
  const copy = async (words: string) => {
    const copied = await copyText(words);
    say(copied ? { says: 'Copied.' } : { says: 'This browser would not copy. Select the words instead.', calls: true });
  };
  return (
    <ul className="kept-list">
      {kept.map(({ key, words, why, discard }) => (
        <li key={key}>
          <p className="kept-words" dir="auto">
            {words}
          </p>
          <p className="caption">{why}</p>
          <footer>
            <button type="button" className="link" onClick={() => void copy(words)}>
              Copy
            </button>
            <button type="button" className="link" onClick={discard}>
              Discard
            </button>
          </footer>
        </li>
      ))}
    </ul>
  );
}
