import Link from 'next/link';
import type { ReactNode } from 'react';
import { EmptyState } from '#components/ui/empty-state.tsx';

interface StatePageProps {
  /** What is so. */
  title: string;
  /** What it means for the reader. */
  children?: ReactNode;
  /** The one thing to do next. */
  actions?: ReactNode;
  /** What is to be said after that, below it. */
  below?: ReactNode;
}

/** A whole page that holds nothing but a state: no way in, nothing here, something broke. */
export function StatePage({ title, children, actions, below }: StatePageProps) {
  return (
    <div className="statepage">
      <main>
        <EmptyState level={1} title={title} actions={actions}>
          {children}
        </EmptyState>
        {below}
      </main>
      <footer className="colophon caption">
        <Link className="wordmark small" href="/">
          Lectern
        </Link>
      </footer>
    </div>
  );
}
