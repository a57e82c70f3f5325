'use client';

import { Plus, SmilePlus } from 'lucide-react';
import { type FormEvent, type KeyboardEvent, type ReactElement, type ReactNode, useState } from 'react';
import { useRoom } from '#components/room/room-provider.tsx';
import { Button } from '#components/ui/button.tsx';
import { Icon } from '#components/ui/icon.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Popover } from '#components/ui/popover.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import { Tooltip } from '#components/ui/tooltip.tsx';
import { EMOJI_PER_TARGET_MAX } from '#shared/protocol/limits.ts';
import { isEmoji } from '#shared/records/emoji.ts';
import type { MemberId } from '#shared/records/ids.ts';
import { useReactions } from './desk.tsx';
import { EmojiSign, emojiWord, readingEmoji } from './emoji.tsx';
import { mayReact, type People, usePeople } from './people.tsx';
import type { RecordId } from './records.ts';
import { namesList } from './sentences.ts';

interface ReactionRowProps {
  target: RecordId;
  /** Without reactions there is no row; `AddReaction` stands elsewhere then. */
  quiet?: boolean;
  children?: ReactNode;
}

/** Who reacted with what under one note, one's own marked; and the plus for any other sign. */
export function ReactionRow({ target, quiet = false, children }: ReactionRowProps) {
  const room = useRoom();
  const people = usePeople();
  const reactions = Object.entries(useReactions(target));
  const may = mayReact(people);
  const toggle = (emoji: string) => {
    const mine = reactions.find(([one]) => one === emoji)?.[1].includes(people.me.id) ?? false;
    void room.send({ kind: 'reaction.toggle', target, emoji, on: !mine });
  };
  if (reactions.length === 0 && (quiet || !may) && children === undefined) return null;
  return (
    <div className="sorts">
      {reactions.map(([emoji, members]) => (
        <Sort key={emoji} emoji={emoji} members={members} people={people} disabled={!may} onToggle={toggle} />
      ))}
      {may && reactions.length < EMOJI_PER_TARGET_MAX ? <EmojiPicker onPick={toggle} /> : null}
      {children}
    </div>
  );
}

/** The plus of a reply that nobody has reacted to yet: among its tools, so that it takes no line of its own. */
export function AddReaction({ target }: { target: RecordId }) {
  const room = useRoom();
  const people = usePeople();
  const reacted = Object.keys(useReactions(target)).length > 0;
  if (reacted || !mayReact(people)) return null;
  const react = (emoji: string) => void room.send({ kind: 'reaction.toggle', target, emoji, on: true });
  return (
    <EmojiPicker
      onPick={react}
      trigger={<IconButton icon={SmilePlus} label="React" small className="more-of-note" />}
    />
  );
}

interface SortProps {
  emoji: string;
  members: readonly MemberId[];
  people: People;
  disabled: boolean;
  onToggle: (emoji: string) => void;
}

function Sort({ emoji, members, people, disabled, onToggle }: SortProps) {
  const mine = members.includes(people.me.id);
  const others = members.filter((member) => member !== people.me.id).map((member) => people.name(member));
  const names = namesList(mine ? [...others, 'you'] : others);
  return (
    <Tooltip says={`${emojiWord(emoji)}: ${names}`}>
      <button
        type="button"
        className={mine ? 'sort mine' : 'sort'}
        aria-pressed={mine}
        aria-label={`${emojiWord(emoji)}, ${members.length}: ${names}`}
        aria-disabled={disabled}
        onClick={disabled ? undefined : () => onToggle(emoji)}
      >
        <EmojiSign emoji={emoji} /> {members.length}
      </button>
    </Tooltip>
  );
}

const plus = (
  <button type="button" className="sort" aria-label="React" title="React">
    <Icon of={Plus} />
  </button>
);

const COLUMNS = 6;
const steps: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: COLUMNS, ArrowUp: -COLUMNS };

interface EmojiPickerProps {
  onPick: (emoji: string) => void;
  trigger?: ReactElement;
}

function EmojiPicker({ onPick, trigger = plus }: EmojiPickerProps) {
  const [open, setOpen] = useState(false);
  const [other, setOther] = useState('');
  const [bad, setBad] = useState(false);
  const pick = (emoji: string) => {
    onPick(emoji);
    setOpen(false);
    setOther('');
  };
  const pickOther = (event: FormEvent) => {
    event.preventDefault();
    const emoji = other.trim();
    setBad(!isEmoji(emoji));
    if (isEmoji(emoji)) pick(emoji);
  };
  return (
    <Popover label="React" open={open} onOpenChange={setOpen} align="start" trigger={trigger}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrow keys only move between the buttons inside */}
      <div className="emoji-grid" role="group" aria-label="Signs" onKeyDown={moveInGrid}>
        {readingEmoji.map(({ emoji, says }) => (
          <button
            key={emoji}
            type="button"
            className="icon-btn"
            title={says}
            aria-label={says}
            onClick={() => pick(emoji)}
          >
            <EmojiSign emoji={emoji} />
          </button>
        ))}
      </div>
      <form className="emoji-other" onSubmit={pickOther}>
        <TextField
          label="Any other emoji"
          plain
          value={other}
          bad={bad}
          say={bad ? 'One emoji, nothing else.' : undefined}
          onChange={(event) => {
            setOther(event.target.value);
            setBad(false);
          }}
        />
        <Button size="small" type="submit">
          Use it
        </Button>
      </form>
    </Popover>
  );
}

function moveInGrid(event: KeyboardEvent<HTMLDivElement>): void {
  const step = steps[event.key];
  if (step === undefined) return;
  const buttons = [...event.currentTarget.querySelectorAll('button')];
  const at = buttons.findIndex((button) => button === document.activeElement);
  buttons[Math.min(buttons.length - 1, Math.max(0, at + step))]?.focus();
  event.preventDefault();
}
