'use client';

import { type RefObject, useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Switch } from '#components/ui/switch.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import { TITLE_MAX_CHARS } from '#shared/protocol/limits.ts';
import type { Refusal } from '#shared/protocol/refusal.ts';
import type { ImportId } from '#shared/records/ids.ts';
import type { ImportPlan, ImportPreview } from '#shared/records/import.ts';
import { titleSchema } from '#shared/records/title.ts';
import { languageChoices } from './languages.ts';
import { planFrom } from './plan-edits.ts';
import { PreviewChapters } from './preview-chapters.tsx';
import { usePlanDraft } from './use-plan-draft.ts';

interface PreviewFormProps {
  id: ImportId;
  preview: ImportPreview;
  shelveButton: RefObject<HTMLButtonElement | null>;
  onShelve: (plan: ImportPlan) => Promise<Refusal | null>;
  onDiscard: () => void;
}

/** Title, author, language and chapters of what was read, to be mended. */
export function PreviewForm({ id, preview, shelveButton, onShelve, onDiscard }: PreviewFormProps) {
  const { draft, change } = usePlanDraft(id, preview);
  const [isPending, setPending] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);
  const isUntitled = !titleSchema.safeParse(draft.title).success;
  const shelve = async () => {
    if (isUntitled) return;
    setPending(true);
    const refused = await onShelve(planFrom(draft, preview));
    setPending(false);
    setWrong(refused?.message ?? null);
  };
  return (
    <form
      className="look-over"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void shelve();
      }}
    >
      <div className="whole">
        <div className="about">
          {preview.cover ? <img src={`/api/imports/${id}/cover`} alt="The cover" /> : null}
          <div className="fields">
            <TextField
              label="Title"
              value={draft.title}
              bad={isUntitled}
              say={isUntitled ? 'A title has 1 to 240 characters.' : undefined}
              onChange={(event) => change({ title: event.target.value })}
            />
            <TextField
              label="Author, if known"
              maxLength={TITLE_MAX_CHARS}
              value={draft.author}
              onChange={(event) => change({ author: event.target.value })}
            />
            <label className="field">
              <span className="label">Language</span>
              <select
                className="input ui"
                value={draft.language}
                onChange={(event) => change({ language: event.target.value })}
              >
                {languageChoices(preview.language).map(({ tag, name }) => (
                  <option key={tag} value={tag}>
                    {name}
                  </option>
                ))}
              </select>
            </label>
          </div>
        </div>
        {preview.leftOut.length > 0 ? (
          <ul className="out quiet">
            {preview.leftOut.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        ) : null}
        {preview.comments > 0 ? (
          <div className="choice">
            <Switch
              label="Bring the comments in as my notes"
              on={draft.comments}
              onChange={(comments) => change({ comments })}
            />
            <span aria-hidden="true">Bring the comments in as my notes</span>
            <span className="caption">{preview.comments === 1 ? '1 comment' : `${preview.comments} comments`}</span>
          </div>
        ) : null}
        <PreviewChapters id={id} preview={preview} draft={draft} onChange={(sections) => change({ sections })} />
      </div>
      <footer>
        {wrong === null ? null : (
          <p className="rubric" role="alert">
            {wrong}
          </p>
        )}
        <div className="acts">
          <Button onClick={onDiscard}>Discard</Button>
          <Button ref={shelveButton} type="submit" kind="primary" pending={isPending}>
            {isPending ? 'It is being put there…' : 'Put it on the shelf'}
          </Button>
        </div>
      </footer>
    </form>
  );
}
