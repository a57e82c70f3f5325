import * as decoding from 'lib0/decoding';
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { PAD_SAVED } from '#shared/protocol/pad-sync.ts';
import { PROTOCOL_VERSION } from '#shared/protocol/version.ts';
import { padText } from '#shared/records/pad-block.ts';
import { PAD_ROOT } from '#shared/records/pad-document.ts';
import { readBlocks } from '#shared/records/read-pad-blocks.ts';
import type { Visitor } from './visitor.ts';

/** A paragraph as the editor makes one. */
export function paragraph(words: string): Y.XmlElement {
  const element = new Y.XmlElement('paragraph');
  element.insert(0, [new Y.XmlText(words)]);
  return element;
}

export const fragmentOf = (doc: Y.Doc): Y.XmlFragment => doc.getXmlFragment(PAD_ROOT);
export const textOf = (doc: Y.Doc): string => padText(readBlocks(fragmentOf(doc)));

export function addParagraph(doc: Y.Doc, words: string, at = fragmentOf(doc).length): void {
  fragmentOf(doc).insert(at, [paragraph(words)]);
}

/** Where a socket under this client id finds the pad. */
export const padAddress = (room: string, book: string, client: number | string): string =>
  `/sync/${room}/pad/${book}?protocol=${PROTOCOL_VERSION}&client=${client}`;

/** One browser in a pad: the real y-websocket client, and what the server says is saved. */
export class PadWriter {
  readonly doc: Y.Doc;
  readonly provider: WebsocketProvider;
  readonly refused: Promise<number>;
  /** How many of this socket's updates are on the server's disk. */
  saved = 0;
  lineage: string | null = null;
  readonly #waiting = new Set<() => void>();

  constructor(who: Visitor, room: string, book: string, doc = new Y.Doc(), params: Record<string, string> = {}) {
    class WithCookie extends WebSocket {
      constructor(url: string | URL) {
        super(url, { headers: { cookie: who.cookie ?? '' } });
      }
    }
    this.doc = doc;
    this.provider = new WebsocketProvider(`${who.origin.replace('http', 'ws')}/sync`, `${room}/pad/${book}`, doc, {
      WebSocketPolyfill: WithCookie as unknown as typeof globalThis.WebSocket,
      disableBc: true,
      params: { protocol: String(PROTOCOL_VERSION), client: String(doc.clientID), ...params },
    });
    this.provider.messageHandlers[PAD_SAVED] = (_encoder, decoder) => {
      this.saved = decoding.readVarUint(decoder);
      this.lineage = decoding.readVarString(decoder);
      this.#check();
    };
    this.refused = new Promise((resolve) =>
      this.provider.once('closed', (event: { code: number }) => resolve(event.code)),
    );
    this.provider.on('sync', () => this.#check());
    this.provider.on('status', () => this.#check());
    this.provider.awareness.on('change', () => this.#check());
    doc.on('update', () => this.#check());
  }

  /** Resolves when this holds; asked again whenever something arrives. */
  until(holds: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const check = () => {
        if (!holds()) return;
        this.#waiting.delete(check);
        resolve();
      };
      this.#waiting.add(check);
      check();
    });
  }

  /** In step with the server: it has answered what we lack, and everything of ours is on its disk. */
  get synced(): Promise<void> {
    return this.until(() => this.provider.synced && this.lineage !== null);
  }

  reads(words: string): Promise<void> {
    return this.until(() => textOf(this.doc).includes(words));
  }

  /** Writes, and resolves when the server says that it is saved. */
  async add(words: string): Promise<void> {
    const before = this.saved;
    addParagraph(this.doc, words);
    await this.until(() => this.saved > before);
  }

  /** Writes, and resolves with whether it is saved or with which code the pad was closed. */
  tries(words: string): Promise<number | 'saved'> {
    return Promise.race([this.refused, this.add(words).then(() => 'saved' as const)]);
  }

  leave(): void {
    this.provider.destroy();
  }

  #check(): void {
    for (const check of this.#waiting) check();
  }
}
