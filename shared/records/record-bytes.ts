import { byteLength } from '#shared/text/measure.ts';
import type { Annotation, Reply } from './annotation.ts';

/** Ids, times, flags and what carries them, in rows, documents and memory: about this much beside the words. */
const FRAME_BYTES = 200;
/** One member under one emoji. */
export const REACTION_BYTES = 40;

/** What a note weighs against the limits: its words, the words it quotes with their context, and its frame. */
export function annotationBytes({ body, anchor }: Pick<Annotation, 'body' | 'anchor'>): number {
  if (anchor === null) return FRAME_BYTES + byteLength(body);
  const { exact, prefix, suffix } = anchor.quote;
  return FRAME_BYTES + byteLength(body) + byteLength(exact) + byteLength(prefix) + byteLength(suffix);
}

export const replyBytes = ({ body }: Pick<Reply, 'body'>): number => FRAME_BYTES + byteLength(body);
