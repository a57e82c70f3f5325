'use client';

import { useEffect, useSyncExternalStore } from 'react';

/** Code that a page can be read and pressed without. */
export interface Later<Part> {
  /** Null until it has come. */
  get: () => Part | null;
  subscribe: (listener: () => void) => () => void;
  /** Fetches it now; resolves when it is there, however often that has to be tried. */
  want: () => Promise<void>;
}

const RETRY_MS = 2_000;
const REST_MAX_MS = 2_000;

/** All that comes later, one after the other, once the page is at rest: nobody who presses has to wait, nor who is offline by then. */
let queue: Promise<unknown> = untilRest();

/** Code in a file of its own: fetched when the page is at rest, or at once when it is wanted before that. */
export function later<Part>(load: () => Promise<Part>): Later<Part> {
  let part: Part | null = null;
  let coming: Promise<void> | null = null;
  const listeners = new Set<() => void>();
  const fetchIt = async (): Promise<void> => {
    for (;;) {
      try {
        part = await load();
        break;
      } catch {
        // The network is gone, which ends some time; what was pressed is not forgotten meanwhile.
        await new Promise((resolve) => {
          setTimeout(resolve, RETRY_MS);
        });
      }
    }
    for (const listener of listeners) listener();
  };
  const want = (): Promise<void> => (coming ??= fetchIt());
  queue = queue.then(want);
  return {
    get: () => part,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    want,
  };
}

const notYet = (): null => null;

/** The part once it has come; it is sent for at once where it is `wanted`. Null on the server. */
export function useLater<Part>({ get, subscribe, want }: Later<Part>, wanted: boolean): Part | null {
  useEffect(() => {
    if (wanted) void want();
  }, [wanted, want]);
  return useSyncExternalStore(subscribe, get, notYet);
}

/** Never on the server, which renders no part that comes later. */
async function untilRest(): Promise<void> {
  if (typeof window === 'undefined') return new Promise(() => {});
  if (document.readyState !== 'complete') {
    await new Promise((resolve) => {
      addEventListener('load', resolve, { once: true });
    });
  }
  await new Promise<void>((resolve) => {
    // Safari has no idle callbacks yet.
    if ('requestIdleCallback' in window) requestIdleCallback(() => resolve(), { timeout: REST_MAX_MS });
    else setTimeout(resolve, REST_MAX_MS);
  });
}
