import type { ReactNode } from 'react';
import type { Block, NoteId } from '#shared/text/block.ts';

/** A foot- or endnote: its blocks, and how and where the text refers to it. */
export interface FootNote {
  note: NoteId;
  label: string;
  /** The block that refers to it first. */
  from: Block['id'] | null;
  blocks: Block[];
}

/** The notes of a chapter, in the order in which its text refers to them. */
export function footNotesOf(blocks: readonly Block[]): FootNote[] {
  const notes = new Map<NoteId, FootNote>();
  for (const block of blocks) {
    if (block.note === undefined) continue;
    const known = notes.get(block.note);
    if (known === undefined) notes.set(block.note, { note: block.note, label: '', from: null, blocks: [block] });
    else known.blocks.push(block);
  }
  if (notes.size === 0) return [];
  for (const { id, marks } of blocks) {
    for (const mark of marks) {
      const note = mark.type === 'noteref' ? notes.get(mark.note) : undefined;
      if (note === undefined || note.from !== null || mark.type !== 'noteref') continue;
      note.from = id;
      note.label = mark.label;
    }
  }
  return [...notes.values()];
}

/** The chapter's own notes under its text, each with its way back. */
export function NotesList({ notes, view }: { notes: readonly FootNote[]; view: (block: Block) => ReactNode }) {
  return (
    <section className="book-notes" role="doc-endnotes" aria-label="Notes of the book">
      {notes.map(({ note, label, from, blocks }) => (
        <div key={note} className="book-note" id={`foot-${note}`} tabIndex={-1}>
          {from === null ? null : (
            <a
              className="book-note-label num"
              href={`#${from}`}
              role="doc-backlink"
              data-back={note}
              data-label={label}
              aria-label={`Note ${label}: back to the text`}
            />
          )}
          <div>{blocks.map(view)}</div>
        </div>
      ))}
    </section>
  );
}
