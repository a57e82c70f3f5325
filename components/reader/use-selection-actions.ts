import { useMemo } from 'react';
import { chapterPath } from '#components/session/chapter-path.ts';
import { sendToPad } from '#components/pad/send-to-pad.ts';
import { useMe, useRoom, useRoomState } from '#components/room/room-provider.tsx';
import { useToast } from '#components/ui/toast.tsx';
import type { Passage } from '#shared/anchoring/anchor.ts';
import { checkPassage, passageText } from '#shared/anchoring/quote.ts';
import { refusals } from '#shared/protocol/refusal.ts';
import type { Colour } from '#shared/records/annotation.ts';
import { colourMeanings } from '#shared/records/colours.ts';
import { type AnnotationId, newId } from '#shared/records/ids.ts';
import { canModerate } from '#shared/records/roles.ts';
import { copyText } from '#components/ui/copy-text.ts';
import { keepColour, lastColour } from './last-colour.ts';
import { passageHash } from './passage-link.ts';
import { useReading } from './reading-context.tsx';

/** What can be done with a selected passage. `barred` says in a sentence why the room may not see it; null when it may. */
export interface SelectionActions {
  barred: string | null;
  highlight: (passage: Passage, colour: Colour) => void;
  /** A mark in pencil, for this reader alone. */
  pencil: (passage: Passage) => void;
  comment: (passage: Passage, visibility: 'room' | 'private') => void;
  copy: (passage: Passage) => void;
  share: (passage: Passage) => void;
  /** A quotation at the end of the room's pad, with the way back to it. */
  quote: (passage: Passage) => void;
}

export function useSelectionActions(): SelectionActions {
  const room = useRoom();
  const me = useMe();
  const { room: here } = useRoomState();
  const { book, chapter, setDraft } = useReading();
  const say = useToast();
  const barred = whyBarred(me.role === 'listener', me.muted, here.locked && !canModerate(me.role));

  return useMemo(() => {
    const refuse = (words: string) => say({ says: words, calls: true });
    const faultOf = (passage: Passage): string | null => {
      const checked = checkPassage(chapter.blocks, passage);
      return typeof checked === 'string' ? refusals[checked].words : null;
    };
    const create = (passage: Passage, colour: Colour, visibility: 'room' | 'private', says: string) => {
      const fault = faultOf(passage);
      if (fault !== null) return refuse(fault);
      const annotation = newId<AnnotationId>();
      const wish = {
        kind: 'annotation.create',
        annotation,
        chapter: chapter.id,
        passage,
        hash: chapter.hash,
        colour,
        body: '',
        visibility,
      } as const;
      void room.send(wish);
      document.getSelection()?.removeAllRanges();
      say({ says, undo: () => void room.send({ kind: 'annotation.delete', annotation }) });
      return undefined;
    };
    const linkTo = (passage: Passage) => `${location.origin}${chapterPath(here.id, chapter.id)}${passageHash(passage)}`;
    return {
      barred,
      highlight(passage, colour) {
        if (barred !== null) return refuse(barred);
        keepColour(colour);
        return create(passage, colour, 'room', `Marked: ${colourMeanings[colour].toLowerCase()}.`);
      },
      pencil: (passage) => create(passage, lastColour(), 'private', 'Marked in pencil, for you alone.'),
      comment(passage, visibility) {
        const fault = faultOf(passage) ?? (visibility === 'room' ? barred : null);
        if (fault !== null) return refuse(fault);
        setDraft({ passage, colour: lastColour(), visibility });
        // The draft holds its words from here on; on a phone its sheet stands where the bar of the selection does.
        document.getSelection()?.removeAllRanges();
        return undefined;
      },
      copy(passage) {
        const source = [book.author, book.title, book.title === chapter.title ? null : chapter.title];
        const words = passageText(chapter.blocks, passage);
        const text = `“${words}”\n${source.filter(Boolean).join(', ')}\n${linkTo(passage)}`;
        void copyText(text).then((done) => say(done ? { says: 'Copied with its source.' } : clipboardRefused));
      },
      share(passage) {
        void copyText(linkTo(passage)).then((done) =>
          say(done ? { says: 'Link copied. It opens at these words, for members of the room.' } : clipboardRefused),
        );
      },
      quote(passage) {
        const fault = faultOf(passage) ?? barred;
        if (fault !== null) return refuse(fault);
        void sendToPad(here.id, book.id, chapter.id, passage).then(say);
        document.getSelection()?.removeAllRanges();
        return undefined;
      },
    };
  }, [room, here.id, book, chapter, setDraft, say, barred]);
}

const clipboardRefused = { says: 'The browser did not let the page copy. Use its own copy command.', calls: true };

function whyBarred(isListener: boolean, isMuted: boolean, isLocked: boolean): string | null {
  if (isMuted) return refusals.muted.words;
  if (isListener) return refusals['listeners-cannot-write'].words;
  return isLocked ? refusals['room-locked'].words : null;
}
