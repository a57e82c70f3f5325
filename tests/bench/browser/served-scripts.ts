import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import type { Page, Response } from '@playwright/test';

/** What scripts weigh, in bytes. */
export interface Weight {
  brotli: number;
  gzip: number;
  unpacked: number;
  /** As they came over the wire; nothing where the browser had them already. */
  served: number;
}

export interface FetchedScripts {
  /** Of all that was fetched so far, or of those whose paths are `counted`. */
  weigh: (counted?: (path: string) => boolean) => Promise<Weight>;
  /** How the server encoded them. */
  encodings: () => string[];
}

/** Every script that a page fetches from now on. */
export function countScripts(page: Page): FetchedScripts {
  const responses: Response[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') responses.push(response);
  });
  return {
    async weigh(counted = () => true) {
      const sum: Weight = { brotli: 0, gzip: 0, unpacked: 0, served: 0 };
      for (const response of responses.filter((one) => counted(new URL(one.url()).pathname))) {
        const body = await response.body();
        sum.brotli += (await promisify(brotliCompress)(body)).length;
        sum.gzip += (await promisify(gzip)(body)).length;
        sum.unpacked += body.length;
        sum.served += (await response.request().sizes()).responseBodySize;
      }
      return sum;
    },
    encodings: () => [...new Set(responses.map((response) => response.headers()['content-encoding'] ?? 'none'))],
  };
}
