import { useEffect, useLayoutEffect, useMemo } from 'react';
import { useMargin } from '#components/room/margin-provider.tsx';
import { useRoomState } from '#components/room/room-provider.tsx';
import { drawMarks } from './draw-marks.ts';
import { useLook } from './look-store.ts';
import { PageMarks } from './page-marks.ts';
import type { Reading } from './reading-context.tsx';

/** The marks on the text of the page, kept in step with the margin and drawn as this reader wants to see them. */
export function usePageMarks({ chapter, text, chosen }: Reading): PageMarks {
  const { annotations, synced, unsaved } = useMargin();
  const { you } = useRoomState();
  const { marks: whose } = useLook();
  // Another text begins without marks: offsets count in one text only.
  const marks = useMemo(() => new PageMarks(chapter.blocks), [chapter.blocks]);

  useEffect(() => {
    const root = text();
    return root === null ? undefined : drawMarks(root, marks);
  }, [text, marks]);
  useLayoutEffect(() => {
    marks.update({ annotations, me: you, marks: whose, synced, isWet: (id) => unsaved.has(id) });
  }, [marks, annotations, you, whose, synced, unsaved]);
  useLayoutEffect(() => marks.choose(chosen), [marks, chosen]);
  return marks;
}
