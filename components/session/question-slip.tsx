import type { ReactNode } from 'react';
import { Manicule } from '#components/ui/ornaments.tsx';
import { usePageShows } from '#components/ui/use-page-shows.ts';

/** At the foot: something that asks for an answer, or tells what one should not miss. */
export function QuestionSlip({ role, children }: { role: 'alert' | 'status'; children: ReactNode }) {
  usePageShows('question');
  return (
    <div className="follow asks" role={role}>
      <Manicule />
      {children}
    </div>
  );
}
