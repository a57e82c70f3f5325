import type { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as decoding from 'lib0/decoding';
import * as ws from 'ws';
import * as Y from 'yjs';
import { newId } from '#shared/records/ids.ts';
import type { AnnotationId } from '#shared/records/ids.ts';
import { marginMaps } from '#shared/records/margin-document.ts';
import type { SharedDocument } from '#server/rooms/rooms.ts';
import { LiveDocument } from '#server/rooms/live-document.ts';
import { Audience } from '#server/sync/audience.ts';
import type { Reader } from '#server/sync/audience.ts';
import { webSocketFrame } from '#server/sync/web-socket-frame.ts';
import { command, ReadingGroup } from '#tests/support/reading-group.ts';

// `ws` exports the parser of frames that its clients use; its types do not speak of it.
const { Receiver } = ws as unknown as { Receiver: new (options: object) => Writable };

/** A reader whose copy is made of the frames that it was given, read as a browser reads them. */
class Copy implements Reader {
  readonly doc = new Y.Doc();
  answers: Uint8Array[] = [];
  sent: Buffer[] = [];
  readonly #receiver = new Receiver({ isServer: false, allowSynchronousEvents: true });

  constructor() {
    this.#receiver.on('message', (data: Buffer) => {
      const decoder = decoding.createDecoder(data);
      decoding.readVarUint(decoder);
      decoding.readVarUint(decoder);
      Y.applyUpdate(this.doc, decoding.readVarUint8Array(decoder));
    });
  }

  answer(pieces: readonly Uint8Array[]): void {
    this.answers.push(...pieces);
    for (const piece of pieces) this.#receiver.write(Buffer.from(piece));
  }

  send(frame: Buffer): void {
    this.sent.push(frame);
    this.#receiver.write(frame);
  }

  bodies(): string[] {
    return [...marginMaps(this.doc).annotations.values()].map(({ body }) => body).toSorted();
  }
}

const nothing = new Uint8Array([0]);

describe('the readers of a document', () => {
  let group: ReadingGroup;
  let document: SharedDocument;
  let audience: Audience;
  beforeEach(async () => {
    // Sending takes no time unless a test says so.
    vi.useFakeTimers({ toFake: ['performance', 'setTimeout', 'clearTimeout'] });
    group = await ReadingGroup.gather();
    document = await group.marginDocument();
    audience = new Audience(document, () => undefined);
  });
  afterEach(async () => {
    vi.useRealTimers();
    audience.end();
    await group.disband();
  });

  const newcomer = () => {
    const copy = new Copy();
    audience.enter(copy);
    audience.catchUp(copy, nothing);
    return copy;
  };

  it('SY30 are sent an update at once when it is quiet', async () => {
    const copy = newcomer();
    await group.note(group.host, 'one');
    expect(copy.sent).toHaveLength(1);
    expect(copy.bodies()).toEqual(['one']);
  });

  it('SY30 are sent together what comes while the last sending rests', () => {
    const written = LiveDocument.create(newId(), []);
    const crowd = new Audience(written, () => undefined);
    const copy = new Copy();
    const slow: Reader = { answer: () => undefined, send: () => vi.advanceTimersByTime(5) };
    for (const reader of [copy, slow]) {
      crowd.enter(reader);
      crowd.catchUp(reader, nothing);
    }
    const keys = ['one', 'two', 'three', 'four'];
    for (const key of keys) {
      const update = written.stage([{ root: 'meta', key, value: key }]);
      if (update) written.publish(update);
    }
    expect(copy.sent).toHaveLength(1);
    vi.advanceTimersByTime(4);
    expect(copy.sent).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(copy.sent).toHaveLength(2);
    expect(keys.map((key) => marginMaps(copy.doc).meta.get(key))).toEqual(keys);
    crowd.end();
  });

  it('SY31 get the document as it was encoded for those before them, and what came since', async () => {
    await group.note(group.host, 'before');
    const encode = vi.spyOn(document, 'diff');
    const first = newcomer();
    await group.note(group.host, 'since');
    const second = newcomer();
    expect(encode).toHaveBeenCalledTimes(1);
    expect(second.answers[1]).toBe(first.answers[1]);
    expect(second.bodies()).toEqual(['before', 'since']);
    await group.note(group.host, 'after');
    expect([first.bodies(), second.bodies()]).toEqual([
      ['after', 'before', 'since'],
      ['after', 'before', 'since'],
    ]);
  });

  it('SY31 cost nothing more once no one has come for a while', async () => {
    newcomer();
    const encode = vi.spyOn(document, 'diff');
    audience.rest();
    newcomer();
    expect(encode).not.toHaveBeenCalled();
    audience.rest();
    audience.rest();
    newcomer();
    expect(encode).toHaveBeenCalledTimes(1);
  });

  it('SY32 never get words that were hidden or taken back before they came', async () => {
    const annotation = newId<AnnotationId>();
    const words = 'Words that nobody is to read any more';
    await group.room.submit(
      group.host.id,
      command({
        kind: 'annotation.create',
        annotation,
        chapter: group.chapter.id,
        passage: null,
        colour: 'clay',
        body: words,
        visibility: 'room',
      }),
    );
    newcomer();
    await group.room.submit(group.host.id, command({ kind: 'record.hide', target: annotation }));
    const late = newcomer();
    expect(late.answers.every((piece) => !Buffer.from(piece).includes(words))).toBe(true);
    expect(late.bodies()).toEqual(['']);
  });

  it.each([0, 125, 126, 65_535, 65_536, 70_000])('SY33 a frame of %d bytes reads back as it was', (length) => {
    const message = Buffer.alloc(length, 7);
    const receiver = new Receiver({ isServer: false, allowSynchronousEvents: true });
    const read: Buffer[] = [];
    receiver.on('message', (data: Buffer, isBinary: boolean) => isBinary && read.push(data));
    receiver.write(webSocketFrame(message));
    expect(read).toEqual([message]);
  });
});
