'use client';

import { Collaboration } from '@tiptap/extension-collaboration';
import { EditorContent, useEditor } from '@tiptap/react';
import { useEffect, useRef } from 'react';
import { inkProperty } from '#components/room/member-face.tsx';
import { useMembers, useNames, useRoomState } from '#components/room/room-provider.tsx';
import type { MemberId } from '#shared/records/ids.ts';
import { PAD_ROOT } from '#shared/records/pad-document.ts';
import { Carets } from './carets.ts';
import { padExtensions } from './extensions.ts';
import { passageHref } from './pad-blocks.tsx';
import type { PadCopy } from './pad-session.ts';
import { plainPaste } from './plain-paste.ts';
import { useLineSaid } from './use-line-said.ts';
import { PadToolbar } from './pad-toolbar.tsx';

interface PadEditorProps {
  copy: PadCopy;
  mayWrite: boolean;
  label: string;
}

/** The editor on one copy of the pad's document. It is made anew for each copy. */
export default function PadEditor({ copy: { doc, awareness }, mayWrite, label }: PadEditorProps) {
  const { room } = useRoomState();
  const people = usePeopleRef();
  const editor = useEditor({
    immediatelyRender: false,
    // The page's policy allows no style that a script brings along; what an editor needs stands in pad.css.
    injectCSS: false,
    editable: mayWrite,
    extensions: [
      ...padExtensions((chapter, at) => passageHref(room.id, chapter, at)),
      Collaboration.configure({ document: doc, field: PAD_ROOT }),
      Carets.configure({ awareness, person: (member) => people.current(member) }),
    ],
    editorProps: {
      transformPastedHTML: plainPaste,
      attributes: {
        class: 'pad-text',
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': label,
        spellcheck: 'true',
      },
    },
  });
  useEffect(() => {
    editor?.setEditable(mayWrite, false);
  }, [editor, mayWrite]);
  useLineSaid(doc, editor);
  return (
    <>
      {editor && mayWrite ? <PadToolbar editor={editor} /> : null}
      <EditorContent editor={editor} />
    </>
  );
}

/** Who a member is now, for carets, which outlive a render. */
function usePeopleRef() {
  const members = useMembers();
  const names = useNames();
  const find = (id: MemberId) => ({
    name: names.get(id) ?? 'Somebody',
    ink: inkProperty(members.get(id)?.ink ?? 'ink'),
  });
  const people = useRef(find);
  useEffect(() => {
    people.current = find;
  });
  return people;
}
