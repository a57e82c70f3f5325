import { Awareness } from 'y-protocols/awareness';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { closeCodes, isFinalClose } from '#shared/protocol/close-codes.ts';
import type { Annotation, Reactions, Reply } from '#shared/records/annotation.ts';
import type { AnnotationId, ChapterId, ReplyId, RoomId } from '#shared/records/ids.ts';
import { PROTOCOL_VERSION } from '#shared/protocol/version.ts';
import { marginMaps } from '#shared/records/margin-document.ts';
import { comeBackAfter } from './come-back.ts';
import { type DocumentState, emptyDocument } from './document-state.ts';
import { createSlice, type Slice } from './slice.ts';

/**
 * One read-only document of a chapter, kept in step by y-websocket: the room's margin, or one's own private notes.
 * Presence does not travel here, so the awareness that y-websocket insists on stays empty and silent; and tabs do not
 * talk to each other behind the server's back (`disableBc`).
 */
export class MarginConnection {
  readonly state: Slice<DocumentState>;
  #state = createSlice<DocumentState>(emptyDocument);
  #provider: WebsocketProvider | null = null;
  #doc: Y.Doc | null = null;
  /** Tries to connect that failed since the last time it worked. */
  #tries = 0;
  readonly #url: string;
  readonly #name: string;
  readonly #refused: (code: number) => void;

  /** `refused` is told of a close that is final; for another lineage the connection itself fetches anew. */
  constructor(room: RoomId, kind: 'margin' | 'notes', chapter: ChapterId, refused: (code: number) => void) {
    this.#refused = refused;
    this.state = this.#state;
    this.#url = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/sync/${room}`;
    this.#name = `${kind}/${chapter}`;
    this.#open();
    window.addEventListener('offline', this.#onNetworkGone);
    window.addEventListener('online', this.#onNetworkBack);
  }

  close(): void {
    window.removeEventListener('offline', this.#onNetworkGone);
    window.removeEventListener('online', this.#onNetworkBack);
    this.#drop();
  }

  // A half-open socket would keep silent for half a minute after the tunnel; a new one asks for what was missed at once.
  #onNetworkGone = (): void => this.#provider?.disconnect();
  #onNetworkBack = (): void => this.#provider?.connect();

  // y-websocket itself would come back after a tenth of a second, everybody at once.
  #comeBack(provider: WebsocketProvider): void {
    setTimeout(() => this.#provider === provider && provider.connect(), comeBackAfter(this.#tries));
    this.#tries += 1;
  }

  #drop(): void {
    this.#provider?.destroy();
    this.#doc?.destroy();
    this.#provider = null;
    this.#doc = null;
  }

  #open(): void {
    const doc = new Y.Doc();
    const awareness = new Awareness(doc);
    awareness.setLocalState(null);
    const provider = new WebsocketProvider(this.#url, this.#name, doc, {
      awareness,
      disableBc: true,
      params: { protocol: String(PROTOCOL_VERSION) },
    });
    const { annotations, replies, reactions, meta } = marginMaps(doc);
    doc.on('afterTransaction', (transaction: Y.Transaction) => {
      const before = this.#state.get();
      const records = {
        annotations: changed<AnnotationId, Annotation>(before.records.annotations, annotations, transaction),
        replies: changed<ReplyId, Reply>(before.records.replies, replies, transaction),
        reactions: changed<string, Reactions>(before.records.reactions, reactions, transaction),
      };
      const lineage = meta.get('lineage');
      if (lineage !== undefined) provider.params = { ...provider.params, lineage };
      const same =
        records.annotations === before.records.annotations &&
        records.replies === before.records.replies &&
        records.reactions === before.records.reactions;
      if (!same) this.#state.set({ ...before, records });
    });
    provider.on('sync', (synced: boolean) => {
      if (!synced) return;
      this.#tries = 0;
      this.#state.set({ ...this.#state.get(), synced: true });
    });
    provider.on('connection-close', (event: CloseEvent | null) => {
      if (event === null) return;
      provider.disconnect();
      if (!isFinalClose(event.code)) return this.#comeBack(provider);
      if (event.code !== closeCodes.lineage) return this.#refused(event.code);
      this.#drop();
      this.#state.set(emptyDocument);
      this.#open();
    });
    this.#doc = doc;
    this.#provider = provider;
  }
}

/** The plain values of a map after a transaction; the same Map object when the transaction did not touch it. */
function changed<Id extends string, T>(
  before: ReadonlyMap<Id, T>,
  source: Y.Map<T>,
  transaction: Y.Transaction,
): ReadonlyMap<Id, T> {
  const keys = transaction.changed.get(source as unknown as Y.AbstractType<Y.YEvent<Y.Map<T>>>);
  if (keys === undefined) return before;
  const after = new Map(before);
  for (const key of keys) {
    if (key === null) continue;
    const value = source.get(key);
    if (value === undefined) after.delete(key as Id);
    else after.set(key as Id, value);
  }
  return after;
}
