import * as Y from 'yjs';
import type { Annotation, Reactions, Reply } from '#shared/records/annotation.ts';
import { marginMaps } from '#shared/records/margin-document.ts';
import type { StoredDocument, StoredMargin } from '#server/storage/store.ts';

/** What a document shows. */
export interface Contents {
  annotations: Record<string, Annotation>;
  replies: Record<string, Reply>;
  reactions: Record<string, Reactions>;
}

export function contentsOf(doc: Y.Doc): Contents {
  const { annotations, replies, reactions } = marginMaps(doc);
  return { annotations: annotations.toJSON(), replies: replies.toJSON(), reactions: reactions.toJSON() };
}

/** What a document must hold by the rows: said again here, in other words than the server's. */
export function expected(rows: StoredMargin, of: (annotation: Annotation) => boolean): Contents {
  const contents: Contents = { annotations: {}, replies: {}, reactions: {} };
  const shown = new Set<string>();
  const threads = new Map(rows.annotations.map((annotation) => [annotation.id, annotation]));
  for (const annotation of rows.annotations.filter(of)) {
    const answered = rows.replies.some((reply) => reply.annotation === annotation.id && !reply.deleted);
    if (annotation.deleted && !answered) continue;
    const silent = annotation.deleted || annotation.hidden;
    contents.annotations[annotation.id] = silent ? { ...annotation, body: '' } : annotation;
    if (!silent) shown.add(annotation.id);
  }
  for (const reply of rows.replies) {
    const thread = threads.get(reply.annotation);
    if (!thread || !of(thread) || reply.deleted) continue;
    contents.replies[reply.id] = reply.hidden ? { ...reply, body: '' } : reply;
    if (!reply.hidden) shown.add(reply.id);
  }
  for (const { target, emoji, member } of rows.reactions) {
    if (!shown.has(target)) continue;
    const reactions = (contents.reactions[target] ??= {});
    (reactions[emoji] ??= []).push(member);
  }
  return contents;
}

export function docOf(state: Uint8Array): Y.Doc {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, state);
  return doc;
}

/** A document as it lies in the store. */
export function storedDoc({ snapshot, updates }: StoredDocument): Y.Doc {
  const doc = new Y.Doc();
  for (const update of [...(snapshot ? [snapshot] : []), ...updates]) Y.applyUpdate(doc, update);
  return doc;
}
