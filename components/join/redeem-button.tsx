'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { ask, isRefusal } from '#components/http/ask.ts';
import { Button } from '#components/ui/button.tsx';
import { joinedRoomSchema } from '#shared/protocol/http.ts';

/** Uses a one-time link. A button and not the page itself, because previews of links open pages and press nothing. */
export function RedeemButton({ token }: { token: string }) {
  const router = useRouter();
  const [pending, setPending] = useState(false);
  const [wrong, setWrong] = useState<string>();
  const redeem = async () => {
    setPending(true);
    const joined = await ask('/api/devices/redeem', joinedRoomSchema, { method: 'POST', body: { token } });
    if (!isRefusal(joined)) {
      router.replace(`/rooms/${joined.room.id}`);
      return;
    }
    setPending(false);
    setWrong(joined.message);
  };
  return (
    <div>
      <Button kind="primary" size="large" pending={pending} onClick={() => void redeem()}>
        Read on this device
      </Button>
      {wrong ? (
        <p className="rubric mt-4" role="alert">
          {wrong}
        </p>
      ) : null}
    </div>
  );
}
