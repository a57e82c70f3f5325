import type { ReactNode } from 'react';

/** For ears alone. */
export const VisuallyHidden = ({ children }: { children: ReactNode }) => <span className="vh">{children}</span>;
