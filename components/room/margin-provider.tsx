'use client';

import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import type { Command } from '#shared/protocol/command.ts';
import type { Refusal } from '#shared/protocol/refusal.ts';
import type { Chapter } from '#shared/records/book.ts';
import type { MarginRecords } from '#shared/records/margin-document.ts';
import { type DocumentState, emptyDocument } from './document-state.ts';
import type { MarginConnection } from './margin-connection.ts';
import type { OutboxEntry } from './outbox.ts';
import { isShown, withOverlay } from './overlay.ts';
import { useRoom, useRoomState, useSlice } from './room-provider.tsx';
import { placedIn, type PlacedRecords } from './placed-records.ts';
import { createSlice } from './slice.ts';

/** What stands between a record and 'saved': nothing (absent), the network, or a refusal with its words. */
export type Unsaved = { state: 'waiting' | 'sending' } | { state: 'refused'; refusal: Refusal; command: Command };

/**
 * The margin of the chapter on the page: the room's and one's own private notes together, with what is still unsaved laid
 * over them. `unsaved` is keyed by record id (annotation, reply, or reaction target). `synced` is false until the
 * server's whole state has come once.
 */
export interface Margin extends MarginRecords {
  synced: boolean;
  unsaved: ReadonlyMap<string, Unsaved>;
  /** Notes that did not surely find their words in the text on the page; they are not among `annotations`. */
  lost: PlacedRecords['lost'];
  /** Records as the server last said, without the overlay: what a refused edit falls back to. */
  confirmed: MarginRecords;
}

const MarginContext = createContext<Margin | null>(null);
const nothing = createSlice<DocumentState>(emptyDocument);

interface Links {
  margin: MarginConnection;
  notes: MarginConnection;
}

export function MarginProvider({ chapter, children }: { chapter: Chapter; children: ReactNode }) {
  const room = useRoom();
  const {
    room: { id: roomId },
    you,
  } = useRoomState();
  const [links, setLinks] = useState<Links | null>(null);

  // Yjs is fetched when the page is already there to read, and never runs on the server.
  useEffect(() => {
    let left = false;
    let opened: Links | null = null;
    const refused = (code: number) => room.documentRefused(code);
    const openLinks = async () => {
      const { MarginConnection } = await import('./margin-connection.ts');
      if (left) return;
      opened = {
        margin: new MarginConnection(roomId, 'margin', chapter.id, refused),
        notes: new MarginConnection(roomId, 'notes', chapter.id, refused),
      };
      setLinks(opened);
    };
    void openLinks();
    return () => {
      left = true;
      opened?.margin.close();
      opened?.notes.close();
    };
  }, [room, roomId, chapter.id]);

  const margin = useSlice(links?.margin.state ?? nothing);
  const notes = useSlice(links?.notes.state ?? nothing);
  const entries = useSlice(room.outbox.entries);

  const confirmed = useMemo(() => joined(margin.records, notes.records), [margin.records, notes.records]);
  useEffect(() => {
    if (entries.length > 0) room.outbox.settle((command) => isShown(confirmed, command, you));
  }, [room, confirmed, entries, you]);

  const placed = useMemo(() => placedIn(chapter.hash, confirmed), [chapter.hash, confirmed]);
  const here = useMemo(() => entries.filter(({ command }) => isOfChapter(command, chapter.id)), [entries, chapter.id]);
  const unsaved = useMemo(() => unsavedByRecord(here), [here]);
  const value = useMemo((): Margin => {
    const context = { me: you, blocks: chapter.blocks, hash: chapter.hash };
    const synced = margin.synced && notes.synced;
    return { ...withOverlay(placed.records, here, context), lost: placed.lost, confirmed, synced, unsaved };
  }, [confirmed, placed, here, unsaved, margin.synced, notes.synced, chapter, you]);

  return <MarginContext value={value}>{children}</MarginContext>;
}

export function useMargin(): Margin {
  const margin = useContext(MarginContext);
  if (margin === null) throw new Error('useMargin outside of a MarginProvider');
  return margin;
}

function joined(margin: MarginRecords, notes: MarginRecords): MarginRecords {
  if (notes.annotations.size === 0) return margin;
  const annotations = new Map(margin.annotations);
  for (const [id, note] of notes.annotations) annotations.set(id, note);
  return { ...margin, annotations };
}

/** Only a create names its chapter; what changes a record of another chapter finds nothing here and does no harm. */
const isOfChapter = (command: Command, chapter: Chapter['id']): boolean =>
  command.kind !== 'annotation.create' || command.chapter === chapter;

function unsavedByRecord(entries: readonly OutboxEntry[]): ReadonlyMap<string, Unsaved> {
  const unsaved = new Map<string, Unsaved>();
  for (const entry of entries) {
    const record = recordOf(entry.command);
    if (record === null || entry.state === 'saved') continue;
    unsaved.set(
      record,
      entry.state === 'refused'
        ? { state: 'refused', refusal: entry.refusal, command: entry.command }
        : { state: entry.state },
    );
  }
  return unsaved;
}

function recordOf(command: Command): string | null {
  switch (command.kind) {
    case 'annotation.create':
    case 'annotation.edit':
    case 'annotation.delete':
    case 'annotation.undelete':
      return command.annotation;
    case 'reply.create':
    case 'reply.edit':
    case 'reply.delete':
    case 'reply.undelete':
      return command.reply;
    case 'reaction.toggle':
      return command.target;
    default:
      return null;
  }
}
