'use client';

import { useEffect, useState } from 'react';
import { StatePage } from '#components/join/state-page.tsx';
import { Button } from '#components/ui/button.tsx';

const RETRY_AFTER_SECONDS = 8;

/** Something unexpected. Tries again by itself; what was written waits in the outbox of this device. */
export default function Broken({ error, retry }: { error: Error & { digest?: string }; retry: () => void }) {
  const [left, setLeft] = useState(RETRY_AFTER_SECONDS);
  useEffect(() => {
    if (left === 0) return undefined;
    const timer = setTimeout(() => {
      setLeft(left - 1);
      if (left === 1) location.reload();
    }, 1_000);
    return () => clearTimeout(timer);
  }, [left]);
  return (
    <StatePage
      title="The server tripped"
      actions={
        <Button kind="primary" onClick={retry}>
          Try now
        </Button>
      }
    >
      Nothing you wrote is lost: it waits on this device. Trying again in {left} seconds.
      {error.digest ? <span className="caption mt-3 block">If you tell someone, say {error.digest}</span> : null}
    </StatePage>
  );
}
