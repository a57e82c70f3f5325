'use client';

import { useEffect, useRef, useState } from 'react';
import { ask, isRefusal } from '#components/http/ask.ts';
import { Button } from '#components/ui/button.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import { type ChapterPlace, chapterPlacesSchema } from '#shared/records/import.ts';
import type { ImportId } from '#shared/records/ids.ts';

/** More than anybody reads through; the words narrow them down. */
const SHOWN_MAX = 60;

interface SplitPlacesProps {
  id: ImportId;
  chapter: number;
  /** Blocks of the chapter between which to split. */
  range: { begin: number; end: number };
  /** `start` is how much of the chapter's text stands before the section that is split. */
  onChoose: (place: ChapterPlace, start: number) => void;
  onCancel: () => void;
}

/** Where the new chapter begins: at a heading, after a scene break, or at the paragraph that has these words. */
export function SplitPlaces({ id, chapter, range, onChoose, onCancel }: SplitPlacesProps) {
  const [places, setPlaces] = useState<ChapterPlace[] | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const [words, setWords] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const whole = useRef<HTMLDivElement>(null);
  useEffect(() => field.current?.focus({ preventScroll: true }), []);
  useEffect(() => {
    // Chromium answers with a promise, which is no clean-up.
    whole.current?.scrollIntoView({ block: 'nearest' });
  }, [places]);
  useEffect(() => {
    const controller = new AbortController();
    const read = async () => {
      const { signal } = controller;
      const answer = await ask(`/api/imports/${id}/chapters/${chapter}/places`, chapterPlacesSchema, { signal });
      if (signal.aborted) return;
      if (isRefusal(answer)) setWrong(answer.message);
      else setPlaces(answer.places);
    };
    void read();
    return () => controller.abort();
  }, [id, chapter]);

  const inside = places?.filter(({ block }) => block > range.begin && block < range.end) ?? [];
  const plain = inside.filter(({ kind }) => kind !== 'paragraph');
  const sought = words.trim().toLocaleLowerCase();
  const found =
    sought === ''
      ? plain.length > 0
        ? plain
        : inside
      : inside.filter(({ begins }) => begins.toLocaleLowerCase().includes(sought));
  const start = places?.find(({ block }) => block === range.begin)?.share ?? 0;
  return (
    <div className="split" ref={whole}>
      <TextField
        label="The new chapter begins with"
        plain
        ref={field}
        autoComplete="off"
        placeholder="some words of its first paragraph"
        value={words}
        onChange={(event) => setWords(event.target.value)}
      />
      {wrong === null ? null : (
        <p className="rubric" role="alert">
          {wrong}
        </p>
      )}
      <ul aria-label="Places to split at">
        {found.slice(0, SHOWN_MAX).map((place) => (
          <li key={place.block}>
            <button type="button" className={place.kind} onClick={() => onChoose(place, start)}>
              <bdi>{place.begins}</bdi>
              {place.kind === 'after-break' ? <span className="caption">after a break</span> : null}
            </button>
          </li>
        ))}
      </ul>
      {places !== null && found.length === 0 ? (
        <p className="caption" role="status">
          {inside.length === 0 ? 'It is a single paragraph and cannot be split.' : 'No paragraph begins like this.'}
        </p>
      ) : null}
      <Button size="small" kind="plain" onClick={onCancel}>
        Do not split
      </Button>
    </div>
  );
}
