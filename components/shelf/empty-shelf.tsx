'use client';

import { EmptyState } from '#components/ui/empty-state.tsx';
import { BringIn } from './bring-in.tsx';

/** A room before its first book. */
export function EmptyShelf({ mayBring }: { mayBring: boolean }) {
  return (
    <div className="empty-shelf">
      <EmptyState level={2} title="Nothing on the shelf yet">
        {mayBring
          ? 'Bring a chapter or a whole book, then send the link: everybody reads it here.'
          : 'The host has brought nothing in yet. It appears here by itself when they do.'}
      </EmptyState>
      {mayBring ? <BringIn heading={false} /> : null}
    </div>
  );
}
