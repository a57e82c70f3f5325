import { passageSchema, type Passage } from '#shared/anchoring/anchor.ts';
import { annotationIdSchema, type AnnotationId } from '#shared/records/ids.ts';

/** A passage as it stands in a link: `#at=b12.5-b13.20`. */
export const passageHash = ({ start, end }: Passage): string =>
  `#at=${start.block}.${start.offset}-${end.block}.${end.offset}`;

export type Target = { passage: Passage } | { annotation: AnnotationId };

const atPattern = /^#at=(b\d+)\.(\d+)-(b\d+)\.(\d+)$/u;

/** What the hash of an address points at in this chapter; null when it is none of ours. */
export function targetOf(hash: string): Target | null {
  const found = atPattern.exec(hash);
  if (found !== null) {
    const passage = passageSchema.safeParse({
      start: { block: found[1], offset: Number(found[2]) },
      end: { block: found[3], offset: Number(found[4]) },
    });
    return passage.success ? { passage: passage.data } : null;
  }
  if (!hash.startsWith('#note-')) return null;
  const annotation = annotationIdSchema.safeParse(hash.slice('#note-'.length));
  return annotation.success ? { annotation: annotation.data } : null;
}
