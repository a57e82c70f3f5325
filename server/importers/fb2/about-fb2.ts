import { SUMMARY_MAX_CHARS } from '#server/limits.ts';
import { allAt, childrenNamed, childrenOf, lineOf, localTarget } from './fb2-tree.ts';
import type { Fb2Element } from './fb2-tree.ts';

export interface AboutFb2 {
  title: string | null;
  author: string | null;
  language: string | null;
  summary: string | null;
  publisher: string | null;
  identifier: string | null;
  /** The id of the cover's `binary`. */
  cover: string | null;
}

/** What a FictionBook says of itself in its `description`. */
export function aboutFb2(root: Fb2Element): AboutFb2 {
  const told = (...path: string[]) => lineOf(allAt(root, 'description', ...path)[0]);
  const [coverImage] = allAt(root, 'description', 'title-info', 'coverpage', 'image');
  const authors = allAt(root, 'description', 'title-info', 'author').flatMap((author) => nameOf(author) ?? []);
  const isbn = told('publish-info', 'isbn');
  const summary = allAt(root, 'description', 'title-info', 'annotation')
    .flatMap(childrenOf)
    .flatMap((paragraph) => lineOf(paragraph) ?? [])
    .join('\n');
  return {
    title: told('title-info', 'book-title'),
    author: authors.length === 0 ? null : authors.join(', '),
    language: told('title-info', 'lang'),
    summary: summary === '' ? null : summary.slice(0, SUMMARY_MAX_CHARS).toWellFormed(),
    publisher: told('publish-info', 'publisher'),
    identifier: isbn === null ? told('document-info', 'id') : `urn:isbn:${isbn.replace(/[\s-]/gu, '')}`,
    cover: coverImage === undefined ? null : localTarget(coverImage),
  };
}

function nameOf(author: Fb2Element): string | null {
  const parts = ['first-name', 'middle-name', 'last-name'].flatMap(
    (name) => lineOf(childrenNamed(author, name)[0]) ?? [],
  );
  return parts.length > 0 ? parts.join(' ') : lineOf(childrenNamed(author, 'nickname')[0]);
}
