'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { ask, isRefusal } from '#components/http/ask.ts';
import { Button } from '#components/ui/button.tsx';
import { whoStyle } from '#components/ui/face.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import { acceptInviteSchema, joinedRoomSchema } from '#shared/protocol/http.ts';
import { NAME_MAX_GRAPHEMES } from '#shared/protocol/limits.ts';
import { firstGrapheme } from '#shared/text/measure.ts';

/** A name, and nothing else; then the page that the invitation was for. */
export function JoinForm({ token, to }: { token: string; to: string | null }) {
  const router = useRouter();
  const [name, setName] = useState('');
  const [wrong, setWrong] = useState<string>();
  const [pending, setPending] = useState(false);

  const join = async () => {
    const asked = acceptInviteSchema.safeParse({ name });
    if (!asked.success) {
      setWrong(`1 to ${NAME_MAX_GRAPHEMES} characters, whatever you like to be called.`);
      return;
    }
    setWrong(undefined);
    setPending(true);
    const joined = await ask(`/api/invites/${token}/accept`, joinedRoomSchema, { method: 'POST', body: asked.data });
    if (!isRefusal(joined)) {
      router.push(to ?? `/rooms/${joined.room.id}`);
      return;
    }
    setPending(false);
    setWrong(joined.message);
  };

  return (
    <form
      className="ticket"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!pending) void join();
      }}
    >
      <div className="ticket-row">
        <span className="face large" style={whoStyle('--pencil')} aria-hidden="true">
          {firstGrapheme(name.trim()).toLocaleUpperCase()}
        </span>
        <TextField
          className="flex-1"
          label="Your name in this room"
          name="name"
          autoComplete="nickname"
          required
          value={name}
          onChange={(event) => setName(event.target.value)}
          bad={wrong !== undefined}
          say={wrong}
        />
      </div>
      <Button type="submit" kind="primary" size="large" pending={pending}>
        {pending ? 'Coming in…' : 'Come in'}
      </Button>
    </form>
  );
}
