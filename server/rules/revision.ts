import { refuse, type Refusal } from '#shared/protocol/refusal.ts';
import type { Chapter } from '#shared/records/book.ts';
import type { Member } from '#shared/records/member.ts';
import { cannotModerate } from './standing.ts';

/** Why this member may not replace a chapter's text; null when they may. Asked for the preview and again to publish. */
export function cannotRevise(member: Member): Refusal | null {
  return member.removed ? refuse('removed') : cannotModerate(member);
}

/** Why a text may not take the place of the one that stands; null when it may. `from` is what it was compared with. */
export function cannotReplace(standing: Chapter, from: string, hash: string): Refusal | null {
  if (standing.hash !== from) return refuse('text-revised');
  return standing.hash === hash ? refuse('text-unchanged') : null;
}
