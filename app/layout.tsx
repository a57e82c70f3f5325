import { Awake } from '#components/ui/awake.tsx';
import type { Metadata, Viewport } from 'next';
import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { LOOK_COOKIE, lookAttributes, parseLook, type Look } from '#shared/records/look.ts';
import './globals.css';

export const metadata: Metadata = {
  title: { default: 'Lectern: a room to read in, together', template: '%s · Lectern' },
  description: 'Read the same page, together: shared highlights, a conversation in the margin, a host at the lectern.',
  applicationName: 'Lectern',
  // Addresses of rooms and invitations are nobody else's business.
  referrer: 'same-origin',
  robots: { index: false, follow: false },
};

/** The paper of each theme, for the browser's own bars. */
const papers = {
  light: '#fbf7ee',
  sepia: '#f2e5cc',
  dark: '#1d1815',
  contrast: '#ffffff',
  'contrast-dark': '#000000',
} as const satisfies Record<Exclude<Look['theme'], 'system'>, string>;

async function look(): Promise<Look> {
  return parseLook((await cookies()).get(LOOK_COOKIE)?.value);
}

export async function generateViewport(): Promise<Viewport> {
  const { theme } = await look();
  return {
    width: 'device-width',
    initialScale: 1,
    viewportFit: 'cover',
    themeColor:
      theme === 'system'
        ? [
            { media: '(prefers-color-scheme: light)', color: papers.light },
            { media: '(prefers-color-scheme: dark)', color: papers.dark },
          ]
        : papers[theme],
  };
}

export default async function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en-GB" {...lookAttributes(await look())} suppressHydrationWarning>
      <body>
        {children}
        <Awake />
      </body>
    </html>
  );
}
