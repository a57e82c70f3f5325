'use client';

import { roleWords } from '#components/join/role-words.ts';
import { useMe, useMembers, useNames, usePresence, useRoomState } from '#components/room/room-provider.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Switch } from '#components/ui/switch.tsx';
import type { Member } from '#shared/records/member.ts';
import { canModerate } from '#shared/records/roles.ts';
import { MemberMenu } from '#components/room/member-menu.tsx';
import { MemberFace } from '#components/room/member-face.tsx';
import { useAct } from '#components/room/use-act.ts';

interface PeopleDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Everyone who belongs to the room, those who are here first, those who were removed last. */
export function PeopleDialog({ open, onOpenChange }: PeopleDialogProps) {
  const { room } = useRoomState();
  const me = useMe();
  const members = useMembers();
  const presence = usePresence();
  const act = useAct();
  const moderating = canModerate(me.role);
  const standing = (member: Member) => (member.removed ? 2 : presence.has(member.id) ? 0 : 1);
  const shown = [...members.values()]
    .filter((member) => moderating || !member.removed)
    .sort((a, b) => standing(a) - standing(b) || a.joinedAt - b.joinedAt);
  return (
    <Dialog title="Everyone in the room" open={open} onOpenChange={onOpenChange}>
      {moderating ? (
        <p className="lock-row">
          <span>
            Lock the room
            <span className="caption block">Nobody new comes in, and only host and co-hosts write.</span>
          </span>
          <Switch
            label="Lock the room"
            lectern
            on={room.locked}
            onChange={(locked) => void act({ kind: 'room.lock', locked })}
          />
        </p>
      ) : null}
      <ul className="people-list">
        {shown.map((member) => (
          <Person key={member.id} member={member} me={me} here={presence.has(member.id)} />
        ))}
      </ul>
    </Dialog>
  );
}

function Person({ member, me, here }: { member: Member; me: Member; here: boolean }) {
  const names = useNames();
  const name = names.get(member.id) ?? member.name;
  const words = [
    member.removed ? 'removed' : roleWords[member.role].name,
    member.muted && !member.removed ? 'muted' : null,
    here ? 'here' : null,
    member.id === me.id ? 'you' : null,
  ];
  return (
    <li>
      <MemberFace member={member} size="small" away={!here} />
      <span className="person">
        <bdi>{name}</bdi>
      </span>
      <span className="caption">{words.filter(Boolean).join(', ')}</span>
      <MemberMenu member={member} name={name} />
    </li>
  );
}
