import { type AnnotationId, isAnnotationId } from '#shared/records/ids.ts';
import type { BlockId } from '#shared/text/block.ts';
import { blockElement } from './dom-positions.ts';

/** Marks in the page, as elements: what a click hits, which one the keyboard is at. */
const STOP = 'mark[data-stop]';

export function notesOf(mark: Element): AnnotationId[] {
  const ids = (mark.getAttribute('data-notes') ?? '').split(' ');
  return ids.filter(isAnnotationId);
}

/** The mark under a click, unless a link in it was meant. */
export function markAt(target: EventTarget | null): HTMLElement | null {
  if (!(target instanceof Element) || target.closest('a, button') !== null) return null;
  return target.closest<HTMLElement>('mark[data-notes]');
}

/** Where the keyboard stops for an annotation: the first mark of it in these blocks that can hold focus. */
export function stopFor(root: Element, blocks: readonly BlockId[], annotation: AnnotationId): HTMLElement | null {
  for (const block of blocks) {
    const stop = blockElement(root, block)?.querySelector<HTMLElement>(`${STOP}[data-notes~="${annotation}"]`);
    if (stop) return stop;
  }
  return null;
}

/** One mark alone is a tab stop, the one that was focused last or the first; `[` and `]` move among them. */
export class TabStop {
  #stop: HTMLElement | null = null;

  /** Marks were drawn: where the stop was among what they replaced, the first one on the page takes its place. */
  keep(root: Element): void {
    if (this.#stop?.isConnected !== true || !this.#stop.matches(STOP)) this.#stop = root.querySelector(STOP);
    // Drawn anew as an ordinary one; under a pressed pointer it has no index at all, and gets its own back.
    if (this.#stop?.getAttribute('tabindex') === '-1') this.#stop.tabIndex = 0;
  }

  moveTo(stop: HTMLElement): void {
    if (this.#stop !== null && this.#stop !== stop) this.#stop.tabIndex = -1;
    this.#stop = stop;
    stop.tabIndex = 0;
  }
}

/** The next of `ids` after `chosen`, in a ring; the first when none of them is chosen. */
export function cycle<Id>(ids: readonly Id[], chosen: Id | null): Id | null {
  const at = chosen === null ? -1 : ids.indexOf(chosen);
  return ids[(at + 1) % Math.max(1, ids.length)] ?? null;
}
