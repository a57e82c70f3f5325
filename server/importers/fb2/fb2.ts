import { FB2_MAX_BYTES } from '#server/limits.ts';
import { decodeXml } from '../decode-xml.ts';
import { directionOf, guessLanguage, languageTag } from '../guess-language.ts';
import { RefusedError } from '../importer.ts';
import type { DraftBook, FileImporter } from '../importer.ts';
import { parseXml } from '../xml-tree.ts';
import { ZipArchive } from '../zip-archive.ts';
import { aboutFb2 } from './about-fb2.ts';
import { chaptersOfFb2 } from './fb2-chapters.ts';
import { childrenNamed, textUnder } from './fb2-tree.ts';
import type { Fb2Element } from './fb2-tree.ts';

/**
 * FictionBook 2 in, also packed as `.fb2.zip`. Its schema is a small fixed set of elements, and each has its block or mark;
 * what is none of them lends its text. Pictures are `binary` elements, referred to by `#id`.
 */
export const fb2Importer: FileImporter = {
  format: 'fb2',
  async read(bytes, onProgress) {
    const source = decodeXml(await unpacked(bytes));
    onProgress(0.3);
    const root = parseXml(source, false)?.childNodes.find(
      (node): node is Fb2Element => node.nodeName === 'FictionBook',
    );
    if (root === undefined) throw new RefusedError('file-broken');
    return bookOf(root);
  },
};

async function unpacked(bytes: Uint8Array): Promise<Uint8Array> {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return bytes;
  const archive = await ZipArchive.open(bytes);
  const name = [...archive.names].find((entry) => entry.toLowerCase().endsWith('.fb2'));
  const entry = name === undefined ? null : await archive.read(name, FB2_MAX_BYTES);
  if (entry === null) throw new RefusedError('file-broken');
  return entry;
}

function bookOf(root: Fb2Element): DraftBook {
  const about = aboutFb2(root);
  const { chapters, contents } = chaptersOfFb2(root);
  const guess = guessLanguage(chapters.flatMap(({ blocks }) => blocks.map(({ text }) => text)).join('\n'));
  const language = languageTag(about.language) ?? guess;
  return {
    title: about.title,
    author: about.author,
    language,
    direction: directionOf(language),
    about: {
      summary: about.summary,
      publisher: about.publisher,
      identifier: about.identifier,
      cover: about.cover,
      contents,
    },
    chapters,
    readPicture: pictureReader(root),
  };
}

function pictureReader(root: Fb2Element): (name: string) => Promise<Uint8Array | null> {
  const binaries = new Map(
    childrenNamed(root, 'binary').map((binary) => [binary.attrs.find(({ name }) => name === 'id')?.value, binary]),
  );
  return (name) => {
    const binary = binaries.get(name);
    // Letters that are not of base64 are passed over, as RFC 2045 (6.8) has it.
    return Promise.resolve(binary === undefined ? null : Buffer.from(textUnder(binary), 'base64'));
  };
}
