'use client';

import { useEffect, useRef, useState } from 'react';
import { ask, isRefusal } from '#components/http/ask.ts';
import { UPLOAD_MAX_BYTES } from '#shared/protocol/limits.ts';
import { refusals, type Refusal } from '#shared/protocol/refusal.ts';
import { type Format, type Import, importSchema } from '#shared/records/book.ts';
import type { ImportId, RoomId } from '#shared/records/ids.ts';

const POLL_EVERY_MS = 400;
const BYTES_PER_MB = 1_000_000;

/** One thing that is being brought in. `wrong` is a sentence: it will not come in, and why. */
export interface Arrival {
  key: number;
  name: string;
  progress: number;
  done: boolean;
  wrong: string | null;
}

/** What may be brought: a file, or text with what it is written in. */
export type Bringing = { file: File } | { text: string; format: Format; title: string };

export interface Imports {
  arrivals: readonly Arrival[];
  bring: (bringing: Bringing) => void;
  dismiss: (key: number) => void;
}

/** Sends files and texts to the room and follows each until it stands on the shelf or is refused. */
export function useImports(room: RoomId): Imports {
  const [arrivals, setArrivals] = useState<readonly Arrival[]>([]);
  const mounted = useRef(true);
  const lastKey = useRef(0);
  useEffect(() => {
    mounted.current = true;
    return () => {
      mounted.current = false;
    };
  }, []);

  const change = (key: number, fields: Partial<Arrival>) =>
    setArrivals((all) => all.map((one) => (one.key === key ? { ...one, ...fields } : one)));

  const follow = async (key: number, id: ImportId) => {
    while (mounted.current) {
      const now = await ask(`/api/imports/${id}`, importSchema);
      const end = settled(now);
      change(key, end ?? { progress: isRefusal(now) ? 0 : now.progress });
      if (end) return;
      await new Promise((resolve) => setTimeout(resolve, POLL_EVERY_MS));
    }
  };

  const bring = async (key: number, bringing: Bringing) => {
    const body = bodyOf(bringing);
    const begun = await ask(`/api/rooms/${room}/books`, importSchema, { method: 'POST', body });
    if (isRefusal(begun)) change(key, { wrong: begun.message });
    else await follow(key, begun.id);
  };

  return {
    arrivals,
    bring: (bringing) => {
      lastKey.current += 1;
      const key = lastKey.current;
      const name = 'file' in bringing ? bringing.file.name : bringing.title || 'Pasted text';
      const wrong = 'file' in bringing ? foreseen(bringing.file) : null;
      setArrivals((all) => [...all, { key, name, progress: 0, done: false, wrong }]);
      if (wrong === null) void bring(key, bringing);
    },
    dismiss: (key) => setArrivals((all) => all.filter((one) => one.key !== key)),
  };
}

/** What can be said about a file before it is sent. */
function foreseen(file: File): string | null {
  if (file.size === 0) return refusals['file-empty'].words;
  if (file.size <= UPLOAD_MAX_BYTES) return null;
  return `${Math.ceil(file.size / BYTES_PER_MB)} MB. This server takes up to ${UPLOAD_MAX_BYTES / BYTES_PER_MB} MB.`;
}

function bodyOf(bringing: Bringing): unknown {
  if ('file' in bringing) {
    const form = new FormData();
    form.set('file', bringing.file);
    return form;
  }
  const { text, format, title } = bringing;
  return { text, format, ...(title ? { title } : {}) };
}

/** How an arrival ended, or null while it is under way. */
function settled(now: Import | Refusal): Partial<Arrival> | null {
  if (isRefusal(now)) return now.code === 'unavailable' ? null : { wrong: now.message };
  if (now.state === 'done') return { done: true, progress: 1 };
  if (now.state === 'failed') return { wrong: now.error?.message ?? refusals['import-failed'].words };
  return null;
}
