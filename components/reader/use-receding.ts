import { type RefObject, useEffect } from 'react';

const REST_MS = 2_000;
/** A pointer this near to the top or the foot comes for the tools. */
const EDGE_PX = 96;
/** Scrolling by less than this is a hand that rests on the wheel. */
const SCROLL_PX = 24;

/**
 * Lets the tools recede while one reads: on scrolling on, or two seconds without a pointer. A key, a tap or a pointer near
 * an edge brings them back; what holds focus stays (`.recedes:focus-within`).
 */
export function useReceding(page: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | null = null;
    let scrolledAt = scrollY;
    const recede = () => page.current?.setAttribute('data-receded', '');
    const rest = () => {
      if (timer !== null) clearTimeout(timer);
      timer = setTimeout(recede, REST_MS);
    };
    const wake = () => {
      page.current?.removeAttribute('data-receded');
      rest();
    };
    const onPointerMove = ({ clientY, pointerType }: PointerEvent) => {
      if (pointerType === 'mouse' && (clientY < EDGE_PX || clientY > innerHeight - EDGE_PX)) wake();
    };
    const onScroll = () => {
      if (Math.abs(scrollY - scrolledAt) < SCROLL_PX) return;
      scrolledAt = scrollY;
      // At the very top and the very end nobody is in the middle of a sentence.
      if (scrollY < SCROLL_PX || scrollY + innerHeight > document.documentElement.scrollHeight - SCROLL_PX) wake();
      else recede();
    };
    wake();
    document.addEventListener('keydown', wake);
    document.addEventListener('pointerdown', wake);
    document.addEventListener('pointermove', onPointerMove, { passive: true });
    window.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      if (timer !== null) clearTimeout(timer);
      document.removeEventListener('keydown', wake);
      document.removeEventListener('pointerdown', wake);
      document.removeEventListener('pointermove', onPointerMove);
      window.removeEventListener('scroll', onScroll);
    };
  }, [page]);
}
