import { later } from './later.ts';

/** All that is made of Base UI, in one file of its own: what its parts have in common would come along with each of them. */
export const widgets = later(async () => (await import('./widget-parts.ts')).widgetParts);
