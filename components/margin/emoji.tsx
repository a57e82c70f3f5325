import { Droplet, Heart, type LucideIcon, Smile } from 'lucide-react';
import { Icon } from '#components/ui/icon.tsx';

/** What readers say with one sign; the first five are printer's sorts, drawn in ink like those that float past. */
export const readingEmoji: readonly { emoji: string; says: string }[] = [
  { emoji: '❤️', says: 'Loved' },
  { emoji: '❗', says: 'Struck' },
  { emoji: '❓', says: 'Lost' },
  { emoji: '💧', says: 'Moved' },
  { emoji: '🙂', says: 'Amused' },
  { emoji: '👍', says: 'Agreed' },
  { emoji: '👎', says: 'Not so' },
  { emoji: '👏', says: 'Well said' },
  { emoji: '😂', says: 'Laughing' },
  { emoji: '😢', says: 'Crying' },
  { emoji: '😮', says: 'Surprised' },
  { emoji: '😱', says: 'Frightened' },
  { emoji: '😡', says: 'Angry' },
  { emoji: '🤔', says: 'Thinking' },
  { emoji: '👀', says: 'Watching' },
  { emoji: '💡', says: 'Understood' },
  { emoji: '🔥', says: 'On fire' },
  { emoji: '✨', says: 'Beautiful' },
  { emoji: '🌱', says: 'A seed for later' },
  { emoji: '🕯️', says: 'In memory' },
  { emoji: '🔎', says: 'A clue' },
  { emoji: '📌', says: 'Remember this' },
  { emoji: '🙏', says: 'Thank you' },
  { emoji: '🎉', says: 'Celebrating' },
];

const sorts: Record<string, LucideIcon> = { '❤️': Heart, '💧': Droplet, '🙂': Smile };
const letters: Record<string, string> = { '❗': '!', '❓': '?' };

export function EmojiSign({ emoji }: { emoji: string }) {
  const icon = sorts[emoji];
  if (icon !== undefined) return <Icon of={icon} />;
  const letter = letters[emoji];
  if (letter !== undefined) {
    return (
      <span className="g" aria-hidden="true">
        {letter}
      </span>
    );
  }
  return <span aria-hidden="true">{emoji}</span>;
}

/** What a sign is called: its word where it is one of ours, itself otherwise (screen readers know emoji by name). */
export const emojiWord = (emoji: string): string => readingEmoji.find((one) => one.emoji === emoji)?.says ?? emoji;
