'use client';

import { Download } from 'lucide-react';
import { useState } from 'react';
import { Icon } from '#components/ui/icon.tsx';
import { Tick } from '#components/ui/tick.tsx';
import { exportFormats, type ExportFormat, type ExportScope } from '#shared/protocol/http.ts';
import { colourMeanings, colours } from '#shared/records/colours.ts';
import type { Book } from '#shared/records/book.ts';
import type { RoomId } from '#shared/records/ids.ts';
import { usePreview } from './use-preview.ts';

const formatWords: Record<ExportFormat, { name: string; for: string }> = {
  markdown: { name: 'Markdown', for: 'for Obsidian, Logseq, a text editor' },
  html: { name: 'A page to print', for: 'one HTML file, styled' },
  csv: { name: 'Spreadsheet', for: 'CSV, one note a row' },
  jsonld: { name: 'Web Annotations', for: 'W3C JSON-LD, for other readers' },
};

/** What leaves the room: in which form, whose, of which chapter; with its first lines, exactly as they will be. */
export function TakeHome({ room, book }: { room: RoomId; book: Book }) {
  const [format, setFormat] = useState<ExportFormat>('markdown');
  const [scope, setScope] = useState<ExportScope>('all');
  const [chapter, setChapter] = useState('');
  const [withPad, setWithPad] = useState(true);
  const part = chapter ? { chapter } : { book: book.id };
  const query = new URLSearchParams({ format, scope, ...part, pad: withPad ? 'yes' : 'no' });
  const address = `/api/rooms/${room}/export?${query}`;
  const preview = usePreview(address);
  return (
    <aside className="export slip" aria-label="Take it home">
      <h2 className="text-h3">Take it home</h2>
      <p className="caption">Threads, names, times and reactions are in it; of notes in pencil, only your own.</p>
      <ul className="formats">
        {exportFormats.map((one) => (
          <li key={one}>
            <Tick type="radio" name="format" checked={format === one} onChange={() => setFormat(one)}>
              <b>{formatWords[one].name}</b>
              <span className="caption">{formatWords[one].for}</span>
            </Tick>
          </li>
        ))}
      </ul>
      <div className="opts">
        <label className="field">
          <span className="label">Whose</span>
          <select className="input ui" value={scope} onChange={(event) => setScope(event.target.value as ExportScope)}>
            <option value="all">Everyone’s</option>
            <option value="mine">Only mine</option>
            {colours.map((colour) => (
              <option key={colour} value={colour}>
                In one ink: {colourMeanings[colour]}
              </option>
            ))}
          </select>
        </label>
        {book.chapters.length > 1 ? (
          <label className="field">
            <span className="label">Of</span>
            <select className="input ui" value={chapter} onChange={(event) => setChapter(event.target.value)}>
              <option value="">the whole book</option>
              {book.chapters.map((one) => (
                <option key={one.id} value={one.id}>
                  {one.index + 1}. {one.title}
                </option>
              ))}
            </select>
          </label>
        ) : null}
        <Tick checked={withPad} onChange={(event) => setWithPad(event.target.checked)}>
          With the pad
        </Tick>
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keyboard */}
      <pre className="preview" role="region" aria-label="Preview" tabIndex={0}>
        {preview}
      </pre>
      <a className="btn primary" href={address} download>
        <Icon of={Download} /> Download
      </a>
    </aside>
  );
}
