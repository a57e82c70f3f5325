import * as decoding from 'lib0/decoding';
import { IndexeddbPersistence } from 'y-indexeddb';
import { Awareness } from 'y-protocols/awareness';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { closeCodes, isFinalClose } from '#shared/protocol/close-codes.ts';
import { PAD_SAVED } from '#shared/protocol/pad-sync.ts';
import { PROTOCOL_VERSION } from '#shared/protocol/version.ts';
import type { BookId, MemberId, RoomId } from '#shared/records/ids.ts';
import { padText } from '#shared/records/pad-block.ts';
import { PAD_ROOT } from '#shared/records/pad-document.ts';
import { readBlocks } from '#shared/records/read-pad-blocks.ts';
import { createSlice, type Slice } from '#components/room/slice.ts';
import { countingSocket, type WriteCount } from './counting-socket.ts';

/** Browsers that are refused again and again stop: something is wrong that coming back does not mend. */
const REFUSALS_MAX = 3;
/** Saving is said only when it takes longer than a blink. */
const SAVING_SHOWN_AFTER_MS = 1_200;
const CLOSE_TOO_BIG = 1009;

const givenUp: ReadonlySet<number> = new Set([
  closeCodes.signedOut,
  closeCodes.forbidden,
  closeCodes.notFound,
  closeCodes.outdated,
  closeCodes.tooMany,
  // What was written stays on the device, and is sent when one may write again.
  closeCodes.readOnly,
]);

/** How it stands with what was written here. `closed` is final: the page says why, by the code. */
export type PadSaving =
  | { state: 'opening' }
  | { state: 'saved' }
  | { state: 'saving' }
  | { state: 'offline'; unsaved: boolean }
  | { state: 'closed'; code: number };

/** A document and its company; replaced as a whole when a copy had to be given up. */
export interface PadCopy {
  doc: Y.Doc;
  awareness: Awareness;
}

/**
 * One browser's link with a pad: y-websocket, a copy in IndexedDB, and what is said about saving. A copy that the server
 * refused is thrown away for a fresh one under another client id, as is one of a pad that was rebuilt; words that were
 * in it alone are kept to be copied.
 */
export class PadSession {
  readonly copy: Slice<PadCopy | null>;
  readonly saving: Slice<PadSaving>;
  /** Who is in the pad, oneself left out, each once. */
  readonly others: Slice<readonly MemberId[]>;
  /** Lines that could not be kept in the pad. */
  readonly kept: Slice<string>;
  readonly #copy = createSlice<PadCopy | null>(null);
  readonly #saving = createSlice<PadSaving>({ state: 'opening' });
  readonly #others = createSlice<readonly MemberId[]>([]);
  readonly #kept = createSlice('');
  readonly #server: string;
  readonly #name: string;
  readonly #storage: string;
  readonly #mayWrite: boolean;
  #provider: WebsocketProvider | null = null;
  #persistence: IndexeddbPersistence | null = null;
  #dirty = false;
  #refusals = 0;
  #refused = '';
  #closed = false;
  #savingTimer: ReturnType<typeof setTimeout> | null = null;

