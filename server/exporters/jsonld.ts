import type { Colour } from '#shared/records/annotation.ts';
import { chapterAddress, exportSections, isoTime } from './entries.ts';
import type { ExportEntry, ExportPerson, ExportReply, ExportWords } from './entries.ts';
import type { PadBlock } from '#shared/records/pad-block.ts';
import type { Exporter, ExportInput } from './exporter.ts';
import { measureChapter, selectorsOf } from './jsonld-target.ts';
import type { MeasuredChapter } from './jsonld-target.ts';
import { padMarkdown } from './markdown.ts';
import { padAddress } from './pad.ts';

const CONTEXT = 'http://www.w3.org/ns/anno.jsonld';

/**
 * A W3C AnnotationCollection with its one page embedded (Web Annotation Data Model, Recommendation of 2017). Notes
 * carry their words, ink and reactions as textual bodies; a reply is an annotation whose target is the note. Ids of
 * notes are the addresses at which the room shows them.
 */
export const jsonldExporter: Exporter = {
  format: 'jsonld',
  mediaType: `application/ld+json; profile="${CONTEXT}"`,
  extension: 'jsonld',
  write(input: ExportInput): string {
    const items: object[] = [];
    for (const section of exportSections(input)) {
      const measured = measureChapter(section.chapter);
      for (const entry of [...section.passages, ...section.talk]) {
        items.push(note(input, measured, entry));
        for (const words of entry.replies) items.push(reply(input, measured, entry, words));
      }
    }
    if (input.pad !== null && input.pad.length > 0) items.push(padNote(input, input.pad));
    const id = collectionAddress(input);
    const summary = {
      id,
      type: 'AnnotationCollection',
      label: `${input.book.title}: notes of ${input.room.title}`,
      total: items.length,
    };
    const page = { id: `${id}&page=0`, type: 'AnnotationPage', partOf: summary, startIndex: 0, items };
    const collection = {
      '@context': CONTEXT,
      ...summary,
      generator: { id: input.origin, type: 'Software', name: 'Lectern' },
      generated: isoTime(input.exportedAt),
      // The Recommendation wants at least one item on a page, so an empty collection has no page.
      ...(items.length === 0 ? {} : { first: page, last: page.id }),
    };
    return `${JSON.stringify(collection, null, 2)}\n`;
  },
};

function collectionAddress({ origin, room, book, chapters, scope }: ExportInput): string {
  const [only] = chapters;
  const part = chapters.length === 1 && only ? `chapter=${only.chapter.id}` : `book=${book.id}`;
  return `${origin}/api/rooms/${room.id}/export?format=jsonld&scope=${scope}&${part}`;
}

function note(input: ExportInput, measured: MeasuredChapter, entry: ExportEntry) {
  const { annotation, ink } = entry;
  const source = chapterAddress(input, measured.chapter);
  const target = annotation.anchor && {
    type: 'SpecificResource',
    source,
    scope: `${input.origin}/rooms/${input.room.id}`,
    ...(ink && { styleClass: ink.name }),
    selector: selectorsOf(measured, annotation.anchor),
  };
  const tags = [...(ink ? [ink.name, ink.meaning] : []), ...(entry.onlyMe ? ['only me'] : [])];
  return {
    ...annotationOf(input, entry, {
      id: entry.link,
      motivation: entry.body === '' && ink && !entry.deleted ? 'highlighting' : 'commenting',
      purpose: 'commenting',
      tags,
    }),
    ...(entry.onlyMe && {
      audience: {
        id: memberAddress(input, annotation.author),
        type: 'schema:Audience',
        'schema:audienceType': 'only me',
      },
    }),
    target: target ?? source,
    ...(ink && { stylesheet: { type: 'CssStylesheet', value: inkStyle[ink.name] } }),
  };
}

const reply = (input: ExportInput, measured: MeasuredChapter, entry: ExportEntry, words: ExportReply) => ({
  ...annotationOf(input, words, {
    id: `${chapterAddress(input, measured.chapter)}#reply-${words.reply.id}`,
    motivation: 'replying',
    purpose: 'replying',
    tags: [],
  }),
  target: entry.link,
});

/** The pad as one annotation of the whole book: it belongs to no passage and has no single author. */
const padNote = (input: ExportInput, blocks: readonly PadBlock[]) => ({
  '@context': CONTEXT,
  id: padAddress(input),
  type: 'Annotation',
  motivation: 'describing',
  generated: isoTime(input.exportedAt),
  body: [{ type: 'TextualBody', value: padMarkdown(input, blocks), format: 'text/markdown', purpose: 'describing' }],
  target: input.chapters.map(({ chapter }) => chapterAddress(input, chapter)),
});

interface Why {
  id: string;
  motivation: 'highlighting' | 'commenting' | 'replying';
  purpose: 'commenting' | 'replying';
  tags: string[];
}

function annotationOf(input: ExportInput, words: ExportWords, { id, motivation, purpose, tags }: Why) {
  const body = [
    ...(words.author === null
      ? [{ type: 'TextualBody', value: 'deleted', format: 'text/plain', purpose: 'describing' }]
      : []),
    ...(words.body === '' ? [] : [{ type: 'TextualBody', value: words.body, format: 'text/markdown', purpose }]),
    ...tags.map((value) => ({ type: 'TextualBody', value, format: 'text/plain', purpose: 'tagging' })),
    ...words.reactions.map(({ emoji, by }) => ({
      type: 'TextualBody',
      value: emoji,
      format: 'text/plain',
      purpose: 'assessing',
      creator: by.map((person) => agent(input, person)),
    })),
  ];
  return {
    '@context': CONTEXT,
    id,
    type: 'Annotation',
    motivation,
    created: isoTime(words.createdAt),
    ...(words.editedAt === null ? {} : { modified: isoTime(words.editedAt) }),
    ...(words.author === null ? {} : { creator: agent(input, words.author) }),
    ...(body.length === 0 ? {} : { body }),
  };
}

const memberAddress = ({ origin, room }: ExportInput, member: string): string =>
  `${origin}/rooms/${room.id}/members/${member}`;

const agent = (input: ExportInput, { id, name }: ExportPerson) => ({
  id: memberAddress(input, id),
  type: 'Person',
  name,
});

const inkStyle: Record<Colour, string> = {
  saffron: '.saffron { background: #f4be3457; text-decoration: underline solid #976300 }',
  verdigris: '.verdigris { background: #46a68440; text-decoration: underline dotted #20735a }',
  woad: '.woad { background: #548acc3d; text-decoration: underline double #2b5f9e }',
  heather: '.heather { background: #a26cbe3b; text-decoration: underline wavy #7d4796 }',
  clay: '.clay { background: #ce84544a; text-decoration: underline dashed #92521e }',
};
