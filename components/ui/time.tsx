'use client';

import { useSyncExternalStore } from 'react';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const subscribeMinutely = (wake: () => void): (() => void) => {
  const timer = setInterval(wake, MINUTE_MS);
  return () => clearInterval(timer);
};
const thisMinute = (): number => Math.floor(Date.now() / MINUTE_MS);

/**
 * When something was, as one says it: the hour today, the day this week, the date before. The server does not know the
 * reader's time zone, so it writes the UTC date and the browser rewrites it; the exact time is the title.
 * `at` is epoch milliseconds.
 */
export function Time({ at }: { at: number }) {
  const minute = useSyncExternalStore(subscribeMinutely, thisMinute, () => null);
  const date = new Date(at);
  const iso = date.toISOString();
  return (
    <time dateTime={iso} title={minute === null ? undefined : date.toLocaleString()}>
      {minute === null ? iso.slice(0, 10) : spoken(date, minute * MINUTE_MS)}
    </time>
  );
}

function spoken(date: Date, now: number): string {
  const age = now - date.getTime();
  if (age < MINUTE_MS) return 'now';
  if (age < HOUR_MS) return `${Math.floor(age / MINUTE_MS)} min`;
  const sameDay = date.toDateString() === new Date(now).toDateString();
  if (sameDay) return date.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' });
  if (age < 6 * DAY_MS) return date.toLocaleDateString(undefined, { weekday: 'short' });
  const sameYear = date.getFullYear() === new Date(now).getFullYear();
  return date.toLocaleDateString(undefined, {
    day: 'numeric',
    month: 'short',
    ...(sameYear ? {} : { year: 'numeric' }),
  });
}
