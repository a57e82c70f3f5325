import type { Metadata } from 'next';
import { ClosedDoor } from '#components/join/closed-door.tsx';
import { RedeemButton } from '#components/join/redeem-button.tsx';
import { StatePage } from '#components/join/state-page.tsx';
import { tokenSchema } from '#shared/protocol/http.ts';
import { refuse } from '#shared/protocol/refusal.ts';

export const metadata: Metadata = { title: 'On this device', referrer: 'no-referrer' };

export default async function Device({ params }: { params: Promise<{ token: string }> }) {
  const token = tokenSchema.safeParse((await params).token);
  if (!token.success) return <ClosedDoor refusal={refuse('link-replaced')} />;
  return (
    <StatePage title="Go on reading here" actions={<RedeemButton token={token.data} />}>
      This browser becomes you in your room, beside the one that made the link. The link works once.
    </StatePage>
  );
}
