'use client';

import { ArrowUpToLine, Ellipsis, Scissors, Undo2, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { classNames } from '#components/ui/class-names.ts';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Menu, MenuItem } from '#components/ui/menu.tsx';
import { TITLE_MAX_CHARS } from '#shared/protocol/limits.ts';
import type { Section } from './plan-edits.ts';

interface PreviewChapterProps {
  section: Section;
  number: number;
  /** The only chapter of a book is called what the book is called. */
  isNamedAfterBook: boolean;
  canJoin: boolean;
  isSplitting: boolean;
  onRename: (title: string) => void;
  onJoin: () => void;
  onStandAlone: () => void;
  onLeaveOut: () => void;
  onSplit: () => void;
  /** Where to split it, while that is asked. */
  children: ReactNode;
}

/** One section of the plan: a chapter, what is joined to it, or what is left out. */
export function PreviewChapter(props: PreviewChapterProps) {
  const { section, number, isNamedAfterBook, canJoin, onRename, onJoin, onStandAlone, onLeaveOut, onSplit } = props;
  const { as, name, begins, words } = section;
  const called = section.title ?? name;
  return (
    <li className={classNames(as !== 'chapter' && as)}>
      <span className="n num">{as === 'chapter' ? number : null}</span>
      <div className="body">
        {as !== 'chapter' ? (
          <span className="t">
            <bdi>{called}</bdi>
            <span className="caption">{as === 'joined' ? 'joined to the chapter before' : 'left out'}</span>
          </span>
        ) : isNamedAfterBook ? null : (
          <input
            className="t"
            aria-label={`Title of chapter ${number}`}
            placeholder={name}
            maxLength={TITLE_MAX_CHARS}
            value={called}
            onChange={(event) => onRename(event.target.value)}
          />
        )}
        <span className="caption begins">
          {words.toLocaleString('en')} words. <bdi className="read">{begins}</bdi>
        </span>
      </div>
      {as === 'chapter' ? (
        <Menu trigger={<IconButton icon={Ellipsis} label={`${called}: more`} />}>
          <MenuItem icon={Scissors} onClick={onSplit}>
            Split it…
          </MenuItem>
          <MenuItem icon={ArrowUpToLine} disabled={!canJoin} onClick={onJoin}>
            Join it to the one before
          </MenuItem>
          <MenuItem icon={X} onClick={onLeaveOut}>
            Leave it out
          </MenuItem>
        </Menu>
      ) : (
        <IconButton
          icon={Undo2}
          label={as === 'joined' ? `${called}: a chapter of its own` : `Take ${called} in again`}
          onClick={onStandAlone}
        />
      )}
      {props.children}
    </li>
  );
}
