'use client';

import { useState } from 'react';
import type { ImportId } from '#shared/records/ids.ts';
import type { ImportPreview } from '#shared/records/import.ts';
import {
  canJoin,
  join,
  leaveOut,
  type PlanDraft,
  rangeOf,
  rename,
  type Section,
  split,
  standAlone,
} from './plan-edits.ts';
import { PreviewChapter } from './preview-chapter.tsx';
import { SplitPlaces } from './split-places.tsx';

interface PreviewChaptersProps {
  id: ImportId;
  preview: ImportPreview;
  draft: PlanDraft;
  onChange: (sections: readonly Section[]) => void;
}

/** The contents as they would be: chapters are renamed, joined, split and left out in their place. */
export function PreviewChapters({ id, preview, draft, onChange }: PreviewChaptersProps) {
  const { sections } = draft;
  const [splitting, setSplitting] = useState<number | null>(null);
  const kept = sections.filter(({ as }) => as === 'chapter');
  const words = sections.reduce((sum, section) => sum + (section.as === 'left-out' ? 0 : section.words), 0);
  const edit = (to: readonly Section[]) => {
    setSplitting(null);
    onChange(to);
  };
  return (
    <section aria-label="Chapters">
      <h3 className="sc quiet">
        {kept.length === 1 ? 'One chapter' : `${kept.length} chapters`}, {words.toLocaleString('en')} words
      </h3>
      <ol className="sections">
        {sections.map((section, at) => {
          const isNamedAfterBook = kept.length === 1 && section.title === null && section.name === preview.title;
          return (
            <PreviewChapter
              key={`${section.chapter} ${section.block}`}
              section={section}
              number={kept.indexOf(section) + 1}
              isNamedAfterBook={section.as === 'chapter' && isNamedAfterBook}
              canJoin={canJoin(sections, at)}
              isSplitting={splitting === at}
              onRename={(title) => onChange(rename(sections, at, title))}
              onJoin={() => edit(join(sections, at))}
              onStandAlone={() => edit(standAlone(sections, at))}
              onLeaveOut={() => edit(leaveOut(sections, at))}
              onSplit={() => setSplitting(splitting === at ? null : at)}
            >
              {splitting === at ? (
                <SplitPlaces
                  id={id}
                  chapter={section.chapter}
                  range={rangeOf(sections, at)}
                  onChoose={(place, start) =>
                    edit(split(sections, at, place, preview.chapters[section.chapter]?.words ?? 0, start))
                  }
                  onCancel={() => setSplitting(null)}
                />
              ) : null}
            </PreviewChapter>
          );
        })}
      </ol>
    </section>
  );
}
