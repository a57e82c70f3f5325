'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { ask, isRefusal } from '#components/http/ask.ts';
import { Button } from '#components/ui/button.tsx';
import { TextField } from '#components/ui/text-field.tsx';
import { createdRoomSchema, createRoomSchema } from '#shared/protocol/http.ts';
import { NAME_MAX_GRAPHEMES, TITLE_MAX_CHARS } from '#shared/protocol/limits.ts';

interface Wrong {
  title?: string;
  name?: string;
  both?: string;
}

/** Makes a room: its title, one's own name, and that is all. */
export function OpenRoomForm() {
  const router = useRouter();
  const [wrong, setWrong] = useState<Wrong>({});
  const [pending, setPending] = useState(false);

  const open = async (form: FormData) => {
    const asked = createRoomSchema.safeParse({ title: form.get('title'), name: form.get('name') });
    if (!asked.success) {
      const fields = new Set(asked.error.issues.map((issue) => issue.path[0]));
      setWrong({
        ...(fields.has('title') ? { title: `A name of 1 to ${TITLE_MAX_CHARS} characters.` } : {}),
        ...(fields.has('name')
          ? { name: `1 to ${NAME_MAX_GRAPHEMES} characters, whatever you like to be called.` }
          : {}),
      });
      return;
    }
    setWrong({});
    setPending(true);
    const made = await ask('/api/rooms', createdRoomSchema, { method: 'POST', body: asked.data });
    if (!isRefusal(made)) {
      router.push(`/rooms/${made.room.id}`);
      return;
    }
    setPending(false);
    setWrong({ both: made.message });
  };

  return (
    <form
      className="open-room"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!pending) void open(new FormData(event.currentTarget));
      }}
    >
      <TextField
        label="A name for the room"
        name="title"
        placeholder="Thursday Pages"
        autoComplete="off"
        required
        bad={wrong.title !== undefined}
        say={wrong.title}
      />
      <TextField
        label="Your name"
        name="name"
        placeholder="what to call you"
        autoComplete="nickname"
        required
        bad={wrong.name !== undefined}
        say={wrong.name}
      />
      <Button type="submit" kind="primary" size="large" pending={pending}>
        {pending ? 'Opening the room…' : 'Open the room'}
      </Button>
      {wrong.both ? (
        <p className="rubric col-span-full" role="alert">
          {wrong.both}
        </p>
      ) : null}
    </form>
  );
}
