'use client';

import { useCallback, useEffect, useState } from 'react';
import { ask, isRefusal } from '#components/http/ask.ts';
import { useMe, useNames, useRoomState } from '#components/room/room-provider.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import { Time } from '#components/ui/time.tsx';
import { useToast } from '#components/ui/toast.tsx';
import { padDoneSchema, padVersionContentSchema, padVersionsSchema } from '#shared/protocol/pad.ts';
import type { Book } from '#shared/records/book.ts';
import type { PadBlock } from '#shared/records/pad-block.ts';
import type { Member } from '#shared/records/member.ts';
import { canModerate } from '#shared/records/roles.ts';
import type { PadVersion } from '#shared/records/pad-version.ts';
import { PadBlocks } from './pad-blocks.tsx';

interface PadHistoryProps {
  book: Book;
  mayWrite: boolean;
  onClose: () => void;
}

const causeWords = {
  named: '',
  left: 'When everybody had left',
  restore: 'Before a version was restored',
  damaged: 'Found damaged, and rebuilt',
} as const;
const titleOf = (version: PadVersion): string => version.title ?? causeWords[version.cause];

/** Versions of the pad: named ones and the server's own; looked at, and brought back. */
export function PadHistory({ book, mayWrite, onClose }: PadHistoryProps) {
  const { room } = useRoomState();
  const me = useMe();
  const say = useToast();
  const address = `/api/rooms/${room.id}/books/${book.id}/pad/versions`;
  const [versions, setVersions] = useState<PadVersion[] | null>(null);
  const [chosen, setChosen] = useState<{ version: PadVersion; blocks: PadBlock[] } | null>(null);
  const [busy, setBusy] = useState(false);

  const read = useCallback(async () => {
    const answer = await ask(address, padVersionsSchema);
    if (isRefusal(answer)) say({ says: answer.message, calls: true });
    else setVersions(answer.versions);
    // oxlint-disable-next-line react/exhaustive-deps -- `say` is new at every render and does not matter
  }, [address]);
  useEffect(() => {
    void read();
  }, [read]);

  const look = async (version: PadVersion) => {
    const answer = await ask(`${address}/${version.id}`, padVersionContentSchema);
    if (isRefusal(answer)) say({ says: answer.message, calls: true });
    else setChosen(answer);
  };
  const change = async (
    path: string,
    request: { method: 'POST' | 'DELETE'; body?: unknown },
    says: string,
  ): Promise<boolean> => {
    setBusy(true);
    const answer = await ask(path, padDoneSchema, request);
    setBusy(false);
    say(isRefusal(answer) ? { says: answer.message, calls: true } : { says });
    return !isRefusal(answer);
  };
  const restore = async ({ version }: { version: PadVersion }) => {
    const done = await change(
      `${address}/${version.id}/restore`,
      { method: 'POST', body: {} },
      'Restored. What stood there before is a version too.',
    );
    if (done) onClose();
  };
  const remove = async (version: PadVersion) => {
    if (!(await change(`${address}/${version.id}`, { method: 'DELETE' }, 'The version is gone.'))) return;
    setChosen(null);
    await read();
  };

  return (
    <Dialog title="Versions" wide open onOpenChange={(open) => !open && onClose()}>
      {chosen === null ? (
        <>
          {mayWrite ? (
            <NameForm
              busy={busy}
              onName={async (title) => {
                if (await change(address, { method: 'POST', body: { title } }, 'Kept as a version.')) await read();
              }}
            />
          ) : null}
          <VersionList versions={versions} onLook={(version) => void look(version)} />
        </>
      ) : (
        <div className="pad-version">
          <p className="caption">
            <b>{titleOf(chosen.version)}</b> <Time at={chosen.version.createdAt} />
          </p>
          {chosen.version.cause === 'damaged' ? <p className="caption">{damagedWords(chosen.blocks)}</p> : null}
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keyboard */}
          <div className="pad-text pad-then" role="region" aria-label="What the pad said" tabIndex={0}>
            <PadBlocks room={room.id} blocks={chosen.blocks} />
          </div>
          <div className="acts">
            <Button kind="plain" onClick={() => setChosen(null)}>
              All versions
            </Button>
            {mayWrite && mayRemove(me, chosen.version) ? (
              <RemoveButton busy={busy} onRemove={() => void remove(chosen.version)} />
            ) : null}
            {mayWrite ? (
              <Button kind="primary" pending={busy} onClick={() => void restore(chosen)}>
                Restore this version
              </Button>
            ) : null}
          </div>
        </div>
      )}
    </Dialog>
  );
}

/** Asked twice, because nothing brings a version back. */
function RemoveButton({ busy, onRemove }: { busy: boolean; onRemove: () => void }) {
  const [asked, setAsked] = useState(false);
  return asked ? (
    <Button kind="lectern" pending={busy} onClick={onRemove}>
      Remove it for good
    </Button>
  ) : (
    <Button onClick={() => setAsked(true)}>Remove</Button>
  );
}

const mayRemove = (me: Member, version: PadVersion): boolean =>
  canModerate(me.role) || (version.cause === 'named' && version.author === me.id);

function damagedWords(blocks: readonly PadBlock[]): string {
  return blocks.length === 0
    ? 'The server could not read the pad any more, and made it say again what its newest version says. Of what was lost nothing could be read.'
    : 'The server could not read the pad any more, and made it say again what its newest version says; where there was none, what stands here. This is all that could still be read: copy from it what the pad lacks.';
}

function NameForm({ busy, onName }: { busy: boolean; onName: (title: string) => Promise<void> }) {
  const [title, setTitle] = useState('');
  return (
    <form
      className="pad-name-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (title.trim() === '') return;
        void onName(title.trim()).then(() => setTitle(''));
      }}
    >
      <TextField
        label="Name this version"
        plain
        maxLength={120}
        autoComplete="off"
        placeholder="After the first evening"
        value={title}
        onChange={(event) => setTitle(event.target.value)}
      />
      <Button type="submit" pending={busy}>
        Keep it
      </Button>
    </form>
  );
}

function VersionList({ versions, onLook }: { versions: PadVersion[] | null; onLook: (version: PadVersion) => void }) {
  const names = useNames();
  if (versions === null) return <p className="caption">Fetching the versions …</p>;
  if (versions.length === 0) {
    return <p className="caption">There is none yet. One is kept by itself whenever everybody has left the pad.</p>;
  }
  return (
    <ul className="pad-versions">
      {versions.map((version) => (
        <li key={version.id}>
          <button type="button" className="bare" onClick={() => onLook(version)}>
            <span className={version.cause === 'named' ? 'read' : 'read quiet'}>{titleOf(version)}</span>
            <span className="caption">
              <Time at={version.createdAt} />
              {version.author === null ? null : (
                <>
                  , <bdi>{names.get(version.author) ?? 'somebody'}</bdi>
                </>
              )}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
