import type { CSSProperties } from 'react';
import { picturePath } from '#components/room/picture-path.ts';
import { useRoomState } from '#components/room/room-provider.tsx';
import { classNames } from '#components/ui/class-names.ts';
import type { Book } from '#shared/records/book.ts';

const devices = ['c-fruit', 'c-lines', 'c-map', 'c-windows'];
/** Cloth and foil, dark on light or light on dark, 7:1 and better. */
const cloths = [
  ['#3d5a45', '#efe3c6'],
  ['#7a4a2c', '#f3e2c4'],
  ['#2c2a35', '#e6d8b4'],
  ['#d9d2c2', '#2d3a45'],
  ['#2f4a5c', '#ece2cd'],
  ['#5c2f3c', '#f0dfcf'],
] as const;

/** A title longer than this covers the place of the device. */
const LONG_TITLE_CHARS = 36;

/** The same book has the same cover everywhere: it follows from the book's id alone. */
function sum(text: string): number {
  let total = 0;
  for (const character of text) total = (total * 31 + (character.codePointAt(0) ?? 0)) % 9_973;
  return total;
}

/**
 * The book's own cover; one without is made: cloth, a stamped device, the title. Decoration: the title stands beside it.
 */
export function Cover({ book, big = false }: { book: Book; big?: boolean }) {
  const { room } = useRoomState();
  const picture = book.about?.cover ?? null;
  if (picture !== null) {
    return (
      <div className={classNames('cover', 'pictured', big && 'big')} aria-hidden="true">
        <img src={picturePath(room.id, picture)} alt="" loading="lazy" decoding="async" />
      </div>
    );
  }
  const seed = sum(book.id);
  const [cloth, foil] = cloths[seed % cloths.length] ?? cloths[0];
  const isWordy = book.title.length > LONG_TITLE_CHARS;
  const style = { '--cloth': cloth, '--foil': foil } as CSSProperties;
  return (
    <div
      className={classNames('cover', isWordy ? 'wordy' : devices[(seed >> 3) % devices.length], big && 'big')}
      style={style}
      aria-hidden="true"
    >
      <span className="cv-t">{book.title}</span>
      <span className="cv-a">{book.author}</span>
    </div>
  );
}
