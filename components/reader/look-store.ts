'use client';

import { useSyncExternalStore } from 'react';
import { createSlice } from '#components/room/slice.ts';
import { defaultLook, type Look, LOOK_COOKIE, lookAttributes, parseLook, serialiseLook } from '#shared/records/look.ts';

/** 400 days: as long as browsers let a cookie live. */
const KEPT_SECONDS = 400 * 24 * 60 * 60;

const look = createSlice<Look>(typeof document === 'undefined' ? defaultLook : parseLook(keptCookie()));

/** How this reader wants the page set; the default until the page has woken up, so that both sides render alike. */
export const useLook = (): Look => useSyncExternalStore(look.subscribe, look.get, () => defaultLook);

export const currentLook = (): Look => look.get();

/** Sets the page at once, and keeps it on this device. */
export function setLook(change: Partial<Look>): void {
  const next = { ...look.get(), ...change };
  look.set(next);
  const root = document.documentElement;
  if (next.theme === 'system') root.removeAttribute('data-theme');
  for (const [name, value] of Object.entries(lookAttributes(next))) root.setAttribute(name, value);
  const secure = location.protocol === 'https:' ? '; Secure' : '';
  document.cookie = `${LOOK_COOKIE}=${serialiseLook(next)}; Path=/; Max-Age=${KEPT_SECONDS}; SameSite=Lax${secure}`;
}

function keptCookie(): string | undefined {
  const prefix = `${LOOK_COOKIE}=`;
  return document.cookie
    .split('; ')
    .find((cookie) => cookie.startsWith(prefix))
    ?.slice(prefix.length);
}
