'use client';

import { useEffect, useId, useState } from 'react';
import { z } from 'zod';
import { ask, isRefusal } from '#components/http/ask.ts';
import { useRoomState } from '#components/room/room-provider.tsx';
import { Button } from '#components/ui/button.tsx';
import { Dialog } from '#components/ui/dialog.tsx';
import { Time } from '#components/ui/time.tsx';
import { useToast } from '#components/ui/toast.tsx';
import { tokenSchema } from '#shared/protocol/http.ts';
import { CopyButton } from './copy-button.tsx';

const devicesSchema = z.object({
  devices: z.array(z.object({ id: z.string(), createdAt: z.number(), seenAt: z.number(), current: z.boolean() })),
});
type Device = z.infer<typeof devicesSchema>['devices'][number];
const linkSchema = z.object({ token: tokenSchema, expiresAt: z.number() });

interface DevicesDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** A one-time link that makes another browser the same person, and the browsers that are that person now. */
export function DevicesDialog({ open, onOpenChange }: DevicesDialogProps) {
  return (
    <Dialog title="Use on another device" open={open} onOpenChange={onOpenChange}>
      <DeviceLink />
      <DeviceList />
    </Dialog>
  );
}

function DeviceLink() {
  const { room } = useRoomState();
  const say = useToast();
  const field = useId();
  const [address, setAddress] = useState<string>();
  const make = async () => {
    const made = await ask(`/api/rooms/${room.id}/devices/link`, linkSchema, { method: 'POST' });
    if (isRefusal(made)) say({ says: made.message, calls: true });
    else setAddress(`${location.origin}/device/${made.token}`);
  };
  if (address === undefined)
    return (
      <>
        <p>A link that works once, for a quarter of an hour. Open it on the other device and you are yourself there.</p>
        <div className="acts">
          <Button kind="primary" onClick={() => void make()}>
            Make a link
          </Button>
        </div>
      </>
    );
  return (
    <>
      <p>
        Open this on the other device. It is shown this once, and whoever opens it first is you: send it to nobody else.
      </p>
      <div className="invite-row">
        <input id={field} className="input ui" readOnly value={address} aria-label="Link for your other device" />
        <CopyButton text={address} field={field} label="Copy the link" />
      </div>
    </>
  );
}

function DeviceList() {
  const { room } = useRoomState();
  const say = useToast();
  const [devices, setDevices] = useState<Device[]>([]);
  useEffect(() => {
    let wanted = true;
    const show = async () => {
      const answer = await ask(`/api/rooms/${room.id}/devices`, devicesSchema);
      if (wanted && !isRefusal(answer)) setDevices(answer.devices);
    };
    void show();
    return () => {
      wanted = false;
    };
  }, [room.id]);
  const revoke = async (device: Device) => {
    const done = await ask(`/api/rooms/${room.id}/devices/${device.id}`, z.object({ ok: z.literal(true) }), {
      method: 'DELETE',
    });
    if (isRefusal(done)) say({ says: done.message, calls: true });
    else setDevices((all) => all.filter((one) => one.id !== device.id));
  };
  if (devices.length === 0) return null;
  return (
    <section className="devices">
      <h3>Where you are signed in</h3>
      <ul className="people-list">
        {devices.map((device) => (
          <li key={device.id}>
            <span className="person">
              {device.current ? 'This browser' : 'Another browser'}
              <span className="caption">
                {' '}
                last here <Time at={device.seenAt} />
              </span>
            </span>
            {device.current ? null : (
              <Button size="small" onClick={() => void revoke(device)}>
                Sign out
              </Button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
