import type { LucideIcon } from 'lucide-react';

/** A Lucide sign at the weight of the page's own lines: 18 px, 1.6 px stroke. Silent; what it means is said beside it. */
export function Icon({ of: Sign, full = false }: { of: LucideIcon; full?: boolean }) {
  return <Sign className={full ? 'i full' : 'i'} strokeWidth={1.6} size={18} aria-hidden="true" focusable="false" />;
}
