import type { DraftBlock, DraftComment, DraftMark } from '../importer.ts';
import { COMMENT_END, COMMENT_START } from './docx-blocks.ts';
import type { WordComment } from './word-comments.ts';

interface Place {
  block: string;
  offset: number;
}

/**
 * Takes the points where comments begin and end out of the text, and gives the comments with their places. A block that a
 * place is in gets a name. A comment without two places in the text is left out.
 */
export function takeComments(
  blocks: readonly DraftBlock[],
  known: ReadonlyMap<string, WordComment>,
): { blocks: DraftBlock[]; comments: DraftComment[] } {
  const starts = new Map<string, Place>();
  const ends = new Map<string, Place>();
  const cleaned = blocks.map((block, index) => {
    const points = block.marks.filter(isPoint);
    if (points.length === 0) return block;
    const name = `commented ${index}`;
    for (const { target, start } of points) {
      const isStart = target.startsWith(COMMENT_START);
      const id = target.slice((isStart ? COMMENT_START : COMMENT_END).length);
      (isStart ? starts : ends).set(id, { block: name, offset: start });
    }
    const marks = block.marks.filter((mark) => !isPoint(mark));
    return { ...block, marks, names: [...(block.names ?? []), name] };
  });
  const comments = [...known.values()].flatMap(({ id, ...said }) => {
    const start = starts.get(id);
    const end = ends.get(id);
    return start === undefined || end === undefined ? [] : [{ ...said, start, end }];
  });
  return { blocks: cleaned, comments };
}

function isPoint(mark: DraftMark): mark is Extract<DraftMark, { type: 'noteref' }> {
  return mark.type === 'noteref' && (mark.target.startsWith(COMMENT_START) || mark.target.startsWith(COMMENT_END));
}
