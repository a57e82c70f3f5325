import type { Ink, Member } from '#shared/records/member.ts';
import { Face, type FaceProps } from '#components/ui/face.tsx';

/** The custom property of the theme that holds an ink. */
export const inkProperty = (ink: Ink): `--${string}` => `--p-${ink}`;

type Shown = Pick<Member, 'id' | 'initials' | 'ink'>;

/** How a member looks as a face: monogram, ink, and the rubric ring of who leads (the lectern's holder, or a room's host). */
export function faceOf(member: Shown, name: string, leads = false): FaceProps & { key: string } {
  return { key: member.id, initials: member.initials, ink: inkProperty(member.ink), name, ring: leads };
}

export function MemberFace({
  member,
  name,
  atLectern = false,
  size = 'normal',
  away = false,
}: {
  member: Shown;
  /** Left out where the name stands beside the face. */
  name?: string;
  atLectern?: boolean;
  size?: 'small' | 'normal' | 'large';
  away?: boolean;
}) {
  return (
    <Face
      initials={member.initials}
      ink={inkProperty(member.ink)}
      ring={atLectern}
      size={size}
      away={away}
      {...(name === undefined ? {} : { name })}
    />
  );
}
