'use client';

import { canModerate } from '#shared/records/roles.ts';
import { useReading } from '#components/reader/reading-context.tsx';
import { useMe, useRoom } from '#components/room/room-provider.tsx';
import { Button } from '#components/ui/button.tsx';
import { Manicule } from '#components/ui/ornaments.tsx';
import { useToast } from '#components/ui/toast.tsx';

/** Host and co-hosts step up to the lectern, at the sentence they are reading. */
export function StartSession() {
  const room = useRoom();
  const me = useMe();
  const { chapter, place } = useReading();
  const say = useToast();
  if (!canModerate(me.role)) return null;
  const start = async () => {
    const sentence = place.get()?.sentence;
    if (sentence === undefined) return;
    const ack = await room.send({ kind: 'session.start', chapter: chapter.id, place: sentence });
    if (!ack.ok) say({ says: ack.message, calls: true });
  };
  return (
    <Button className="start-session" kind="lectern line" size="small" onClick={() => void start()}>
      <Manicule /> Take the lectern
    </Button>
  );
}
