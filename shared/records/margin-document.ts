import type * as Y from 'yjs';
import type { Annotation, Reactions, Reply } from './annotation.ts';
import type { AnnotationId, ReplyId } from './ids.ts';

/**
 * The shape of a margin's Yjs document, and of the document with one member's private notes, which has the same shape.
 * Only the server writes it. Each record is one plain JSON value under its id, replaced whole: there is no co-edited
 * text in a margin, so nested shared types would buy nothing and cost memory.
 * Roots: `annotations` (id to Annotation), `replies` (id to Reply), `reactions` (target id to Reactions),
 * `meta` (`lineage`: the id that changes when the document had to be rebuilt).
 */
export interface MarginMaps {
  annotations: Y.Map<Annotation>;
  replies: Y.Map<Reply>;
  reactions: Y.Map<Reactions>;
  meta: Y.Map<string>;
}

export function marginMaps(doc: Y.Doc): MarginMaps {
  return {
    annotations: doc.getMap<Annotation>('annotations'),
    replies: doc.getMap<Reply>('replies'),
    reactions: doc.getMap<Reactions>('reactions'),
    meta: doc.getMap<string>('meta'),
  };
}

/** All that one margin holds, as plain values. */
export interface MarginRecords {
  annotations: ReadonlyMap<AnnotationId, Annotation>;
  replies: ReadonlyMap<ReplyId, Reply>;
  reactions: ReadonlyMap<string, Reactions>;
}
