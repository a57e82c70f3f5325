import { expect, type Page } from '@playwright/test';

/** Until a page has woken up, what is pressed on it is not heard; a person would press again, a test has to wait. */
export async function isAwake(page: Page): Promise<void> {
  await expect(page.locator('html')).toHaveAttribute('data-awake', '');
}

export async function opens(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await isAwake(page);
}
