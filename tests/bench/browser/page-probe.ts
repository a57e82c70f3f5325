import type { Page } from '@playwright/test';

/** What the page says of itself since it began, or since it was last asked to forget. Times are milliseconds. */
export interface PageRecord {
  /** How long each task was that was longer than 50 ms (the Long Tasks API counts from there). */
  longTasks: number[];
  /** From each key or press to the next frame that showed something (the Event Timing API). */
  interactions: number[];
}

interface Probe {
  record: PageRecord;
  /** Resolves with the moment, in epoch milliseconds, at which this annotation was painted in this block. */
  painted(block: string, annotation: string): Promise<number>;
}

declare global {
  interface Window {
    benchProbe: Probe;
  }
}

/** Puts the probe into every page that is opened from now on, before any of its own scripts. */
export async function installProbe(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const record: PageRecord = { longTasks: [], interactions: [] };
    window.benchProbe = {
      record,
      painted(block, annotation) {
        const article = document.querySelector(`[data-b="${block}"]`);
        return new Promise((resolve) => {
          const look = (): void => {
            if (!article?.querySelector(`[data-notes~="${annotation}"]`)) return;
            observer.disconnect();
            // What is posted in a frame's callback runs after that frame was painted.
            requestAnimationFrame(() => setTimeout(() => resolve(performance.timeOrigin + performance.now()), 0));
          };
          const observer = new MutationObserver(look);
          if (article) observer.observe(article, { subtree: true, childList: true, attributes: true });
          look();
        });
      },
    };
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) record.longTasks.push(duration);
    }).observe({ type: 'longtask', buffered: true });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) record.interactions.push(duration);
    }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
  });
}

/** What was recorded since this was last asked; observers have had a turn to say what they know. */
export function takeRecord(page: Page): Promise<PageRecord> {
  return page.evaluate(async () => {
    await new Promise((resolve) => {
      requestAnimationFrame(() => setTimeout(resolve, 100));
    });
    const { record } = window.benchProbe;
    return { longTasks: record.longTasks.splice(0), interactions: record.interactions.splice(0) };
  });
}