  /** Who may not write is shown the room's pad alone, without what may wait on the device from when they could. */
  constructor(room: RoomId, book: BookId, member: MemberId, mayWrite: boolean) {
    this.copy = this.#copy;
    this.saving = this.#saving;
    this.others = this.#others;
    this.kept = this.#kept;
    this.#server = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/sync/${room}/pad`;
    this.#name = book;
    // A browser may become somebody else in the room, who has no claim on what this one wrote.
    this.#mayWrite = mayWrite;
    this.#storage = `lectern-pad:${room}:${book}:${member}`;
    void this.#open();
    window.addEventListener('offline', this.#onNetworkGone);
    window.addEventListener('online', this.#onNetworkBack);
  }

  forgetKept(): void {
    this.#kept.set('');
    void this.#persistence?.del('kept');
  }

  close(): void {
    this.#closed = true;
    window.removeEventListener('offline', this.#onNetworkGone);
    window.removeEventListener('online', this.#onNetworkBack);
    if (this.#savingTimer !== null) clearTimeout(this.#savingTimer);
    this.#drop();
  }

  #onNetworkGone = (): void => this.#provider?.disconnect();
  #onNetworkBack = (): void => this.#provider?.connect();

  #drop(): void {
    this.#provider?.destroy();
    void this.#persistence?.destroy();
    this.#copy.get()?.awareness.destroy();
    this.#copy.get()?.doc.destroy();
    this.#provider = null;
    this.#persistence = null;
  }

  async #open(): Promise<void> {
    const doc = new Y.Doc();
    const awareness = new Awareness(doc);
    const persistence = this.#mayWrite ? new IndexeddbPersistence(this.#storage, doc) : null;
    this.#persistence = persistence;
    await persistence?.whenSynced;
    const lineage: unknown = await persistence?.get('lineage');
    if (persistence) await this.#rememberLines(persistence);
    if (this.#closed || this.#persistence !== persistence) return;
    const count: WriteCount = { sent: 0, saved: 0 };
    const provider = new WebsocketProvider(this.#server, this.#name, doc, {
      awareness,
      disableBc: true,
      maxBackoffTime: 8_000,
      WebSocketPolyfill: countingSocket(count, doc.clientID),
      params: {
        protocol: String(PROTOCOL_VERSION),
        client: String(doc.clientID),
        ...(typeof lineage === 'string' ? { lineage } : {}),
      },
    });
    this.#provider = provider;
    this.#listen(provider, persistence, count);
    this.#copy.set({ doc, awareness });
  }

  #listen(provider: WebsocketProvider, persistence: IndexeddbPersistence | null, count: WriteCount): void {
    const { doc, awareness } = provider;
    provider.messageHandlers[PAD_SAVED] = (_encoder, decoder) => {
      count.saved = decoding.readVarUint(decoder);
      const lineage = decoding.readVarString(decoder);
      if (provider.params.lineage !== lineage) {
        provider.params = { ...provider.params, lineage };
        void persistence?.set('lineage', lineage);
      }
      this.#refusals = count.saved > 0 ? 0 : this.#refusals;
      if (count.saved >= count.sent) this.#dirty = false;
      this.#say();
      void this.#keepLostWords(doc, persistence);
    };
    doc.on('update', (_update: Uint8Array, origin: unknown) => {
      if (origin === provider || origin === persistence) return;
      this.#dirty = true;
      this.#say();
    });
    awareness.on('change', () => this.#others.set(membersOf(awareness)));
    provider.on('status', () => this.#say());
    provider.on('connection-close', (event: CloseEvent | null) => {
      this.#say();
      const isFinal = event !== null && (isFinalClose(event.code) || event.code === CLOSE_TOO_BIG);
      if (isFinal) void this.#refuse(provider, persistence, event.code);
    });
  }

  async #refuse(provider: WebsocketProvider, persistence: IndexeddbPersistence | null, code: number): Promise<void> {
    provider.disconnect();
    this.#refusals += 1;
    if (givenUp.has(code) || this.#refusals > REFUSALS_MAX) {
      this.#saving.set({ state: 'closed', code });
      return;
    }
    // Not only what is not saved yet: of what the server had on its disk it may have lost something as well.
    if (persistence) this.#refused = textOf(provider.doc);
    this.#dirty = false;
    await persistence?.clearData();
    if (this.#closed) return;
    this.#drop();
    this.#copy.set(null);
    this.#saving.set({ state: 'opening' });
    await this.#open();
  }

  /** What the refused copy said and the pad does not, beside what was kept before. */
  async #keepLostWords(doc: Y.Doc, persistence: IndexeddbPersistence | null): Promise<void> {
    if (this.#refused === '') return;
    const present = new Set([textOf(doc), this.#kept.get()].flatMap((text) => text.split('\n')));
    const lost = this.#refused.split('\n').filter((line) => line.trim() !== '' && !present.has(line));
    this.#refused = '';
    if (lost.length > 0) this.#kept.set([this.#kept.get(), ...lost].filter((line) => line !== '').join('\n'));
    await persistence?.set('kept', this.#kept.get());
    await persistence?.del('refused');
  }

  /** Both stand beside the copy in IndexedDB, so that closing the page loses none of them. */
  async #rememberLines(persistence: IndexeddbPersistence): Promise<void> {
    if (this.#refused === '') this.#refused = lines(await persistence.get('refused'));
    else await persistence.set('refused', this.#refused);
    if (this.#kept.get() === '') this.#kept.set(lines(await persistence.get('kept')));
    else await persistence.set('kept', this.#kept.get());
  }

  #say(): void {
    const provider = this.#provider;
    if (provider === null || this.#saving.get().state === 'closed') return;
    if (!provider.wsconnected) {
      const isOpening = this.#saving.get().state === 'opening' && !this.#dirty;
      if (!isOpening || !navigator.onLine) this.#set({ state: 'offline', unsaved: this.#dirty });
    } else if (!this.#dirty) {
      this.#set({ state: 'saved' });
    } else if (this.#saving.get().state !== 'saving') {
      this.#savingTimer ??= setTimeout(() => {
        this.#savingTimer = null;
        if (this.#dirty && this.#provider?.wsconnected) this.#set({ state: 'saving' });
      }, SAVING_SHOWN_AFTER_MS);
      // Just back: what was written meanwhile is on its way.
      if (this.#saving.get().state === 'offline') this.#set({ state: 'saving' });
    }
  }

  #set(saving: PadSaving): void {
    const before = this.#saving.get();
    const same =
      before.state === saving.state &&
      (saving.state !== 'offline' || (before as { unsaved?: boolean }).unsaved === saving.unsaved);
    if (!same) this.#saving.set(saving);
  }
}

const lines = (stored: unknown): string => (typeof stored === 'string' ? stored : '');

const textOf = (doc: Y.Doc): string => padText(readBlocks(doc.getXmlFragment(PAD_ROOT)));

function membersOf(awareness: Awareness): readonly MemberId[] {
  const members = new Set<MemberId>();
  for (const [client, state] of awareness.getStates()) {
    const { member } = state as { member?: MemberId };
    if (client !== awareness.clientID && member !== undefined) members.add(member);
  }
  return [...members];
}
