import type { ReactNode } from 'react';
import { chapterPath } from '#components/session/chapter-path.ts';
import type { RoomId } from '#shared/records/ids.ts';
import { chapterIdSchema } from '#shared/records/id-schemas.ts';
import type { PadBlock, PadSpan } from '#shared/records/pad-block.ts';

/** Where a passage that a quotation names is read in this room. */
export function passageHref(room: RoomId, chapter: string | null, at: string | null): string | null {
  const id = chapterIdSchema.safeParse(chapter);
  return id.success ? `${chapterPath(room, id.data)}${at === null ? '' : `#at=${at}`}` : null;
}

/** A pad, or a version of one, to be read: before the editor is there, and where there is none. */
export function PadBlocks({ room, blocks }: { room: RoomId; blocks: readonly PadBlock[] }) {
  // oxlint-disable-next-line react/no-array-index-key -- blocks have no ids, and this list is never reordered
  return blocks.map((block, index) => <Block key={index} room={room} block={block} />);
}

function Block({ room, block }: { room: RoomId; block: PadBlock }): ReactNode {
  const inside = (blocks: readonly PadBlock[]) => <PadBlocks room={room} blocks={blocks} />;
  switch (block.type) {
    case 'paragraph':
      return <p>{spansOf(block.spans)}</p>;
    case 'heading': {
      const Heading = `h${block.level}` as const;
      return <Heading>{spansOf(block.spans)}</Heading>;
    }
    case 'bullets':
      return <ul>{listed(block.items, inside)}</ul>;
    case 'numbers':
      return <ol start={block.start}>{listed(block.items, inside)}</ol>;
    case 'tasks':
      return (
        <ul data-type="taskList">
          {block.items.map(({ done, blocks }, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- as above
            <li key={index} data-checked={done}>
              <input type="checkbox" checked={done} disabled aria-label={done ? 'done' : 'to do'} />
              <div>{inside(blocks)}</div>
            </li>
          ))}
        </ul>
      );
    case 'quote':
      return <blockquote>{inside(block.blocks)}</blockquote>;
    case 'quotation': {
      const href = passageHref(room, block.chapter, block.at);
      return (
        <figure className="pad-quotation">
          <blockquote>{inside(block.blocks)}</blockquote>
          <figcaption>{href === null ? block.source : <a href={href}>{block.source}</a>}</figcaption>
        </figure>
      );
    }
    default:
      return <hr />;
  }
}

const listed = (items: readonly PadBlock[][], inside: (blocks: readonly PadBlock[]) => ReactNode): ReactNode =>
  // oxlint-disable-next-line react/no-array-index-key -- as above
  items.map((item, index) => <li key={index}>{inside(item)}</li>);

const wraps = { bold: 'strong', italic: 'em', underline: 'u', strike: 's', code: 'code' } as const;

function spansOf(spans: readonly PadSpan[]): ReactNode {
  return spans.map(({ text, marks, href }, index) => {
    if (text === '\n') {
      // oxlint-disable-next-line react/no-array-index-key -- as above
      return <br key={index} />;
    }
    let shown: ReactNode = text;
    for (const mark of marks) {
      const Wrap = wraps[mark];
      shown = <Wrap>{shown}</Wrap>;
    }
    return href === null ? (
      // oxlint-disable-next-line react/no-array-index-key -- as above
      <span key={index}>{shown}</span>
    ) : (
      // oxlint-disable-next-line react/no-array-index-key -- as above
      <a key={index} href={href} rel="noopener noreferrer nofollow">
        {shown}
      </a>
    );
  });
}
