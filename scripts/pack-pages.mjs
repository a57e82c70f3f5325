import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { inProject } from './project.mjs';

const compressible = new Set(['.js', '.css', '.svg']);
/** Below that, compressing is not worth its header. */
const LEAST_BYTES = 1_024;

const packings = {
  br: (bytes) => promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }),
  gz: (bytes) => promisify(gzip)(bytes, { level: constants.Z_BEST_COMPRESSION }),
};

/**
 * Compresses the files that the pages are made of, once and as small as can be (Brotli at its default quality, 11, is far
 * too slow to be done for each request), into `.next/packed`, from where `server/http/packed-files.ts` serves them.
 */
export async function packPages() {
  const from = inProject('.next', 'static');
  const names = (await readdir(from, { recursive: true })).filter((name) => compressible.has(extname(name)));
  for (const name of names) {
    const bytes = await readFile(join(from, name));
    if (bytes.length < LEAST_BYTES) continue;
    const to = inProject('.next', 'packed', name);
    await mkdir(dirname(to), { recursive: true });
    await Promise.all(
      Object.entries(packings).map(async ([ending, pack]) => writeFile(`${to}.${ending}`, await pack(bytes))),
    );
  }
}
