'use client';

import type { Editor } from '@tiptap/core';
import { useEditorState } from '@tiptap/react';
import {
  Bold,
  Heading1,
  Heading2,
  Heading3,
  Italic,
  Link2,
  List,
  ListOrdered,
  ListTodo,
  type LucideIcon,
  Minus,
  Redo2,
  Strikethrough,
  TextQuote,
  Undo2,
} from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { IconButton } from '#components/ui/icon-button.tsx';
import { LinkDialog } from './link-dialog.tsx';

interface Tool {
  label: string;
  icon: LucideIcon;
  /** Left out for what is done rather than switched on. */
  isOn?: (editor: Editor) => boolean;
  can?: (editor: Editor) => boolean;
  run: (editor: Editor) => void;
}

const heading = (level: 1 | 2 | 3, label: string, icon: LucideIcon): Tool => ({
  label,
  icon,
  isOn: (editor) => editor.isActive('heading', { level }),
  run: (editor) => editor.chain().focus().toggleHeading({ level }).run(),
});

const groups: readonly (readonly Tool[])[] = [
  [heading(1, 'Heading', Heading1), heading(2, 'Smaller heading', Heading2), heading(3, 'Smallest heading', Heading3)],
  [
    {
      label: 'Bold',
      icon: Bold,
      isOn: (editor) => editor.isActive('bold'),
      run: (editor) => editor.chain().focus().toggleBold().run(),
    },
    {
      label: 'Italic',
      icon: Italic,
      isOn: (editor) => editor.isActive('italic'),
      run: (editor) => editor.chain().focus().toggleItalic().run(),
    },
    {
      label: 'Struck out',
      icon: Strikethrough,
      isOn: (editor) => editor.isActive('strike'),
      run: (editor) => editor.chain().focus().toggleStrike().run(),
    },
  ],
  [
    {
      label: 'List',
      icon: List,
      isOn: (editor) => editor.isActive('bulletList'),
      run: (editor) => editor.chain().focus().toggleBulletList().run(),
    },
    {
      label: 'Numbered list',
      icon: ListOrdered,
      isOn: (editor) => editor.isActive('orderedList'),
      run: (editor) => editor.chain().focus().toggleOrderedList().run(),
    },
    {
      label: 'Things to do',
      icon: ListTodo,
      isOn: (editor) => editor.isActive('taskList'),
      run: (editor) => editor.chain().focus().toggleTaskList().run(),
    },
    {
      label: 'Quotation',
      icon: TextQuote,
      isOn: (editor) => editor.isActive('blockquote'),
      run: (editor) => editor.chain().focus().toggleBlockquote().run(),
    },
    {
      label: 'Line across',
      icon: Minus,
      run: (editor) => editor.chain().focus().setHorizontalRule().run(),
    },
  ],
];

const history: readonly Tool[] = [
  {
    label: 'Undo what you did',
    icon: Undo2,
    can: (editor) => editor.can().undo(),
    run: (editor) => editor.chain().focus().undo().run(),
  },
  {
    label: 'Redo what you undid',
    icon: Redo2,
    can: (editor) => editor.can().redo(),
    run: (editor) => editor.chain().focus().redo().run(),
  },
];

/** What can be done with the words at the caret. The arrow keys move within it; Esc goes back to the words. */
export function PadToolbar({ editor }: { editor: Editor }) {
  const [linking, setLinking] = useState(false);
  const { isLink } = useEditorState({
    editor,
    selector: ({ editor: now }) => ({
      isLink: now.isActive('link'),
      // Any change of these draws the bar anew.
      states: [...groups.flat(), ...history].map((tool) => [tool.isOn?.(now), tool.can?.(now)]),
    }),
  });
  const show = (tool: Tool) => (
    <IconButton
      key={tool.label}
      icon={tool.icon}
      label={tool.label}
      aria-pressed={tool.isOn?.(editor)}
      aria-disabled={tool.can ? !tool.can(editor) : undefined}
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => tool.run(editor)}
    />
  );
  return (
    <div
      className="pad-tools"
      role="toolbar"
      aria-label="Text"
      tabIndex={-1}
      onKeyDown={(event) => moveInBar(event, editor)}
    >
      {groups.map((group) => (
        <span className="pad-tools-group" key={group[0]?.label}>
          {group.map(show)}
        </span>
      ))}
      <span className="pad-tools-group">
        <IconButton
          icon={Link2}
          label="Link"
          aria-pressed={isLink}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => setLinking(true)}
        />
      </span>
      <span className="pad-tools-group">{history.map(show)}</span>
      {linking ? <LinkDialog editor={editor} onClose={() => setLinking(false)} /> : null}
    </div>
  );
}

function moveInBar(event: KeyboardEvent<HTMLDivElement>, editor: Editor): void {
  if (event.key === 'Escape') {
    editor.commands.focus();
    return;
  }
  const buttons = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('button')];
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (at < 0 || step === undefined) return;
  event.preventDefault();
  buttons.at((at + step) % buttons.length)?.focus();
}
