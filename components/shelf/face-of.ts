import type { FaceProps } from '#components/ui/face.tsx';
import type { Ink, Member } from '#shared/records/member.ts';

export const inkProperty = (ink: Ink): `--${string}` => `--p-${ink}`;

/** A member's face: monogram, ink, and the rubric ring of the room's host. */
export function faceOf({ initials, ink, name, role }: Pick<Member, 'initials' | 'ink' | 'name' | 'role'>): FaceProps {
  return { initials, ink: inkProperty(ink), name, ring: role === 'host' };
}
