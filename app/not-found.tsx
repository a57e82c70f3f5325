import type { Metadata } from 'next';
import { StatePage } from '#components/join/state-page.tsx';
import { WayBack } from '#components/join/way-back.tsx';

export const metadata: Metadata = { title: 'No such page' };

export default function NotFound() {
  return (
    <StatePage title="There is no page here" actions={<WayBack href="/">To the front page</WayBack>}>
      The address may have lost a letter, or what it led to was taken off the shelf.
    </StatePage>
  );
}
