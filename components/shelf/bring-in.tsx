'use client';

import { BookUp } from 'lucide-react';
import { useRef, useState } from 'react';
import { classNames } from '#components/ui/class-names.ts';
import { Icon } from '#components/ui/icon.tsx';
import { ImportList } from './import-list.tsx';
import { PasteDialog } from './paste-dialog.tsx';
import type { Imports } from './use-imports.ts';

/** What the file dialog offers; the server goes by the content, not by the name. */
const ACCEPTED =
  '.txt,.text,.md,.markdown,.html,.htm,.xhtml,.epub,.docx,.fb2,.zip,.pdf,text/plain,text/markdown,text/html,application/epub+zip,application/pdf';

/** A place to drop a file on, with a file dialog and a box for text as other ways in. */
export function BringIn({ imports, heading = true }: { imports: Imports; heading?: boolean }) {
  const { bring } = imports;
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const bringFiles = (files: FileList | null) => {
    for (const file of files ?? []) bring({ file });
  };
  return (
    <>
      {heading ? <h2 className="sc quiet">Bring something in</h2> : null}
      <div
        className={classNames('drop', over && 'over')}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          bringFiles(event.dataTransfer.files);
        }}
      >
        <p>
          <Icon of={BookUp} /> Drop a text here,{' '}
          <button type="button" className="link" onClick={() => input.current?.click()}>
            choose a file
          </button>
          ,{' '}
          <PasteDialog
            onBring={bring}
            trigger={
              <button type="button" className="link">
                paste text
              </button>
            }
          />
        </p>
        <p className="caption">
          An e-book (EPUB, FB2), a Word document, a PDF, plain text, Markdown or HTML. It stays on this server.
        </p>
        <input
          ref={input}
          type="file"
          className="vh"
          tabIndex={-1}
          aria-label="Choose a file to bring in"
          accept={ACCEPTED}
          multiple
          onChange={(event) => {
            bringFiles(event.target.files);
            event.target.value = '';
          }}
        />
      </div>
      <ImportList imports={imports} />
    </>
  );
}
