import { CommentRangeEnd, CommentRangeStart, CommentReference, Document, Packer, Paragraph, TextRun } from 'docx';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Annotation } from '#shared/records/annotation.ts';
import type { Book } from '#shared/records/book.ts';
import type { Import } from '#shared/records/import.ts';
import { shelved } from '#tests/support/bring.ts';
import { startTestServer } from '#tests/support/test-server.ts';
import type { TestServer } from '#tests/support/test-server.ts';
import { makeRoom, Visitor } from '#tests/support/visitor.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

/** More comments than a member may send commands at once. */
const COMMENTS = 200;

async function commentedDocx(): Promise<Uint8Array<ArrayBuffer>> {
  const date = new Date('2026-03-01T10:00:00Z');
  const document = new Document({
    comments: {
      children: Array.from({ length: COMMENTS }, (_, id) => ({
        id,
        author: 'Bo *Ink*',
        date,
        children: [new Paragraph(`Remark ${id}`)],
      })),
    },
    sections: [
      {
        children: Array.from(
          { length: COMMENTS },
          (_, id) =>
            new Paragraph({
              children: [
                new TextRun('It was '),
                new CommentRangeStart(id),
                new TextRun(`dark ${id}`),
                new CommentRangeEnd(id),
                new TextRun({ children: [new CommentReference(id)] }),
                new TextRun('.'),
              ],
            }),
        ),
      },
    ],
  });
  return new Uint8Array(await Packer.toBuffer(document));
}

async function bring(host: Visitor, room: string, comments: boolean): Promise<Annotation[]> {
  const form = new FormData();
  form.append('file', new Blob([await commentedDocx()]), 'lamp.docx');
  const queued = await host.ask<Import>('POST', `/api/rooms/${room}/books`, form);
  const ended = await shelved(host, queued.body.id, { comments });
  expect(ended.error).toBeNull();
  const book = await host.ask<Book>('GET', `/api/rooms/${room}/books/${ended.book}`);
  const chapter = book.body.chapters[0]?.id;
  const margin = await host.ask<{ annotations: Annotation[] }>('GET', `/api/rooms/${room}/chapters/${chapter}/margin`);
  return margin.body.annotations;
}

describe('comments of a Word document', () => {
  it('IM135 become notes of whoever brings it, at their words and with their author’s name, all of them, if one wishes', async () => {
    const host = new Visitor(server.origin);
    const { room, member } = await makeRoom(host);
    const notes = await bring(host, room.id, true);
    expect(notes).toHaveLength(COMMENTS);
    expect(notes.every(({ author }) => author === member.id)).toBe(true);
    const third = notes.find(({ body }) => body === '**Bo Ink:** Remark 3');
    expect(third?.anchor).toMatchObject({ quote: { exact: 'dark 3', prefix: expect.stringContaining('It was ') } });
  });

  it('IM135 and stay out where nobody wishes', async () => {
    const host = new Visitor(server.origin);
    const { room } = await makeRoom(host);
    expect(await bring(host, room.id, false)).toEqual([]);
  });
});
