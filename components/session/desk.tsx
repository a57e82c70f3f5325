'use client';

import { ArrowLeftRight, ChevronDown, Hand, PanelRightClose, ScanLine, Users } from 'lucide-react';
import { useEffect } from 'react';
import type { Passage } from '#shared/anchoring/anchor.ts';
import type { Member } from '#shared/records/member.ts';
import { canModerate } from '#shared/records/roles.ts';
import type { Block } from '#shared/text/block.ts';
import { passageOf } from '#components/reader/dom-positions.ts';
import { useReading } from '#components/reader/reading-context.tsx';
import { faceOf } from '#components/room/member-face.tsx';
import { useMembers, useNames, usePresence, useRoom, useRoomState } from '#components/room/room-provider.tsx';
import type { Wish } from '#components/room/room-client.ts';
import { Button } from '#components/ui/button.tsx';
import { Faces } from '#components/ui/face.tsx';
import { Icon } from '#components/ui/icon.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Menu, MenuItem } from '#components/ui/menu.tsx';
import { Manicule } from '#components/ui/ornaments.tsx';
import { useToast } from '#components/ui/toast.tsx';
import { DeskPeople } from './desk-people.tsx';
import { Elapsed } from './elapsed.tsx';
import { HandList } from './hands.tsx';

/**
 * What whoever stands at the lectern needs at hand: who follows, everyone here, the spotlight, hands, people, the end. It
 * stands `beside` the page, or comes up over its foot.
 */
export function Desk({ beside, onClose }: { beside: boolean; onClose: () => void }) {
  const room = useRoom();
  const { session } = useRoomState();
  const { place, text, chapter } = useReading();
  const say = useToast();
  useHostPage();
  if (session === null) return null;

  const ask = async (wish: Wish, done?: string) => {
    const ack = await room.send(wish);
    if (!ack.ok) say({ says: ack.message, calls: true });
    else if (done !== undefined) say({ says: done });
  };
  const toggleSpotlight = () => {
    const sentence = place.get()?.sentence;
    const passage = session.spotlight === null ? (selectedPassage(text(), chapter.blocks) ?? sentence ?? null) : null;
    void ask({ kind: 'session.spotlight', passage });
  };

  return (
    <aside className="desk" aria-label="The lectern">
      <header className="desk-head">
        <h2>
          <Manicule /> At the lectern
        </h2>
        <span className="desk-head-end">
          <Elapsed since={session.startedAt} />
          <IconButton icon={beside ? PanelRightClose : ChevronDown} small label="Put the desk away" onClick={onClose} />
        </span>
      </header>
      <div className="desk-scroll">
        <Followers lectern={session.lectern} />
        <section className="desk-acts">
          <Button kind="lectern" onClick={() => void ask({ kind: 'session.summon' }, 'Everyone has been asked here.')}>
            <Icon of={Users} /> Bring everyone here
          </Button>
          <Button
            kind="lectern line"
            aria-pressed={session.spotlight !== null}
            onPointerDown={(event) => event.preventDefault()}
            onClick={toggleSpotlight}
          >
            <Icon of={ScanLine} /> {session.spotlight === null ? 'Spotlight' : 'Spotlight on'}
          </Button>
        </section>
        <section>
          <h3>
            <Icon of={Hand} /> Hands <span className="num pipline">{session.hands.length}</span>
          </h3>
          {session.hands.length === 0 ? <p className="caption">No hand is up.</p> : <HandList hands={session.hands} />}
        </section>
        <DeskPeople />
      </div>
      <footer className="desk-foot">
        <HandOver />
        <Button kind="lectern line" onClick={() => void ask({ kind: 'session.end' })}>
          End the session
        </Button>
      </footer>
    </aside>
  );
}

/** The words selected on the page, if any: the spotlight falls on them rather than on the sentence being read. */
function selectedPassage(root: HTMLElement | null, blocks: readonly Block[]): Passage | null {
  const selection = document.getSelection();
  if (root === null || selection === null || selection.isCollapsed) return null;
  return passageOf(root, selection.getRangeAt(0), blocks);
}

/** The page makes way for the desk while it is open. */
function useHostPage(): void {
  useEffect(() => {
    document.body.classList.add('hostpage');
    return () => document.body.classList.remove('hostpage');
  }, []);
}

function Followers({ lectern }: { lectern: Member['id'] }) {
  const members = useMembers();
  const names = useNames();
  const others = [...usePresence().values()].filter(({ member }) => member !== lectern);
  const following = others.filter((present) => present.following);
  const faces = following.flatMap(({ member: id }) => {
    const member = members.get(id);
    return member ? [faceOf(member, names.get(id) ?? '')] : [];
  });
  return (
    <section className="desk-follow">
      <div>
        <b>
          {following.length} of {others.length}
        </b>{' '}
        {others.length === 1 && following.length === 1 ? 'follows you' : 'follow you'}
        {others.length === 0 ? <span className="caption">Nobody else is here yet.</span> : null}
      </div>
      <Faces faces={faces} />
    </section>
  );
}

function HandOver() {
  const room = useRoom();
  const members = useMembers();
  const names = useNames();
  const { you } = useRoomState();
  const others = [...usePresence().keys()].flatMap((id) => {
    const member = members.get(id);
    return member && member.id !== you && canModerate(member.role) ? [member] : [];
  });
  return (
    <Menu
      side="top"
      align="start"
      trigger={
        <Button
          kind="plain"
          disabled={others.length === 0}
          title={others.length === 0 ? 'No co-host is here' : undefined}
        >
          <Icon of={ArrowLeftRight} /> Hand over
        </Button>
      }
    >
      {others.map((member) => (
        <MenuItem key={member.id} onClick={() => void room.send({ kind: 'session.hand-over', member: member.id })}>
          {names.get(member.id)}
        </MenuItem>
      ))}
    </Menu>
  );
}
