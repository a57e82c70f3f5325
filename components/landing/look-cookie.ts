import { LOOK_COOKIE, lookAttributes, type Look, parseLook, serialiseLook } from '#shared/records/look.ts';

const YEAR_SECONDS = 31_536_000;

/** How this browser wants the page set, from its cookie. */
export function currentLook(): Look {
  const pair = document.cookie.split('; ').find((one) => one.startsWith(`${LOOK_COOKIE}=`));
  return parseLook(pair?.slice(LOOK_COOKIE.length + 1));
}

/** Sets the page that way at once, and keeps it for a year. */
export function wearLook(look: Look): void {
  // oxlint-disable-next-line unicorn/no-document-cookie -- the Cookie Store API is missing on plain-http origins
  document.cookie = `${LOOK_COOKIE}=${serialiseLook(look)}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
  const page = document.documentElement;
  page.removeAttribute('data-theme');
  for (const [name, value] of Object.entries(lookAttributes(look))) page.setAttribute(name, value);
}
