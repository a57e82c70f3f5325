import { useEffect, useRef, useState } from 'react';
import { ask, isRefusal } from '#components/http/ask.ts';
import { UPLOAD_MAX_BYTES } from '#shared/protocol/limits.ts';
import { refusals, type Refusal } from '#shared/protocol/refusal.ts';
import type { Chapter, Format } from '#shared/records/book.ts';
import type { RoomId } from '#shared/records/ids.ts';
import {
  type ChapterRevised,
  chapterRevisedSchema,
  type RevisionDraft,
  revisionDraftSchema,
} from '#shared/records/revision.ts';

const POLL_EVERY_MS = 300;

/** A new text on its way: nothing brought yet, being read, ready to be looked at, or a sentence that says what is wrong. */
export type RevisionStep =
  | { step: 'none'; wrong: string | null }
  | { step: 'reading'; progress: number }
  | { step: 'ready'; draft: RevisionDraft; publishing: boolean };

export type NewTextBrought = { file: File } | { text: string; format: Format };

export interface Revision {
  now: RevisionStep;
  bring: (brought: NewTextBrought) => void;
  /** Resolves with what was carried; null when it was refused, and `now` says why. */
  publish: () => Promise<ChapterRevised | null>;
  startAgain: () => void;
}

export const undoRevision = (room: RoomId, chapter: Chapter['id']): Promise<ChapterRevised | Refusal> =>
  ask(`/api/rooms/${room}/chapters/${chapter}/revisions/undo`, chapterRevisedSchema, { method: 'POST' });

/** Sends a new text for a chapter, follows it until its preview is there, and publishes it. */
export function useRevision(room: RoomId, chapter: Chapter['id']): Revision {
  const [now, setNow] = useState<RevisionStep>({ step: 'none', wrong: null });
  const mounted = useRef(true);
  useEffect(() => {
    mounted.current = true;
    return () => {
      mounted.current = false;
    };
  }, []);

  const follow = async (begun: RevisionDraft | Refusal) => {
    let draft = begun;
    while (mounted.current) {
      if (isRefusal(draft)) return setNow({ step: 'none', wrong: draft.message });
      if (draft.state === 'failed') return setNow({ step: 'none', wrong: draft.error?.message ?? '' });
      if (draft.state === 'ready') return setNow({ step: 'ready', draft, publishing: false });
      setNow({ step: 'reading', progress: draft.progress });
      await new Promise((resolve) => setTimeout(resolve, POLL_EVERY_MS));
      draft = await ask(`/api/rooms/${room}/revisions/${draft.id}`, revisionDraftSchema);
    }
    return undefined;
  };

  return {
    now,
    bring(brought) {
      const wrong = 'file' in brought && brought.file.size > UPLOAD_MAX_BYTES ? refusals['file-too-large'].words : null;
      if (wrong !== null) return setNow({ step: 'none', wrong });
      setNow({ step: 'reading', progress: 0 });
      const question = { method: 'POST', body: bodyOf(brought) } as const;
      void ask(`/api/rooms/${room}/chapters/${chapter}/revisions`, revisionDraftSchema, question).then(follow);
      return undefined;
    },
    async publish() {
      if (now.step !== 'ready') return null;
      setNow({ ...now, publishing: true });
      const path = `/api/rooms/${room}/revisions/${now.draft.id}/publish`;
      const published = await ask(path, chapterRevisedSchema, { method: 'POST' });
      if (!isRefusal(published)) return published;
      setNow({ step: 'none', wrong: published.message });
      return null;
    },
    startAgain: () => setNow({ step: 'none', wrong: null }),
  };
}

function bodyOf(brought: NewTextBrought): unknown {
  if (!('file' in brought)) return brought;
  const form = new FormData();
  form.set('file', brought.file);
  return form;
}
