import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** What runs to an end: a fade, a sheet that slides up. A beacon that pulses for as long as it stands is no passage. */
const hasPassages = () =>
  document
    .getAnimations()
    .some(
      ({ playState, effect }) => playState === 'running' && Number.isFinite(effect?.getComputedTiming().endTime ?? 0),
    );

/**
 * axe finds nothing on the page at rest: every rule, no exception. The tools recede while one reads, and a control that is
 * half gone has no contrast to measure; so nothing may begin to fade while axe looks (motion is reduced, which leaves every
 * colour what it is), and what had begun has come to its end.
 */
export async function hasNoBarrier(page: Page): Promise<void> {
  const asked = await page.evaluate(() => matchMedia('(prefers-reduced-motion: reduce)').matches);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await expect.poll(() => page.evaluate(hasPassages)).toBe(false);
  const { violations } = await new AxeBuilder({ page }).analyze();
  await page.emulateMedia({ reducedMotion: asked ? 'reduce' : 'no-preference' });
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
}
