import { parse, parseFragment } from 'parse5';
import type { Direction } from '#shared/text/direction.ts';
import { directionOf, guessLanguage, languageTag } from './guess-language.ts';
import { readHtmlBlocks } from './html-blocks.ts';
import { partsOfPage } from './html-page.ts';
import { pageReading, readDataPicture } from './html-reading.ts';
import { attribute, elementsUnder, isNeverRead, shownText } from './html-tree.ts';
import type { HtmlParent } from './html-tree.ts';
import type { DraftBlock, TextImporter } from './importer.ts';
import { splitMarkedUpText } from './split-chapters.ts';

/**
 * HTML in, from a whole saved page to a pasted scrap. parse5 reads it as a browser would (WHATWG HTML) and runs nothing;
 * only the text, a fixed set of blocks and marks, `http`, `https` and `mailto` links and the pictures in the page come out.
 */
export const htmlImporter: TextImporter = {
  format: 'html',
  read(source) {
    const page = parse(source, { scriptingEnabled: false });
    const { title, author, about, root, isLeftOut } = partsOfPage(page);
    const { language, direction } = languageOf(page, root);
    const blocks = readHtmlBlocks(
      root,
      pageReading(root, {
        language,
        direction,
        isLeftOut: (element) => isNeverRead(element) || isLeftOut(element),
      }),
    );
    return {
      ...splitMarkedUpText(blocks, title, author),
      language,
      direction,
      ...(about === undefined ? {} : { about }),
      readPicture: readDataPicture,
    };
  },
};

/** The blocks of a scrap of HTML inside another format. */
export function readHtmlFragment(source: string): DraftBlock[] {
  return readHtmlBlocks(parseFragment(source, { scriptingEnabled: false }));
}

function languageOf(page: HtmlParent, root: HtmlParent): { language: string; direction: Direction } {
  let told: string | null = null;
  let direction: string | null = null;
  for (const element of elementsUnder(page)) {
    if (element.tagName !== 'html' && element.tagName !== 'body') continue;
    told ??= languageTag(attribute(element, 'lang') ?? attribute(element, 'xml:lang'));
    direction ??= attribute(element, 'dir');
  }
  const guess = guessLanguage(shownText(root));
  // Sites stamp `en` on everything that people write there.
  const language = told === null || (guess !== 'und' && /^en\b/iu.test(told) && guess !== 'en') ? guess : told;
  return { language, direction: direction === 'rtl' || direction === 'ltr' ? direction : directionOf(language) };
}
