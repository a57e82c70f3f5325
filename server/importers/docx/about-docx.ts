import { DOCX_ABOUT_MAX_BYTES, SUMMARY_MAX_CHARS } from '#server/limits.ts';
import { decodeXml } from '../decode-xml.ts';
import { attribute, elementsUnder, shownText } from '../html-tree.ts';
import { parseXml } from '../xml-tree.ts';
import type { ZipArchive } from '../zip-archive.ts';

/** What a Word document says of itself. */
export interface AboutDocx {
  title: string | null;
  author: string | null;
  summary: string | null;
  /** The language that its styles write in. */
  language: string | null;
}

/** Reads the core properties (ECMA-376 part 2, 11) and the language of the default style; whatever is missing is null. */
export async function aboutDocx(archive: ZipArchive): Promise<AboutDocx> {
  const core = await elementsOf(archive, 'docProps/core.xml');
  const told = (name: string) => {
    const element = core.find(({ tagName }) => tagName === name);
    const text = element === undefined ? '' : shownText(element);
    return text === '' ? null : text.slice(0, SUMMARY_MAX_CHARS).toWellFormed();
  };
  const styles = await elementsOf(archive, 'word/styles.xml');
  const language = styles.find(({ tagName }) => tagName === 'lang');
  return {
    // `title` in core properties is text; shownText passes over the element of that name in HTML.
    title: titleOf(told('title')),
    author: told('creator'),
    summary: told('description'),
    language: told('language') ?? (language === undefined ? null : attribute(language, 'val')),
  };
}

/** Word proposes the first line or the template's name; a file's name is no title. */
function titleOf(told: string | null): string | null {
  return told === null || /\.(?:docx?|odt|rtf|dotx?)$|^(?:untitled|document\d*|microsoft word)\b/iu.test(told)
    ? null
    : told;
}

async function elementsOf(archive: ZipArchive, name: string) {
  const bytes = await archive.read(name, DOCX_ABOUT_MAX_BYTES);
  const root = bytes === null ? null : parseXml(decodeXml(bytes), false);
  return root === null ? [] : [...elementsUnder(root)];
}
