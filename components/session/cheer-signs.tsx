import { Droplet, Heart, type LucideIcon, Smile } from 'lucide-react';
import type { Cheer } from '#shared/protocol/session.ts';
import { Icon } from '#components/ui/icon.tsx';

/** What each passing sign says, in words. */
export const cheerWords: Record<Cheer, string> = {
  heart: 'Loved',
  exclamation: 'Struck',
  question: 'Lost',
  drop: 'Moved',
  smile: 'Amused',
};

const icons: Partial<Record<Cheer, LucideIcon>> = { heart: Heart, drop: Droplet, smile: Smile };

export function CheerSign({ cheer }: { cheer: Cheer }) {
  const icon = icons[cheer];
  if (icon !== undefined) return <Icon of={icon} />;
  return <span className="g cheer-letter">{cheer === 'question' ? '?' : '!'}</span>;
}
