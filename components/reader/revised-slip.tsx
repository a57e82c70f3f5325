'use client';

import { ArrowDown, X } from 'lucide-react';
import { useCallback, useState } from 'react';
import { useMargin } from '#components/room/margin-provider.tsx';
import { useNames, useRoom, useRoomState, useSlice } from '#components/room/room-provider.tsx';
import { Button } from '#components/ui/button.tsx';
import { Icon } from '#components/ui/icon.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import type { BlockId } from '#shared/text/block.ts';
import { sayJump } from './jumps.ts';
import { useReading } from './reading-context.tsx';
import type { TextChange } from './standing-text.ts';
import { useChangedBlocks } from './use-changed-blocks.ts';

const unchanged: readonly BlockId[] = [];

/** Says that the text was revised and how much of it, and leads from one changed place to the next. */
export function RevisedSlip({ change }: { change: TextChange }) {
  const [seen, setSeen] = useState<TextChange | null>(null);
  const { text } = useReading();
  const isNews = change !== seen;
  useChangedBlocks(text, isNews ? change.changed : unchanged);
  if (!isNews) return null;
  return <Slip change={change} onClose={() => setSeen(change)} />;
}

function Slip({ change, onClose }: { change: TextChange; onClose: () => void }) {
  const { changed } = change;
  const { lost } = useMargin();
  const next = useNextOf(changed);
  const by = useReviser();
  const places = changed.length === 1 ? '1 place' : `${changed.length} places`;
  return (
    <div className="revised slip" role="status">
      <span>
        <b>
          {by === null ? (
            'The text was revised.'
          ) : (
            <>
              <bdi>{by}</bdi> revised the text.
            </>
          )}
        </b>{' '}
        {changed.length === 0 ? 'Nothing in it is new, some of it is gone.' : `${places} changed.`}
        {lost.size === 0 ? null : (
          <>
            {' '}
            <a className="link" href="#lost-notes">
              {lost.size === 1 ? '1 note lost its words' : `${lost.size} notes lost their words`}
            </a>
          </>
        )}
      </span>
      {changed.length === 0 ? null : (
        <Button size="small" onClick={next}>
          <Icon of={ArrowDown} /> Show
        </Button>
      )}
      <IconButton icon={X} label="Seen" small onClick={onClose} />
    </div>
  );
}

/** Goes to the first of these blocks below the reading line, and round. */
function useNextOf(blocks: readonly BlockId[]): () => void {
  const { goTo, place, chapter } = useReading();
  const here = useSlice(place)?.sentence.start.block ?? null;
  const [shown, setShown] = useState<BlockId | null>(null);
  return useCallback(() => {
    const order = (id: BlockId | null) => chapter.blocks.findIndex((block) => block.id === id);
    const from = order(shown ?? here);
    const next = blocks.find((id) => order(id) > from || (shown === null && order(id) === from)) ?? blocks[0];
    const block = chapter.blocks.find(({ id }) => id === next);
    if (block === undefined) return;
    setShown(block.id);
    sayJump();
    goTo({ start: { block: block.id, offset: 0 }, end: { block: block.id, offset: block.text.length } });
  }, [blocks, chapter, goTo, here, shown]);
}

/** Who revised the text on the page, where this page heard of it; after a lost connection it may not have. */
function useReviser(): string | null {
  const { chapter } = useReading();
  const { you } = useRoomState();
  const revised = useSlice(useRoom().revised);
  const names = useNames();
  if (revised === null || revised.hash !== chapter.hash || revised.chapter !== chapter.id) return null;
  return revised.by === you ? 'You' : (names.get(revised.by) ?? null);
}
