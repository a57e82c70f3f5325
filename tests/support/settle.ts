import { newId } from '#shared/records/ids.ts';
import type { AnnotationId } from '#shared/records/ids.ts';
import { marginMaps } from '#shared/records/margin-document.ts';
import type { Bell } from './bell.ts';
import type { Group } from './open-group.ts';
import { links, type RoomVisitor } from './room-visitor.ts';

/** Everybody connects, again and again if need be, until this holds of them. */
async function connectedUntil(visitors: readonly RoomVisitor[], bell: Bell, holds: (visitor: RoomVisitor) => boolean) {
  await Promise.all(
    visitors.map(async (visitor) => {
      const isConnected = (): boolean => links.every((link) => visitor.isConnected(link));
      while (!isConnected() || !holds(visitor)) {
        await Promise.all(links.map((link) => visitor.connect(link)));
        const final = [...visitor.margin.finalCloses, ...visitor.notes.finalCloses];
        if (final.length > 0) throw new Error(`an honest reader was sent away for good: ${final.join()}`);
        if (isConnected()) await bell.until(() => !isConnected() || holds(visitor));
      }
    }),
  );
}

/**
 * Everybody comes back and waits until all that they wrote was decided and all that was written has reached them. That it
 * has is seen from last words: a document is sent in order, and so are the events and answers of a socket.
 */
export async function settle({ chapter, visitors }: Group, bell: Bell): Promise<void> {
  await connectedUntil(visitors, bell, ({ unsettled }) => unsettled === 0);
  const [host] = visitors;
  const lastWords = newId<AnnotationId>();
  const write = (by: RoomVisitor | undefined, annotation: AnnotationId, visibility: 'room' | 'private') =>
    by?.outbox.add({
      id: newId(),
      kind: 'annotation.create',
      annotation,
      chapter: chapter.id,
      passage: null,
      colour: 'clay',
      body: `last words ${annotation}`,
      visibility,
    });
  write(host, lastWords, 'room');
  await connectedUntil(visitors, bell, ({ margin }) => marginMaps(margin.doc).annotations.has(lastWords));
  const privateLastWords = new Map(visitors.map((visitor) => [visitor, newId<AnnotationId>()]));
  for (const [visitor, annotation] of privateLastWords) write(visitor, annotation, 'private');
  await connectedUntil(visitors, bell, (visitor) => {
    const annotation = privateLastWords.get(visitor) ?? '';
    return visitor.unsettled === 0 && marginMaps(visitor.notes.doc).annotations.has(annotation);
  });
}
