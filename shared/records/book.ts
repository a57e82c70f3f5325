import { z } from 'zod';
import { blockIdSchema, blockSchema, pictureHashSchema } from '#shared/text/block.ts';
import { directionSchema } from '#shared/text/direction.ts';
import { bookIdSchema, chapterIdSchema, memberIdSchema } from './id-schemas.ts';

/** What a file can be brought in as. A format is recognised by its content, not by its name. */
export const formats = ['text', 'markdown', 'html', 'epub', 'docx', 'fb2', 'pdf'] as const;
export const formatSchema = z.enum(formats);
export type Format = z.infer<typeof formatSchema>;

/** A chapter as it stands in a table of contents. `words` counts by `Intl.Segmenter`; `blocks` is the block count. */
export const chapterEntrySchema = z.object({
  id: chapterIdSchema,
  index: z.number().int().nonnegative(),
  title: z.string(),
  words: z.number().int().nonnegative(),
  blocks: z.number().int().nonnegative(),
  /** SHA-256 of the chapter's blocks in hex; the text is immutable under it. */
  hash: z.string(),
});
export type ChapterEntry = z.infer<typeof chapterEntrySchema>;

/**
 * A line of a book's own table of contents, where it says more than the list of chapters: parts around chapters, sections
 * within them. `depth` 0 is the outermost; it leads to a chapter by its index, and to a block in it (null: its beginning).
 */
export const contentsEntrySchema = z.object({
  title: z.string(),
  depth: z.number().int().min(0).max(8),
  chapter: z.number().int().nonnegative(),
  block: blockIdSchema.nullable(),
});
export type ContentsEntry = z.infer<typeof contentsEntrySchema>;

/** What a publication says of itself, beside title and author; whatever it does not say is null. */
export const bookAboutSchema = z.object({
  /** Plain text; paragraphs are parted by a line feed. */
  summary: z.string().max(10_000).nullable(),
  /** What its author or publisher put around the text (an archive's notes, rights); plain text like the summary. */
  notes: z.string().max(10_000).nullable(),
  publisher: z.string().max(500).nullable(),
  /** As the publication gives it: `urn:isbn:…`, `urn:uuid:…`, an address. */
  identifier: z.string().max(500).nullable(),
  cover: pictureHashSchema.nullable(),
  contents: z.array(contentsEntrySchema).nullable(),
});
export type BookAbout = z.infer<typeof bookAboutSchema>;

/** A book on the shelf. `language` is a BCP 47 tag, `und` where nobody can tell. Times are epoch milliseconds. */
export const bookSchema = z.object({
  id: bookIdSchema,
  title: z.string(),
  author: z.string().nullable(),
  language: z.string(),
  direction: directionSchema,
  format: formatSchema,
  addedBy: memberIdSchema,
  addedAt: z.number().int(),
  /** Where it stands on the shelf, once somebody moved it: the lower the earlier, among the `addedAt` of the others. */
  order: z.number().optional(),
  /** Absent where the text came without a word about itself. */
  about: bookAboutSchema.optional(),
  chapters: z.array(chapterEntrySchema),
});
export type Book = z.infer<typeof bookSchema>;

/** A chapter with its text. */
export const chapterSchema = chapterEntrySchema.omit({ blocks: true }).extend({
  bookId: bookIdSchema,
  language: z.string(),
  direction: directionSchema,
  blocks: z.array(blockSchema),
});
export type Chapter = z.infer<typeof chapterSchema>;
