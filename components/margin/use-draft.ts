'use client';

import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { useRoom } from '#components/room/room-provider.tsx';
import type { Present } from '#shared/protocol/presence.ts';
import type { RoomId } from '#shared/records/ids.ts';
import { useDesk } from './desk.tsx';
import { type DraftKey, keepDraft, readDraft } from './draft-storage.ts';

const STILL_WRITING_MS = 5_000;

export interface WrittenDraft {
  words: string;
  write: (words: string) => void;
  /** Empties it, here and where it was kept. */
  clear: () => void;
}

/** Words being written, kept in this tab under their key from the first letter on. */
export function useDraft(room: RoomId, key: DraftKey, initial: string): WrittenDraft {
  const [words, setWords] = useState(() => readDraft(room, key) || initial);
  const write = (next: string) => {
    setWords(next);
    keepDraft(room, key, next === initial ? '' : next);
  };
  return { words, write, clear: () => write(initial) };
}

/**
 * Tells the others that one writes in this thread, for as long as one does, and the margin that nothing may move
 * meanwhile. Call `keystroke` at every change and `rest` when the words are sent or left alone.
 */
export function useWriting(where: Present['writingIn']): {
  keystroke: (words: string) => void;
  rest: () => void;
} {
  const room = useRoom();
  const { typing } = useDesk();
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const silent = useRef(true);

  const fallSilent = () => {
    if (timer.current !== null) clearTimeout(timer.current);
    timer.current = null;
    if (silent.current) return;
    silent.current = true;
    room.report({ writingIn: null });
  };
  const rest = () => {
    fallSilent();
    typing.set(false);
  };
  const keystroke = (words: string) => {
    typing.set(words !== '');
    if (where === null) return;
    if (words === '') return fallSilent();
    silent.current = false;
    room.report({ writingIn: where });
    if (timer.current !== null) clearTimeout(timer.current);
    timer.current = setTimeout(fallSilent, STILL_WRITING_MS);
  };
  const leave = useEffectEvent(rest);
  useEffect(() => () => leave(), []);
  return { keystroke, rest };
}
