import {
  ALargeSmall,
  ArrowLeft,
  Bell,
  Ellipsis,
  Feather,
  Keyboard,
  List,
  MessagesSquare,
  NotebookPen,
  FilePenLine,
  Search,
} from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { padPath } from '#components/pad/pad-path.ts';
import { useMe, useRoomState } from '#components/room/room-provider.tsx';
import { Icon } from '#components/ui/icon.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { Menu, MenuItem, MenuLink } from '#components/ui/menu.tsx';
import { canModerate } from '#shared/records/roles.ts';
import { sayJump } from './jumps.ts';
import { ProgressLine } from './progress-line.tsx';
import { useReading } from './reading-context.tsx';

export interface HeadActs {
  openContents: () => void;
  openSearch: () => void;
  openSettings: () => void;
  openKeys: () => void;
  /** A new text for the chapter, for host and co-hosts. */
  openRevise: () => void;
  nextNew: () => void;
  newCount: number;
}

/** Down to what the room says about the chapter as a whole, which no mark in the text leads to. */
function toTalk(): void {
  sayJump();
  document.getElementById('talk')?.scrollIntoView({ behavior: 'instant' });
}

/** The running head: where one is, how far, and the tools, which recede while one reads. */
export function ReadingHead({ acts, people }: { acts: HeadActs; people: ReactNode }) {
  const { room } = useRoomState();
  const { book, chapter } = useReading();
  const moderates = canModerate(useMe().role);
  const shelf = `/rooms/${room.id}`;
  const news = acts.newCount === 0 ? 'Nothing new' : `${acts.newCount} new: go to the next`;
  return (
    <>
      <header className="head">
        <div className="opening-grid">
          <div className="head-room recedes">
            <Link className="icon-btn" href={shelf} title="To the shelf" aria-label="To the shelf">
              <Icon of={ArrowLeft} />
            </Link>
            <span className="quiet">
              <bdi>{room.title}</bdi>
            </span>
          </div>
          <div className="head-title">
            <span className="sc">{book.title}</span>
            {chapter.title === book.title ? null : <em>{chapter.title}</em>}
          </div>
          <nav className="head-tools recedes" aria-label="Tools">
            <IconButton icon={List} label="Contents" onClick={acts.openContents} />
            <IconButton icon={Search} label="Search the book" onClick={acts.openSearch} />
            <IconButton icon={ALargeSmall} label="The page: text and theme" onClick={acts.openSettings} />
            <IconButton icon={MessagesSquare} label="About the whole chapter" onClick={toTalk} />
            <Link className="icon-btn" href={`${shelf}/notebook`} title="Notebook" aria-label="Notebook">
              <Icon of={NotebookPen} />
            </Link>
            <Link className="icon-btn" href={padPath(room.id, book.id)} title="The pad" aria-label="The pad">
              <Icon of={Feather} />
            </Link>
            {moderates ? <IconButton icon={FilePenLine} label="Revise the text" onClick={acts.openRevise} /> : null}
            <IconButton icon={Keyboard} label="Keys" className="wide-only" onClick={acts.openKeys} />
            <IconButton
              icon={Bell}
              label={news}
              pip={acts.newCount === 0 ? undefined : acts.newCount}
              aria-disabled={acts.newCount === 0}
              onClick={acts.nextNew}
            />
            {people}
          </nav>
        </div>
        <ProgressLine />
      </header>
      <nav className="phone-head" aria-label="Chapter">
        <Link className="icon-btn recedes" href={shelf} title="To the shelf" aria-label="To the shelf">
          <Icon of={ArrowLeft} />
        </Link>
        <span className="sc">{chapter.title}</span>
        {people}
        <Menu
          trigger={
            <IconButton
              className="recedes"
              icon={Ellipsis}
              label="Menu"
              pip={acts.newCount === 0 ? undefined : acts.newCount}
            />
          }
        >
          {acts.newCount === 0 ? null : (
            <MenuItem icon={Bell} onClick={acts.nextNew}>
              {acts.newCount} new
            </MenuItem>
          )}
          <MenuItem icon={List} onClick={acts.openContents}>
            Contents
          </MenuItem>
          <MenuItem icon={Search} onClick={acts.openSearch}>
            Search the book
          </MenuItem>
          <MenuItem icon={ALargeSmall} onClick={acts.openSettings}>
            The page
          </MenuItem>
          <MenuItem icon={MessagesSquare} onClick={toTalk}>
            About the whole chapter
          </MenuItem>
          {moderates ? (
            <MenuItem icon={FilePenLine} onClick={acts.openRevise}>
              Revise the text
            </MenuItem>
          ) : null}
          <MenuLink icon={NotebookPen} href={`${shelf}/notebook`}>
            Notebook
          </MenuLink>
          <MenuLink icon={Feather} href={padPath(room.id, book.id)}>
            The pad
          </MenuLink>
        </Menu>
      </nav>
    </>
  );
}
