import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { z } from 'zod';
import { PAD_SAVED } from '#shared/protocol/pad-sync.ts';
import type { MemberId } from '#shared/records/ids.ts';
import { CARETS_PER_FRAME_MAX, CARET_MAX_BYTES } from '#server/limits.ts';

const MESSAGE_SYNC = 0;
const MESSAGE_AWARENESS = 1;
const MESSAGE_QUERY_AWARENESS = 3;
const SYNC_STEP_1 = 0;
const SYNC_STEP_2 = 1;
const SYNC_UPDATE = 2;

const idSchema = z.object({ client: z.number().int().nonnegative(), clock: z.number().int().nonnegative() });
const positionSchema = z.object({
  type: idSchema.nullish(),
  tname: z.string().max(40).nullish(),
  item: idSchema.nullish(),
  assoc: z.number().int().min(-1).max(0).optional(),
});
/** Two relative positions of Yjs, from where to where is selected. */
const cursorSchema = z.object({ anchor: positionSchema, head: positionSchema });
const awarenessSchema = z.object({ cursor: cursorSchema.nullish().catch(null) });

export type PadCursor = z.infer<typeof cursorSchema>;

export type PadFrame =
  | { kind: 'asks'; stateVector: Uint8Array }
  /** `isWhole` is the answer to our step 1: all that this client has and we have not. */
  | { kind: 'writes'; update: Uint8Array; isWhole: boolean }
  /** Such an answer without anything in it. */
  | { kind: 'has-nothing' }
  /** This socket's own caret; null when it has none any more. */
  | { kind: 'caret'; cursor: PadCursor | null }
  | { kind: 'idle' };

const isEmptyUpdate = (update: Uint8Array): boolean => update.length === 2 && update[0] === 0 && update[1] === 0;

/** Reads one frame of the socket that has this client id; null when it is not of the protocol. */
export function readPadFrame(frame: Uint8Array, client: number): PadFrame | null {
  try {
    const decoder = decoding.createDecoder(frame);
    const type = decoding.readVarUint(decoder);
    if (type === MESSAGE_QUERY_AWARENESS) return { kind: 'idle' };
    if (type === MESSAGE_AWARENESS) return readCaret(decoding.readVarUint8Array(decoder), client);
    if (type !== MESSAGE_SYNC) return null;
    const step = decoding.readVarUint(decoder);
    const payload = decoding.readVarUint8Array(decoder);
    if (decoding.hasContent(decoder)) return null;
    if (step === SYNC_STEP_1) return { kind: 'asks', stateVector: payload };
    if (step !== SYNC_STEP_2 && step !== SYNC_UPDATE) return null;
    const isWhole = step === SYNC_STEP_2;
    if (isEmptyUpdate(payload)) return { kind: isWhole ? 'has-nothing' : 'idle' };
    return { kind: 'writes', update: payload, isWhole };
  } catch {
    return null;
  }
}

/** Entries under other ids are no news: each socket speaks for itself alone. */
function readCaret(update: Uint8Array, client: number): PadFrame | null {
  const decoder = decoding.createDecoder(update);
  const entries = Math.min(decoding.readVarUint(decoder), CARETS_PER_FRAME_MAX);
  for (let index = 0; index < entries; index += 1) {
    const id = decoding.readVarUint(decoder);
    decoding.readVarUint(decoder);
    const text = decoding.readVarString(decoder);
    if (id !== client) continue;
    if (text.length > CARET_MAX_BYTES) return null;
    const state = awarenessSchema.nullable().safeParse(JSON.parse(text));
    return state.success ? { kind: 'caret', cursor: state.data?.cursor ?? null } : null;
  }
  return { kind: 'idle' };
}

export function askFrame(stateVector: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, MESSAGE_SYNC);
  encoding.writeVarUint(encoder, SYNC_STEP_1);
  encoding.writeVarUint8Array(encoder, stateVector);
  return encoding.toUint8Array(encoder);
}

export function savedFrame(writes: number, lineage: string): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, PAD_SAVED);
  encoding.writeVarUint(encoder, writes);
  encoding.writeVarString(encoder, lineage);
  return encoding.toUint8Array(encoder);
}

/** One awareness entry; `state` null says that this client is gone. */
export function awarenessEntry(
  client: number,
  clock: number,
  state: { member: MemberId; cursor: PadCursor | null } | null,
): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, client);
  encoding.writeVarUint(encoder, clock);
  encoding.writeVarString(encoder, JSON.stringify(state));
  return encoding.toUint8Array(encoder);
}

export function awarenessFrame(entries: readonly Uint8Array[]): Uint8Array {
  const update = encoding.createEncoder();
  encoding.writeVarUint(update, entries.length);
  for (const entry of entries) encoding.writeUint8Array(update, entry);
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, MESSAGE_AWARENESS);
  encoding.writeVarUint8Array(encoder, encoding.toUint8Array(update));
  return encoding.toUint8Array(encoder);
}
