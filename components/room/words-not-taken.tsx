'use client';

import { CircleAlert } from 'lucide-react';
import { Dialog } from '#components/ui/dialog.tsx';
import { Icon } from '#components/ui/icon.tsx';
import type { Command } from '#shared/protocol/command.ts';
import { type Kept, KeptList } from './kept-list.tsx';
import { useRoom, useSlice } from './room-provider.tsx';
import { wordsOf } from './words-of.ts';

/** Refused commands with words in them that stand nowhere on this page, oldest first. */
export function useWordsNotTaken(hasPlace: (command: Command) => boolean): Kept[] {
  const { outbox } = useRoom();
  return useSlice(outbox.entries).flatMap((entry) => {
    const words = wordsOf(entry.command);
    if (entry.state !== 'refused' || words === '' || hasPlace(entry.command)) return [];
    const { id } = entry.command;
    return [{ key: id, words, why: entry.refusal.message, discard: () => outbox.dismiss(id) }];
  });
}

/** Says that something was not taken while one was away, and shows the words on request. */
export function WordsNotTaken({ kept }: { kept: readonly Kept[] }) {
  const many = kept.length > 1;
  return (
    <div className="strip calls" role="status">
      <Icon of={CircleAlert} />
      <span>
        {many ? `${kept.length} things that you wrote were` : 'Something that you wrote was'} not taken. The words are
        kept on this device.
      </span>
      <Dialog
        title="Not taken"
        trigger={
          <button type="button" className="link">
            {many ? 'See them' : 'See it'}
          </button>
        }
      >
        <KeptList kept={kept} />
      </Dialog>
    </div>
  );
}
