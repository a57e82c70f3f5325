'use client';

import { useRef } from 'react';
import { Dialog } from '#components/ui/dialog.tsx';
import type { ImportPreview } from '#shared/records/import.ts';
import { PreviewForm } from './preview-form.tsx';
import type { Arrival, Imports } from './use-imports.ts';

/** What was read, before it stands on the shelf: to be looked over, mended, and put there or let go. */
export function PreviewDialog({ imports }: { imports: Imports }) {
  const { looked, look } = imports;
  const shelveButton = useRef<HTMLButtonElement>(null);
  const preview = looked?.import?.preview;
  return (
    <Dialog
      title="Look it over"
      wide
      initialFocus={shelveButton}
      open={Boolean(preview)}
      onOpenChange={(open) => open || look(null)}
    >
      {looked && preview ? (
        <Looked key={looked.key} arrival={looked} preview={preview} imports={imports} shelveButton={shelveButton} />
      ) : null}
    </Dialog>
  );
}

interface LookedProps {
  arrival: Arrival;
  preview: ImportPreview;
  imports: Imports;
  shelveButton: React.RefObject<HTMLButtonElement | null>;
}

function Looked({ arrival, preview, imports, shelveButton }: LookedProps) {
  const id = arrival.import?.id;
  if (id === undefined) return null;
  return (
    <PreviewForm
      id={id}
      preview={preview}
      shelveButton={shelveButton}
      onShelve={(plan) => imports.shelve(arrival.key, plan)}
      onDiscard={() => imports.letGo(arrival.key)}
    />
  );
}
