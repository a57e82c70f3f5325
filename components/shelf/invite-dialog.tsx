'use client';

import { type ReactElement, useEffect, useId, useState } from 'react';
import { ask, isRefusal } from '#components/http/ask.ts';
import { roleWords } from '#components/join/role-words.ts';
import { useMe, useRoomState } from '#components/room/room-provider.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { useToast } from '#components/ui/toast.tsx';
import { type InviteRole, invitesSchema } from '#shared/protocol/http.ts';
import { CopyButton } from './copy-button.tsx';

type Links = Partial<Record<InviteRole, string | undefined>>;

const links: readonly { role: InviteRole; title: string }[] = [
  { role: 'reader', title: 'For readers' },
  { role: 'listener', title: 'For listeners' },
  { role: 'cohost', title: 'For co-hosts' },
];

/** Three links, one a role. Whoever holds one may join; rotating it makes the old one dead. */
export function InviteDialog({ invites, trigger }: { invites: Links; trigger: ReactElement }) {
  const [shown, setShown] = useState(invites);
  return (
    <Dialog title="Invite" trigger={trigger}>
      <p className="caption">Whoever holds a link can come in with nothing but a name. Send each to whom it is for.</p>
      {links.map(({ role, title }) => {
        const token = shown[role];
        return token === undefined ? null : (
          <InviteLink key={role} role={role} title={title} token={token} onRotated={setShown} />
        );
      })}
    </Dialog>
  );
}

interface InviteLinkProps {
  role: InviteRole;
  title: string;
  token: string;
  onRotated: (links: Links) => void;
}

function InviteLink({ role, title, token, onRotated }: InviteLinkProps) {
  const { room } = useRoomState();
  const me = useMe();
  const say = useToast();
  const field = useId();
  const [asking, setAsking] = useState(false);
  // The server does not know under which address people reach it; the browser does.
  const [origin, setOrigin] = useState('');
  useEffect(() => setOrigin(location.origin), []);
  const address = `${origin}/join/${token}`;
  const mayRotate = me.role === 'host' || role !== 'cohost';

  const rotate = async () => {
    setAsking(false);
    const rotated = await ask(`/api/rooms/${room.id}/invites/${role}/rotate`, invitesSchema.partial(), {
      method: 'POST',
    });
    if (isRefusal(rotated)) {
      say({ says: rotated.message, calls: true });
      return;
    }
    onRotated(rotated);
    say({ says: `${title}: a new link. The old one is dead.` });
  };

  return (
    <section className="invite">
      <h3>{title}</h3>
      <p className="caption">{roleWords[role].may.replace(/^you/, 'They')}.</p>
      <div className="invite-row">
        <input
          id={field}
          className="input ui"
          readOnly
          value={address}
          aria-label={`Link ${title.toLowerCase()}`}
          onFocus={(event) => event.target.select()}
        />
        <CopyButton text={address} field={field} label={`Copy the link ${title.toLowerCase()}`} />
      </div>
      {!mayRotate ? null : asking ? (
        <p className="invite-ask" role="alert">
          <span>The old link is dead at once, for whoever has not used it yet.</span>
          <Button size="small" kind="lectern" onClick={() => void rotate()}>
            Replace it
          </Button>
          <Button size="small" onClick={() => setAsking(false)}>
            Keep it
          </Button>
        </p>
      ) : (
        <button
          type="button"
          className="link caption"
          aria-label={`Replace the link ${title.toLowerCase()}`}
          onClick={() => setAsking(true)}
        >
          Replace this link
        </button>
      )}
    </section>
  );
}
