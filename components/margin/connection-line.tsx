'use client';

import { CloudOff, RefreshCw } from 'lucide-react';
import { type ReactNode, useEffect } from 'react';
import { useReading } from '#components/reader/reading-context.tsx';
import { useMargin } from '#components/room/margin-provider.tsx';
import { useConnection, useRoom, useSlice } from '#components/room/room-provider.tsx';
import { comesLater } from '#components/ui/comes-later.tsx';
import { Icon } from '#components/ui/icon.tsx';
import { useToast } from '#components/ui/toast.tsx';
import type { Command, CommandKind } from '#shared/protocol/command.ts';
import { usePageShows } from '#components/ui/use-page-shows.ts';
import { waitingSentence } from './sentences.ts';

const PutOut = comesLater(async () => (await import('./put-out.tsx')).PutOut);

const writes: ReadonlySet<CommandKind> = new Set<CommandKind>([
  'annotation.create',
  'annotation.edit',
  'reply.create',
  'reply.edit',
]);

/** A quiet line for the whole page while there is no connection; and, when one is put out for good, the page that says why. */
export function ConnectionLine() {
  const connection = useConnection();
  useSmallRefusals();
  if (connection.state === 'offline') return <Offline />;
  if (connection.state !== 'gone') return null;
  if (connection.code === 'outdated') {
    return (
      <Line icon={<Icon of={RefreshCw} />} action={<LinkButton onClick={() => location.reload()}>Reload</LinkButton>}>
        A newer version of this room is running. Reload to go on. What you wrote is kept.
      </Line>
    );
  }
  if (connection.code === 'too-many') {
    return (
      <Line icon={<Icon of={CloudOff} />} action={<LinkButton onClick={() => location.reload()}>Reload</LinkButton>}>
        This room is open in too many tabs. Close some, then reload this one. What you wrote is kept.
      </Line>
    );
  }
  return <PutOut code={connection.code} />;
}

function Offline() {
  const entries = useSlice(useRoom().outbox.entries);
  const { annotations, replies } = useMargin();
  const { choose } = useReading();
  const waiting = entries.filter(({ command, state }) => state !== 'refused' && writes.has(command.kind));
  const first = waiting
    .map(({ command }) => threadOf(command, replies))
    .find((id) => id !== null && annotations.has(id));
  return (
    <Line
      icon={<Icon of={CloudOff} />}
      action={
        first ? (
          <LinkButton onClick={() => choose(first, { scroll: true })}>
            {waiting.length === 1 ? 'See it' : 'See them'}
          </LinkButton>
        ) : null
      }
    >
      No connection. <b>Read on:</b> this chapter is here. {waitingSentence(waiting.length)}
    </Line>
  );
}

function threadOf(command: Command, replies: ReturnType<typeof useMargin>['replies']) {
  if (command.kind === 'reply.edit') return replies.get(command.reply)?.annotation ?? null;
  return 'annotation' in command ? command.annotation : null;
}

const LinkButton = ({ onClick, children }: { onClick: () => void; children: string }) => (
  <button type="button" className="link" onClick={onClick}>
    {children}
  </button>
);

function Line({ icon, action, children }: { icon: ReactNode; action: ReactNode; children: ReactNode }) {
  usePageShows('connection-line');
  return (
    <div className="connection-line">
      <div className="strip" role="status">
        {icon}
        <span>{children}</span>
        {action}
      </div>
    </div>
  );
}

/** A sign or a deletion that was not taken carries no words: it is said once and let go. */
function useSmallRefusals(): void {
  const room = useRoom();
  const entries = useSlice(room.outbox.entries);
  const say = useToast();
  useEffect(() => {
    for (const entry of entries) {
      if (entry.state !== 'refused' || writes.has(entry.command.kind)) continue;
      say({ says: entry.refusal.message, calls: true });
      room.outbox.dismiss(entry.command.id);
    }
    // oxlint-disable-next-line react/exhaustive-deps -- `say` is new at every render and does not matter
  }, [entries, room]);
}
