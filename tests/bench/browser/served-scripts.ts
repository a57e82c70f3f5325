import { gzipSync } from 'node:zlib';
import type { Page, Response } from '@playwright/test';

export interface ServedScripts {
  /** As they came over the wire. */
  bytes: number;
  /** The same before compression. */
  plainBytes: number;
  /** As gzip would make them; the same as `bytes`, more or less, where the server compresses. */
  gzipBytes: number;
  /** Those of them that the page itself names: without them it does not hear a press. The rest is fetched by these, later. */
  namedGzipBytes: number;
  /** How the server encoded them. */
  encodings: string[];
}

/** Counts every script that a page fetches from now on; `html` is the page as it was served. */
export function countScripts(page: Page): (html: string) => Promise<ServedScripts> {
  const responses: Response[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') responses.push(response);
  });
  return async (html) => {
    const counted: ServedScripts = { bytes: 0, plainBytes: 0, gzipBytes: 0, namedGzipBytes: 0, encodings: [] };
    for (const response of responses) {
      const body = await response.body();
      const encoding = response.headers()['content-encoding'] ?? 'none';
      counted.bytes += (await response.request().sizes()).responseBodySize;
      counted.plainBytes += body.length;
      const gzipBytes = gzipSync(body).length;
      counted.gzipBytes += gzipBytes;
      if (html.includes(new URL(response.url()).pathname)) counted.namedGzipBytes += gzipBytes;
      if (!counted.encodings.includes(encoding)) counted.encodings.push(encoding);
    }
    return counted;
  };
}
