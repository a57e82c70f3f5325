import { Fragment, memo, type ReactNode } from 'react';
import { type NoteBlock, type NoteInline, parseNote } from '#shared/text/note-markdown.ts';

/** A note's words, from the small Markdown of notes. Never any HTML of a stranger: only these elements exist. */
export const NoteBody = memo(function NoteBody({ source }: { source: string }) {
  return <div className="note-body">{blocks(parseNote(source))}</div>;
});

const blocks = (list: readonly NoteBlock[]): ReactNode =>
  // oxlint-disable-next-line react/no-array-index-key -- parts of a note have no other identity and never change places
  list.map((block, index) => <Fragment key={index}>{blockOf(block)}</Fragment>);

function blockOf(block: NoteBlock): ReactNode {
  switch (block.type) {
    case 'paragraph':
      return <p dir="auto">{inlines(block.children)}</p>;
    case 'code':
      return (
        <pre>
          <code translate="no">{block.text}</code>
        </pre>
      );
    default:
      return <blockquote>{blocks(block.children)}</blockquote>;
  }
}

const inlines = (list: readonly NoteInline[]): ReactNode =>
  // oxlint-disable-next-line react/no-array-index-key -- as above
  list.map((inline, index) => <Fragment key={index}>{inlineOf(inline)}</Fragment>);

function inlineOf(inline: NoteInline): ReactNode {
  switch (inline.type) {
    case 'text':
      return inline.text;
    case 'break':
      return <br />;
    case 'code':
      return <code translate="no">{inline.text}</code>;
    case 'emphasis':
      return <em>{inlines(inline.children)}</em>;
    case 'strong':
      return <strong>{inlines(inline.children)}</strong>;
    default:
      return (
        <a className="link" href={inline.href} rel="noopener noreferrer nofollow" target="_blank">
          {inlines(inline.children)}
        </a>
      );
  }
}
