/** Landmarks and dialogs: what is read out as a part of the page. A drawer is not among them, it clips what it holds. */
const PARTS = 'main, header, footer, nav, aside, [role="dialog"]:not(.drawer)';

/** The part of the page in which a button stands; what it opens belongs there too. */
export const partOf = (button: HTMLElement | null): HTMLElement | null => button?.closest<HTMLElement>(PARTS) ?? null;
