'use client';

import { useState } from 'react';
import { z } from 'zod';
import type { ImportId } from '#shared/records/ids.ts';
import { type ImportPreview, planSectionSchema } from '#shared/records/import.ts';
import { draftOf, type PlanDraft } from './plan-edits.ts';

const draftSchema = z.object({
  title: z.string(),
  author: z.string(),
  language: z.string(),
  comments: z.boolean(),
  sections: z.array(
    planSectionSchema.extend({ title: z.string().nullable(), name: z.string(), begins: z.string(), words: z.number() }),
  ),
});

const keyOf = (id: ImportId): string => `lectern-plan-${id}`;

/** What is changed about a preview, kept in this tab: a page that is loaded again has it still. */
export function usePlanDraft(id: ImportId, preview: ImportPreview) {
  const [draft, setDraft] = useState<PlanDraft>(() => kept(id) ?? draftOf(preview));
  const change = (to: Partial<PlanDraft>) => {
    const next = { ...draft, ...to };
    setDraft(next);
    try {
      sessionStorage.setItem(keyOf(id), JSON.stringify(next));
    } catch {
      // Without storage the changes last as long as the page.
    }
  };
  return { draft, change };
}

function kept(id: ImportId): PlanDraft | null {
  try {
    return draftSchema.parse(JSON.parse(sessionStorage.getItem(keyOf(id)) ?? 'null'));
  } catch {
    // Nothing was changed yet, or storage is closed to the page.
    return null;
  }
}
