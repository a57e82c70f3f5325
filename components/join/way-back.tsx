import Link from 'next/link';

/** The single action of most states: back to somewhere that is there. */
export const WayBack = ({ href, children }: { href: string; children: string }) => (
  <Link className="btn" href={href}>
    {children}
  </Link>
);
