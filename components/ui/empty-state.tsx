import type { ReactNode } from 'react';
import { Asterism } from './ornaments.tsx';

interface EmptyStateProps {
  /** What is so. */
  title: string;
  /** What it means for the reader. */
  children?: ReactNode;
  /** The one thing to do next. */
  actions?: ReactNode;
  level?: 1 | 2 | 3;
}

export function EmptyState({ title, children, actions, level = 3 }: EmptyStateProps) {
  const Heading = `h${level}` as const;
  return (
    <div className="pane center">
      <Asterism />
      <Heading>{title}</Heading>
      {children ? <p className="body">{children}</p> : null}
      {actions ? <div className="acts">{actions}</div> : null}
    </div>
  );
}
