'use client';

import { Bold, Code, Italic, Link, type LucideIcon, Quote, Users } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, type Ref, useEffect, useRef } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Icon } from '#components/ui/icon.tsx';
import { IconButton } from '#components/ui/icon-button.tsx';
import { TextArea } from '#components/ui/text-area.tsx';
import { BODY_MAX_BYTES } from '#shared/protocol/limits.ts';
import type { Present } from '#shared/protocol/presence.ts';
import { byteLength } from '#shared/text/measure.ts';
import type { DraftKey } from './draft-storage.ts';
import { type Markup, markUp } from './markdown-edit.ts';
import { usePeople } from './people.tsx';
import { useDraft, useWriting } from './use-draft.ts';

interface ComposerProps {
  draftKey: DraftKey;
  /** Name of the field, and its placeholder. */
  label: string;
  action: string;
  onSend: (words: string) => void;
  /** Words to begin from, when a note is changed; sending them unchanged is leaving. */
  initial?: string;
  onCancel?: () => void;
  /** A highlight may be left without words. */
  mayBeEmpty?: boolean;
  /** The keyboard goes here at once. */
  focused?: boolean;
  /** The thread in which the others see one writing. */
  writingIn?: Present['writingIn'];
  /** Who will read it, and whatever else is chosen before sending. */
  children?: ReactNode;
  ref?: Ref<HTMLTextAreaElement>;
}

const buttons: readonly { markup: Markup; icon: LucideIcon; label: string }[] = [
  { markup: 'bold', icon: Bold, label: 'Bold' },
  { markup: 'italic', icon: Italic, label: 'Italic' },
  { markup: 'quote', icon: Quote, label: 'Quote' },
  { markup: 'code', icon: Code, label: 'Code' },
  { markup: 'link', icon: Link, label: 'Link' },
];
const shortcuts: Record<string, Markup> = { b: 'bold', i: 'italic', k: 'link' };

/** Where one writes: words with a little Markdown, kept in this tab until they are sent. Ctrl or Cmd with Enter sends. */
export function Composer(props: ComposerProps) {
  const { draftKey, label, action, onSend, initial = '', onCancel, mayBeEmpty = false, focused = false } = props;
  const { room } = usePeople();
  const draft = useDraft(room.id, draftKey, initial);
  const writing = useWriting(props.writingIn ?? null);
  const area = useRef<HTMLTextAreaElement | null>(null);
  const bytes = byteLength(draft.words);
  const left = BODY_MAX_BYTES - bytes;
  const empty = draft.words.trim() === '';

  useEffect(() => {
    const field = area.current;
    if (!focused || field === null) return;
    field.focus({ preventScroll: true });
    field.setSelectionRange(field.value.length, field.value.length);
  }, [focused]);

  const leave = () => {
    writing.rest();
    draft.clear();
    onCancel?.();
  };
  const send = () => {
    if (left < 0 || (empty && !mayBeEmpty)) return;
    if (onCancel !== undefined && draft.words === initial && initial !== '') return leave();
    onSend(draft.words.trim());
    writing.rest();
    draft.clear();
  };
  const press = (markup: Markup) => {
    const field = area.current;
    if (field === null) return;
    const edit = markUp(field.value, field.selectionStart, field.selectionEnd, markup);
    field.focus();
    field.setSelectionRange(edit.start, edit.end);
    // Through the browser's own editing, so that its undo knows of it.
    const inserted =
      edit.insert === '' ? document.execCommand('delete') : document.execCommand('insertText', false, edit.insert);
    if (!inserted) {
      field.setRangeText(edit.insert, edit.start, edit.end);
      draft.write(field.value);
    }
    field.setSelectionRange(edit.selectStart, edit.selectEnd);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const command = event.ctrlKey || event.metaKey;
    const markup = command && !event.altKey ? shortcuts[event.key.toLowerCase()] : undefined;
    if (event.key === 'Enter' && command) send();
    else if (markup !== undefined) press(markup);
    else if (event.key === 'Escape' && onCancel !== undefined) leave();
    else if (event.key === 'Escape') area.current?.blur();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div className="composer" data-composer="">
      <TextArea
        ref={(field) => {
          area.current = field;
          if (typeof props.ref === 'function') props.ref(field);
          else if (props.ref) props.ref.current = field;
        }}
        label={label}
        placeholder={`${label}…`}
        className="field-area"
        dir="auto"
        value={draft.words}
        onChange={(event) => {
          draft.write(event.target.value);
          writing.keystroke(event.target.value);
        }}
        onBlur={writing.rest}
        onKeyDown={onKeyDown}
      />
      <div className="row">
        {buttons.map(({ markup, icon, label: name }) => (
          <IconButton
            key={markup}
            icon={icon}
            label={name}
            small
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => press(markup)}
          />
        ))}
        <span className="sends">
          {onCancel ? (
            <Button kind="plain" size="small" onClick={leave}>
              Cancel
            </Button>
          ) : null}
          <Button
            kind="primary"
            size="small"
            disabled={left < 0 || (empty && !mayBeEmpty)}
            onMouseDown={(event) => event.preventDefault()}
            onClick={send}
          >
            {action}
          </Button>
        </span>
      </div>
      {left < BODY_MAX_BYTES / 10 ? (
        <p className={left < 0 ? 'caption rubric' : 'caption'} role="status">
          {left < 0 ? `Too long by ${-left} bytes.` : `${left} bytes left.`}
        </p>
      ) : null}
      {props.children}
    </div>
  );
}

/** Who will read it, in words. */
export function ToEveryone() {
  const { room } = usePeople();
  return (
    <div className="to">
      <Icon of={Users} /> Everyone in {room.title}
    </div>
  );
}
