import type { PageServices } from '#server/page-services.ts';

const key = Symbol.for('lectern.services');

/** The running server, as pages may ask it. It is there before the first page is rendered. */
export function services(): PageServices {
  const provided = (globalThis as { [key]?: PageServices })[key];
  if (!provided)
    throw new Error('Pages are served by server/index.ts alone: start Lectern with npm start or npm run dev.');
  return provided;
}
