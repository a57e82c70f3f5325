import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { passageText } from '#shared/anchoring/quote.ts';
import type { Anchor, Passage } from '#shared/anchoring/anchor.ts';
import type { Annotation } from '#shared/records/annotation.ts';
import type { Chapter } from '#shared/records/book.ts';
import { newId, type AnnotationId, type ChapterId } from '#shared/records/ids.ts';
import { marginMaps } from '#shared/records/margin-document.ts';
import type { ChapterRevised, RevisionDraft } from '#shared/records/revision.ts';
import type { RoomState } from '#shared/records/room.ts';
import { Bell } from '#tests/support/bell.ts';
import { putBook } from '#tests/support/bring.ts';
import { DocumentLink } from '#tests/support/document-link.ts';
import { startTestServer } from '#tests/support/test-server.ts';
import type { TestServer } from '#tests/support/test-server.ts';
import { command, heard, join, makeRoom } from '#tests/support/visitor.ts';
import type { EventSocket, MadeRoom, Visitor } from '#tests/support/visitor.ts';
import { visitors } from '#tests/support/visitors.ts';

const paragraphs = [
  'The lock-keeper counted the boats again, because the number had come out wrong twice.',
  'There were eleven. There had been ten at noon, and nothing had come through since.',
  'She walked out along the gate with the lamp held low.',
  'By morning the frost had drawn ferns on every pane. Nobody had come for the cup.',
];
const revised = [
  'It was the last of the cold days, and the water stood still.',
  paragraphs[0],
  'There were twelve. There had been ten at noon, and nothing had come through since.',
  'By morning the frost had drawn ferns on every pane. Nobody had come for the cup.',
].join('\n\n');

let server: TestServer;
let host: Visitor;
let reader: Visitor;
let made: MadeRoom;
let chapter: ChapterId;
let ofHost: EventSocket;
let ofReader: EventSocket;
const visitor = visitors(() => server);

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());
beforeEach(async () => {
  host = visitor();
  reader = visitor();
  made = await makeRoom(host);
  await join(reader, made.invites.reader, 'Grace');
  const book = await putBook(server, made.room.id, made.member.id, paragraphs);
  chapter = book.chapters[0]?.id ?? newId();
  ofHost = await host.enter(made.room.id);
  ofReader = await reader.enter(made.room.id);
});

const inRoom = (path: string): string => `/api/rooms/${made.room.id}${path}`;
const textNow = async (): Promise<Chapter> => (await host.ask<Chapter>('GET', inRoom(`/chapters/${chapter}`))).body;

function passageOf(words: string, texts: readonly string[] = paragraphs): Passage {
  const block = texts.findIndex((text) => text.includes(words));
  const offset = texts[block]?.indexOf(words) ?? 0;
  return { start: { block: `b${block + 1}`, offset }, end: { block: `b${block + 1}`, offset: offset + words.length } };
}

async function note(
  socket: EventSocket,
  words: string,
  visibility: 'room' | 'private' = 'room',
): Promise<AnnotationId> {
  const annotation = newId<AnnotationId>();
  const fields = { annotation, chapter, passage: passageOf(words), colour: 'woad', body: `On ${words}`, visibility };
  expect(await command(socket, { kind: 'annotation.create', ...fields })).toMatchObject({ ok: true });
  return annotation;
}

