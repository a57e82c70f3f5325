'use client';

import { EmptyState } from '#components/ui/empty-state.tsx';
import { BringIn } from './bring-in.tsx';
import type { Imports } from './use-imports.ts';

/** A room before its first book; `imports` for who may bring one. */
export function EmptyShelf({ imports }: { imports: Imports | null }) {
  return (
    <div className="empty-shelf">
      <EmptyState level={2} title="Nothing on the shelf yet">
        {imports
          ? 'Bring a chapter or a whole book, then send the link: everybody reads it here.'
          : 'The host has brought nothing in yet. It appears here by itself when they do.'}
      </EmptyState>
      {imports ? <BringIn imports={imports} heading={false} /> : null}
    </div>
  );
}
