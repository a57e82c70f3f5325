import type { Member } from '#shared/records/member.ts';
import { Face, type FaceProps } from '#components/ui/face.tsx';

/** How a member looks as a face: monogram, ink, and the ring of whoever is at the lectern. */
export function faceOf(member: Member, name: string, atLectern = false): FaceProps & { key: string } {
  return { key: member.id, initials: member.initials, ink: `--p-${member.ink}`, name, ring: atLectern };
}

export function MemberFace({
  member,
  name,
  atLectern = false,
  size = 'normal',
}: {
  member: Member;
  /** Left out where the name stands beside the face. */
  name?: string;
  atLectern?: boolean;
  size?: 'small' | 'normal' | 'large';
}) {
  return (
    <Face
      initials={member.initials}
      ink={`--p-${member.ink}`}
      ring={atLectern}
      size={size}
      {...(name === undefined ? {} : { name })}
    />
  );
}
