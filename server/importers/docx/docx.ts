import { parseFragment } from 'parse5';
import { directionOf, guessLanguage, languageTag } from '../guess-language.ts';
import type { DraftBook, FileImporter } from '../importer.ts';
import { splitMarkedUpText } from '../split-chapters.ts';
import { ZipArchive } from '../zip-archive.ts';
import { aboutDocx } from './about-docx.ts';
import { convertDocx } from './convert-docx.ts';
import { readDocxBlocks } from './docx-blocks.ts';
import { withTypedHeadings } from './typed-headings.ts';
import { takeComments } from './take-comments.ts';
import { readWordComments } from './word-comments.ts';

/**
 * Word documents in. mammoth knows the format and makes HTML of it, which is read like any other: by the allow-list. It
 * gets the parts of the file one by one from an archive with limits and reaches nothing else. Changes that were tracked
 * are read as accepted; comments are kept beside the text for whoever wants them.
 */
export const docxImporter: FileImporter = {
  format: 'docx',
  async read(bytes, onProgress) {
    const archive = await ZipArchive.open(bytes);
    const about = await aboutDocx(archive);
    onProgress(0.1);
    const { html, pictures } = await convertDocx(archive);
    onProgress(0.7);
    const read = readDocxBlocks(parseFragment(html, { scriptingEnabled: false }));
    const { blocks, comments } = takeComments(read.blocks, await readWordComments(archive));
    const guess = guessLanguage(blocks.map(({ text }) => text).join('\n'));
    const language = guess === 'und' ? (languageTag(about.language) ?? guess) : guess;
    const parts = splitMarkedUpText(withTypedHeadings(blocks), read.title ?? about.title, about.author);
    return {
      ...parts,
      language,
      direction: directionOf(language),
      ...(about.summary === null ? {} : { about: { summary: about.summary } }),
      comments,
      readPicture: async (name) => (await pictures.get(name)?.()) ?? null,
    } satisfies DraftBook;
  },
};
