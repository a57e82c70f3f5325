'use client';

import { useEffect, useRef, useState } from 'react';
import { z } from 'zod';
import { ask, isRefusal } from '#components/http/ask.ts';
import { send } from '#components/http/send.ts';
import { UPLOAD_MAX_BYTES } from '#shared/protocol/limits.ts';
import { refusals, type Refusal } from '#shared/protocol/refusal.ts';
import type { Format } from '#shared/records/book.ts';
import { type Import, type ImportPlan, importSchema } from '#shared/records/import.ts';
import { type ImportId, newId, type RoomId } from '#shared/records/ids.ts';
import { followedBefore, rememberFollowed } from './followed-imports.ts';

const POLL_EVERY_MS = 400;
const BYTES_PER_MB = 1_000_000;
const LOST = 'The server was started anew meanwhile, and what it had read is gone. Bring it in again.';
const listSchema = z.object({ imports: z.array(importSchema) });
const goneSchema = z.object({ ok: z.literal(true) });

/**
 * One thing that is being brought in. `import` is null until it has arrived, `sent` how much of it has left, from 0 to 1;
 * `wrong` says why it will not come in.
 */
export interface Arrival {
  key: string;
  name: string;
  sent: number;
  import: Import | null;
  wrong: string | null;
}

/** What may be brought: a file, or text with what it is written in. */
export type Bringing = { file: File } | { text: string; format: Format; title: string };

export interface Imports {
  arrivals: readonly Arrival[];
  /** The one whose preview is open. */
  looked: Arrival | null;
  bring: (bringing: Bringing) => void;
  /** Opens the preview of this one, or closes it. */
  look: (key: string | null) => void;
  /** Null when the book stands on the shelf. */
  shelve: (key: string, plan: ImportPlan) => Promise<Refusal | null>;
  /** Cancels what is under way, discards what was read, and takes what ended off the list. */
  letGo: (key: string) => void;
}

/** Sends files and texts to the room and follows each, over a reload too, until it stands on the shelf or is let go. */
export function useImports(room: RoomId, mayBring: boolean): Imports {
  const [arrivals, setArrivals] = useState<readonly Arrival[]>([]);
  const [looking, setLooking] = useState<string | null>(null);
  const [isListed, setListed] = useState(false);
  const lastKey = useRef(0);
  /** Aborted when nobody waits for the arrival on this page any more. */
  const followed = useRef(new Map<string, AbortController>());

  const change = (key: string, fields: Partial<Arrival>) =>
    setArrivals((all) => all.map((one) => (one.key === key ? { ...one, ...fields } : one)));

  const follow = async (key: string, id: ImportId, isNew: boolean) => {
    const controller = followed.current.get(key);
    while (controller?.signal.aborted === false) {
      const now = await ask(`/api/imports/${id}`, importSchema, { signal: controller.signal });
      if (controller.signal.aborted) return;
      if (!isRefusal(now)) {
        change(key, { import: now, wrong: wrongWith(now) });
        if (now.state === 'ready' && isNew) setLooking((open) => open ?? key);
        if (now.state !== 'waiting' && now.state !== 'reading') return;
      } else if (!refusals[now.code].retry) {
        change(key, { wrong: now.code === 'not-found' ? LOST : now.message });
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, POLL_EVERY_MS));
    }
  };

  useEffect(() => {
    const controllers = followed.current;
    if (!mayBring) return undefined;
    const before = followedBefore(room);
    const list = async () => {
      const answer = await ask(`/api/rooms/${room}/imports`, listSchema);
      if (isRefusal(answer)) return;
      const open = answer.imports.filter(({ state, id }) => state !== 'done' && !controllers.has(id));
      for (const { id } of open) controllers.set(id, new AbortController());
      const lost = before.filter(({ id }) => answer.imports.every((one) => one.id !== id));
      setArrivals((all) => [
        ...lost.map(({ id, name }) => ({ key: id, name, sent: 1, import: null, wrong: LOST })),
        ...open.map((one) => ({
          key: one.id,
          name: one.fileName ?? PASTED,
          sent: 1,
          import: one,
          wrong: wrongWith(one),
        })),
        ...all.filter(({ import: own }) => open.every(({ id }) => id !== own?.id)),
      ]);
      setListed(true);
      for (const { id, state } of open) if (state === 'waiting' || state === 'reading') void follow(id, id, false);
    };
    void list();
    return () => {
      for (const controller of controllers.values()) controller.abort();
      controllers.clear();
    };
    // Once for a room: what is brought later is followed from where it is brought.
  }, [room, mayBring]);

  useEffect(() => {
    if (!isListed) return;
    const open = arrivals.flatMap(({ name, import: own, wrong }) =>
      own === null || own.state === 'done' || wrong !== null ? [] : [{ id: own.id, name }],
    );
    rememberFollowed(room, open);
  }, [room, arrivals, isListed]);

  const sendAndFollow = async (key: string, bringing: Bringing) => {
    const controller = new AbortController();
    followed.current.set(key, controller);
    const { signal } = controller;
    const id = newId<ImportId>();
    const begun = await send(`/api/rooms/${room}/books?import=${id}`, importSchema, {
      body: bodyOf(bringing),
      signal,
      onProgress: (sent) => change(key, { sent }),
    });
    if (signal.aborted) {
      // It may have left already: what the server has taken in would stay there.
      if (signal.reason === LET_GO) await drop(id);
    } else if (isRefusal(begun)) change(key, { wrong: begun.message });
    else {
      change(key, { import: begun });
      await follow(key, begun.id, true);
    }
  };

  return {
    arrivals,
    looked: arrivals.find(({ key, import: own }) => key === looking && own?.state === 'ready') ?? null,
    bring: (bringing) => {
      lastKey.current += 1;
      const key = `sent ${lastKey.current}`;
      const name = 'file' in bringing ? bringing.file.name : bringing.title || PASTED;
      const wrong = 'file' in bringing ? foreseen(bringing.file) : null;
      setArrivals((all) => [...all, { key, name, sent: 0, import: null, wrong }]);
      if (wrong === null) void sendAndFollow(key, bringing);
    },
    look: setLooking,
    shelve: async (key, plan) => {
      const id = arrivals.find((one) => one.key === key)?.import?.id;
      if (id === undefined) return null;
      const shelved = await ask(`/api/imports/${id}/shelve`, importSchema, { method: 'POST', body: plan });
      if (isRefusal(shelved)) {
        if (shelved.code === 'not-found') change(key, { wrong: LOST });
        return shelved;
      }
      change(key, { import: shelved });
      setLooking(null);
      return null;
    },
    letGo: (key) => {
      const own = arrivals.find((one) => one.key === key)?.import;
      followed.current.get(key)?.abort(LET_GO);
      followed.current.delete(key);
      setArrivals((all) => all.filter((one) => one.key !== key));
      setLooking((open) => (open === key ? null : open));
      if (own) void drop(own.id);
    },
  };
}

const PASTED = 'Pasted text';
/** Why an arrival is no longer followed: it was let go, and the page was not just left. */
const LET_GO = 'let go';

/** What is gone already needs no letting go. */
async function drop(id: ImportId): Promise<void> {
  await ask(`/api/imports/${id}`, goneSchema, { method: 'DELETE' });
}

function wrongWith({ state, error }: Import): string | null {
  return state === 'failed' ? (error?.message ?? refusals['import-failed'].words) : null;
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
