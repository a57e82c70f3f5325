let letGo: AbortController | null = null;

/**
 * Moves the page smoothly to this height, or at once for who wants no motion. The reader's hand comes first: at a turn of
 * the wheel or Esc the page stops where it is (Chromium would finish the glide and swallow what was turned).
 */
export function glideTo(top: number): void {
  letGo?.abort();
  if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
    scrollTo({ top, behavior: 'instant' });
    return;
  }
  const gliding = new AbortController();
  letGo = gliding;
  const { signal } = gliding;
  const stop = () => {
    gliding.abort();
    scrollTo({ top: scrollY, behavior: 'instant' });
  };
  window.addEventListener('wheel', stop, { passive: true, signal });
  window.addEventListener('keydown', ({ key }) => key === 'Escape' && stop(), { signal });
  window.addEventListener('scrollend', () => gliding.abort(), { signal });
  scrollTo({ top, behavior: 'smooth' });
}