async function bring(by: Visitor, text: string): Promise<RevisionDraft> {
  const { body, status } = await by.ask<RevisionDraft>('POST', inRoom(`/chapters/${chapter}/revisions`), {
    text,
    format: 'text',
  });
  expect(status).toBe(202);
  for (;;) {
    const draft = (await by.ask<RevisionDraft>('GET', inRoom(`/revisions/${body.id}`))).body;
    if (draft.state !== 'reading') return draft;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const publish = (by: Visitor, id: string) =>
  by.ask<ChapterRevised & { code?: string }>('POST', inRoom(`/revisions/${id}/publish`));

/** The annotations of a document, as a page is sent them. */
async function sent(by: Visitor, kind: 'margin' | 'notes'): Promise<Record<string, Annotation>> {
  const link = new DocumentLink(`/sync/${made.room.id}/${kind}/${chapter}`, new Bell());
  await link.connect((path) => by.sync(path));
  return marginMaps(link.doc).annotations.toJSON();
}

const wordsAt = (text: Chapter, anchor: Anchor | null | undefined): string =>
  anchor && anchor.hash === text.hash ? passageText(text.blocks, anchor) : '';

describe('a new text for a chapter', () => {
  it('RV1 is shown with what it would move, and changes nothing before it is published', async () => {
    const [kept, changed, lost] = [
      await note(ofHost, 'the number had come out wrong'),
      await note(ofReader, 'There were eleven.'),
      await note(ofReader, 'She walked out along the gate'),
    ];
    await note(ofReader, 'the lamp held low', 'private');
    const before = await textNow();
    const { state, preview } = await bring(host, revised);
    expect(state).toBe('ready');
    expect(preview).toMatchObject({
      chapter,
      blocks: 4,
      changed: 2,
      fates: { kept: 1, moved: 1, uncertain: 0, orphaned: 1 },
      unsure: [{ annotation: lost, quote: 'She walked out along the gate', suggestion: null }],
    });
    expect(await textNow()).toEqual(before);
    const margin = await sent(reader, 'margin');
    expect([kept, changed, lost].map((id) => wordsAt(before, margin[id]?.anchor))).toEqual([
      'the number had come out wrong',
      'There were eleven.',
      'She walked out along the gate',
    ]);
  });

  it('RV2 carries every note over in one commit, private ones in their own document, and orphans keep their quote', async () => {
    const [kept, changed, lost] = [
      await note(ofHost, 'the number had come out wrong'),
      await note(ofReader, 'There were eleven.'),
      await note(ofReader, 'She walked out along the gate'),
    ];
    const [mine, mineLost] = [
      await note(ofReader, 'drawn ferns', 'private'),
      await note(ofReader, 'the lamp held low', 'private'),
    ];
    const draft = await bring(host, revised);
    const told = Promise.all([heard(ofReader, 'book.added'), heard(ofReader, 'chapter.revised')]);
    const published = await publish(host, draft.id);
    expect(published).toMatchObject({ status: 200, body: { chapter, fates: { kept: 1, moved: 1, orphaned: 1 } } });
    const text = await textNow();
    expect(text.hash).toBe(published.body.hash);
    const [shelf, event] = await told;
    expect(shelf.chapters).toMatchObject([{ id: chapter, hash: text.hash, blocks: 4 }]);
    expect(event).toEqual(published.body);
    const margin = await sent(host, 'margin');
    expect([kept, changed].map((id) => wordsAt(text, margin[id]?.anchor))).toEqual([
      'the number had come out wrong',
      'There were twelve.',
    ]);
    expect(margin[kept]?.anchor).toMatchObject({
      start: { block: 'b2' },
      quote: { exact: 'the number had come out wrong' },
    });
    expect(margin[lost]).toMatchObject({
      body: 'On She walked out along the gate',
      anchor: { quote: { exact: 'She walked out along the gate' }, lost: { hash: text.hash, suggestion: null } },
    });
    expect(Object.keys(margin)).not.toContain(mine);
    const own = await sent(reader, 'notes');
    expect(wordsAt(text, own[mine]?.anchor)).toBe('drawn ferns');
    expect(own[mineLost]?.anchor).toMatchObject({ lost: { hash: text.hash } });
  });

  it('RV3 takes the places of readers and of the session along', async () => {
    const session = { kind: 'session.start', chapter, place: passageOf('Nobody had come for the cup.') };
    expect(await command(ofHost, session)).toMatchObject({ ok: true });
    const place = { chapter, position: passageOf('By morning').start, progress: 0.8, seenAt: 1 };
    expect(await command(ofReader, { kind: 'self.place', ...place })).toMatchObject({ ok: true });
    const longer = ['A new beginning.', 'And another.', ...paragraphs].join('\n\n');
    const draft = await bring(host, longer);
    const moved = heard(ofReader, 'session.changed');
    await publish(host, draft.id);
    expect(await moved).toMatchObject({ place: passageOf('Nobody had come for the cup.', longer.split('\n\n')) });
    const { places } = (await reader.ask<RoomState>('GET', inRoom(''))).body;
    expect(places).toMatchObject([{ position: { block: 'b6', offset: 0 } }]);
  });

  it('RV4 is undone: the former text stands again, and orphans are at their words', async () => {
    const [changed, lost] = [
      await note(ofReader, 'There were eleven.'),
      await note(ofReader, 'She walked out along the gate'),
    ];
    const before = await textNow();
    await publish(host, (await bring(host, revised)).id);
    const undone = await host.ask('POST', inRoom(`/chapters/${chapter}/revisions/undo`));
    expect(undone).toMatchObject({ status: 200, body: { hash: before.hash } });
    expect(await textNow()).toEqual(before);
    const margin = await sent(host, 'margin');
    expect(wordsAt(before, margin[changed]?.anchor)).toBe('There were eleven.');
    expect(wordsAt(before, margin[lost]?.anchor)).toBe('She walked out along the gate');
    expect(margin[lost]?.anchor).not.toHaveProperty('lost');
  });

  it('RV5 is for host and co-hosts, and seen by nobody but who brought it', async () => {
    const path = inRoom(`/chapters/${chapter}/revisions`);
    expect(await reader.ask('POST', path, { text: revised, format: 'text' })).toMatchObject({
      status: 403,
      body: { code: 'moderators-only' },
    });
    expect(await reader.ask('POST', `${path}/undo`)).toMatchObject({ status: 403 });
    const cohost = visitor();
    await join(cohost, made.invites.cohost, 'Mary');
    const draft = await bring(cohost, revised);
    expect(await host.ask('GET', inRoom(`/revisions/${draft.id}`))).toMatchObject({ status: 404 });
    expect(await publish(host, draft.id)).toMatchObject({ status: 404, body: { code: 'not-found' } });
    expect(await publish(cohost, draft.id)).toMatchObject({ status: 200 });
  });

  it('RV6 is refused where another text stands by now, and where it is the text that stands there', async () => {
    const [first, second] = [await bring(host, revised), await bring(host, `${revised}\n\nMore.`)];
    expect(await publish(host, first.id)).toMatchObject({ status: 200 });
    expect(await publish(host, second.id)).toMatchObject({ status: 409, body: { code: 'text-revised' } });
    expect(await bring(host, revised)).toMatchObject({ state: 'failed', error: { code: 'text-unchanged' } });
    expect(await bring(host, '\u0000\u0001\u0002')).toMatchObject({ state: 'failed' });
  });

  it('RV7 leaves nobody’s note at words that they did not choose: a passage of the former text is refused', async () => {
    const before = await textNow();
    await publish(host, (await bring(host, revised)).id);
    const fields = { annotation: newId(), chapter, passage: passageOf('There were eleven.'), hash: before.hash };
    const create = { kind: 'annotation.create', ...fields, colour: 'woad', body: 'x', visibility: 'room' };
    expect(await command(ofReader, create)).toMatchObject({ ok: false, code: 'text-revised' });
  });

  it('RV8 orphans are put back by hand by their author or a moderator, and only orphans', async () => {
    const mine = await note(ofReader, 'She walked out along the gate');
    const standing = await note(ofReader, 'drawn ferns');
    await publish(host, (await bring(host, revised)).id);
    const text = await textNow();
    const passage = passageOf(
      'the water stood still',
      text.blocks.map((block) => block.text),
    );
    const put = (annotation: AnnotationId) => ({
      kind: 'annotation.reattach',
      annotation,
      chapter,
      passage,
      hash: text.hash,
    });
    expect(await command(ofReader, put(standing))).toMatchObject({ ok: false, code: 'note-in-place' });
    const other = visitor();
    await join(other, made.invites.reader, 'Joan');
    expect(await command(await other.enter(made.room.id), put(mine))).toMatchObject({ ok: false, code: 'not-yours' });
    expect(await command(ofReader, put(mine))).toMatchObject({ ok: true });
    const margin = await sent(host, 'margin');
    expect(margin[mine]?.anchor).toEqual({
      ...passage,
      hash: text.hash,
      quote: expect.objectContaining({ exact: 'the water stood still' }),
    });
  });

  it('RV2 a note that is written while a revision is being published goes along with its words, or is refused', async () => {
    const draft = await bring(host, revised);
    const { hash } = await textNow();
    const words = 'the number had come out wrong';
    const publishing = publish(host, draft.id);
    const written = await Promise.all(
      Array.from({ length: 20 }, async (_, index) => {
        const annotation = newId<AnnotationId>();
        const fields = {
          annotation,
          chapter,
          passage: passageOf(words),
          hash,
          colour: 'woad',
          body: '',
          visibility: 'room',
        };
        const ack = await command(index % 2 === 0 ? ofReader : ofHost, { kind: 'annotation.create', ...fields });
        return { annotation, answer: ack.ok ? words : ack.code };
      }),
    );
    expect(await publishing).toMatchObject({ status: 200 });
    const text = await textNow();
    const margin = await sent(host, 'margin');
    const found = written.map(({ annotation }) => wordsAt(text, margin[annotation]?.anchor) || 'text-revised');
    expect(found).toEqual(written.map(({ answer }) => answer));
  });

  it('RV9 rows, documents and text say the same afterwards, and the former text is kept', async () => {
    const lost = await note(ofReader, 'She walked out along the gate');
    await publish(host, (await bring(host, revised)).id);
    const { rooms, store } = server.services;
    const stored = await store.margin(made.room.id, chapter);
    const view = await (await rooms.open(made.room.id))?.marginFor(made.member.id, chapter);
    expect(view).toMatchObject({ annotations: stored.annotations });
    expect(Object.values(await sent(host, 'margin'))).toEqual(stored.annotations);
    expect(stored.annotations.map(({ id }) => id)).toEqual([lost]);
    expect(await store.chapter(made.room.id, chapter)).toEqual(await textNow());
    const former = await store.formerText(made.room.id, chapter);
    expect(former?.blocks.map(({ text }) => text)).toEqual(paragraphs);
  });
});
