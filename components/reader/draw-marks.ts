import { flushSync } from 'react-dom';
import type { BlockId } from '#shared/text/block.ts';
import { isBlockId } from '#shared/text/block-id.ts';
import type { PageMarks } from './page-marks.ts';

/** What stands this far beyond the edges of the screen is drawn like what is in sight: two screens, for who scrolls fast. */
const AROUND = '200% 0px';
/** So few blocks are drawn on the spot, in the frame in which their marks came. */
const AT_ONCE = 3;
/** For drawing in one frame; what the browser makes of it (style, lines, ink) takes about as long again. */
const SLICE_MS = 8;
/**
 * Beyond so many highlights, what is far is drawn when it comes near: whatever stands on the page costs something with every
 * change in the room, seen or not (React looks through all of it for who listens, the browser keeps it).
 */
const AT_REST_MAX = 1_000;
/** A moment of rest that is shorter than this is too short for a block. */
const BLOCK_MS = 6;

/**
 * Draws the marks of a text: of blocks in and around sight at once, in slices of a frame and the nearest first; of all
 * others while the page is at rest, unless they are a crowd; and of whatever is missing before it is printed. Returns how to stop.
 */
export function drawMarks(root: HTMLElement, marks: PageMarks): () => void {
  const near = new Set<BlockId>();
  let frame = 0;
  let rest = 0;

  const nearAndWaiting = (): BlockId[] => [...near].filter((block) => marks.isWaiting(block));
  const attend = () => {
    const waiting = nearAndWaiting();
    if (waiting.length <= AT_ONCE) for (const block of waiting) marks.draw(block);
    else frame ||= requestAnimationFrame(drawSlice);
    restLater();
  };
  const drawSlice = () => {
    frame = 0;
    const until = performance.now() + SLICE_MS;
    const waiting = nearestFirst(nearAndWaiting());
    for (const block of waiting) {
      flushSync(() => marks.draw(block));
      if (performance.now() > until) break;
    }
    if (nearAndWaiting().length > 0) frame = requestAnimationFrame(drawSlice);
    else restLater();
  };
  // Safari does not say when it rests: there, what is far is drawn when it comes near.
  const restLater = () => {
    if (frame === 0 && marks.drawn < AT_REST_MAX && 'requestIdleCallback' in window)
      rest ||= requestIdleCallback(drawAtRest);
  };
  const drawAtRest = (deadline: IdleDeadline) => {
    rest = 0;
    const until = performance.now() + SLICE_MS;
    for (const block of marks.waiting()) {
      if (marks.drawn > AT_REST_MAX || deadline.timeRemaining() < BLOCK_MS || performance.now() > until)
        return restLater();
      flushSync(() => marks.draw(block));
    }
  };
  const drawAll = () => {
    flushSync(() => {
      for (const block of marks.waiting()) marks.draw(block);
    });
  };

  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        for (const block of blocksIn(target)) {
          if (isIntersecting) near.add(block);
          else near.delete(block);
        }
      }
      if (nearAndWaiting().length > 0) frame ||= requestAnimationFrame(drawSlice);
    },
    { rootMargin: AROUND },
  );
  // Runs that can be skipped stand for their blocks, which the browser does not look at while it skips them.
  for (const part of root.querySelectorAll('.block-run, [data-b]')) {
    if (part.parentElement?.closest('.block-run') === null) observer.observe(part);
  }
  const unattend = marks.attendedBy(attend);
  // What came before there was a page to draw on.
  attend();
  window.addEventListener('beforeprint', drawAll);
  return () => {
    observer.disconnect();
    unattend();
    cancelAnimationFrame(frame);
    if (rest !== 0) cancelIdleCallback(rest);
    window.removeEventListener('beforeprint', drawAll);
  };
}

function blocksIn(part: Element): BlockId[] {
  const elements = part.matches('[data-b]') ? [part] : [...part.querySelectorAll('[data-b]')];
  return elements.map(({ id }) => id).filter(isBlockId);
}

function nearestFirst(blocks: readonly BlockId[]): readonly BlockId[] {
  if (blocks.length < 2) return blocks;
  const middle = innerHeight / 2;
  const distances = new Map(
    blocks.map((block) => {
      const box = document.getElementById(block)?.getBoundingClientRect();
      return [block, box ? Math.max(0, box.top - middle, middle - box.bottom) : Infinity];
    }),
  );
  return blocks.toSorted((a, b) => (distances.get(a) ?? 0) - (distances.get(b) ?? 0));
}
