'use client';

import type { Editor } from '@tiptap/core';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import { safeHref } from '#shared/text/link.ts';

/** An address without its `https://` is meant to have one. */
const hrefOf = (typed: string): string | null => safeHref(typed) ?? safeHref(`https://${typed}`);

/** Where the selected words lead; where nothing is selected the address itself is written. */
export function LinkDialog({ editor, onClose }: { editor: Editor; onClose: () => void }) {
  const before = (editor.getAttributes('link').href as string | undefined) ?? '';
  const [typed, setTyped] = useState(before);
  const [wrong, setWrong] = useState(false);
  const set = () => {
    const href = hrefOf(typed.trim());
    setWrong(href === null);
    if (href === null) return;
    const chain = editor.chain().focus().extendMarkRange('link');
    if (editor.state.selection.empty && before === '') {
      chain.insertContent({ type: 'text', text: typed.trim(), marks: [{ type: 'link', attrs: { href } }] }).run();
    } else chain.setLink({ href }).run();
    onClose();
  };
  return (
    <Dialog title="Link" open onOpenChange={(open) => !open && onClose()}>
      <form
        className="pad-link-form"
        onSubmit={(event) => {
          event.preventDefault();
          set();
        }}
      >
        <TextField
          label="Address"
          plain
          inputMode="url"
          autoComplete="off"
          placeholder="https://"
          value={typed}
          bad={wrong}
          say={wrong ? 'This is no address of a page or of a mailbox.' : undefined}
          onChange={(event) => setTyped(event.target.value)}
        />
        <div className="acts">
          <Button kind="primary" type="submit">
            Set the link
          </Button>
          {before === '' ? null : (
            <Button
              kind="plain"
              onClick={() => {
                editor.chain().focus().extendMarkRange('link').unsetLink().run();
                onClose();
              }}
            >
              Take it off
            </Button>
          )}
        </div>
      </form>
    </Dialog>
  );
}
