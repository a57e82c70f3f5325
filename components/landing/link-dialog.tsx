'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import { tokenSchema } from '#shared/protocol/http.ts';

/** The page of this server that a pasted link (or a bare token) leads to; null when it is none of ours. */
export function pathOfLink(text: string, origin: string): string | null {
  const trimmed = text.trim();
  if (tokenSchema.safeParse(trimmed).success) return `/join/${trimmed}`;
  const url = URL.parse(trimmed, origin);
  if (url === null || !/^\/(join|device|rooms)\//.test(url.pathname)) return null;
  return url.origin === origin ? url.pathname + url.search + url.hash : null;
}

/** For who was sent a link some other way than by clicking it. */
export function LinkDialog() {
  const router = useRouter();
  const [link, setLink] = useState('');
  const [wrong, setWrong] = useState(false);
  return (
    <Dialog
      title="I have a link"
      trigger={
        <button type="button" className="link">
          I have a link
        </button>
      }
      onOpenChange={() => setWrong(false)}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const path = pathOfLink(link, location.origin);
          setWrong(path === null);
          if (path !== null) router.push(path);
        }}
      >
        <TextField
          label="The link, as it was sent to you"
          name="link"
          value={link}
          onChange={(event) => setLink(event.target.value)}
          plain
          inputMode="url"
          autoComplete="off"
          bad={wrong}
          say={wrong ? 'This is not a link to a room on this server.' : undefined}
        />
        <div className="acts">
          <Button type="submit" kind="primary">
            Go there
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
