const small = ['No', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten', 'Eleven', 'Twelve'];

/** A number at the start of a sentence: in words up to twelve. */
export const numberWord = (count: number): string => small[count] ?? String(count);

export const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

/** For the live region of a page: one sentence for however many notes have come. */
export function newNotesSentence(count: number): string {
  return count === 1 ? '1 new note in this chapter.' : `${count} new notes in this chapter.`;
}

/** 'No connection' with what it means for what one wrote. */
export function waitingSentence(count: number): string {
  if (count === 0) return '';
  return count === 1 ? 'One note waits to be sent.' : `${numberWord(count)} notes wait to be sent.`;
}

/** 'Ann, Bo and you'; more than `most` become a number. */
export function namesList(names: readonly string[], most = 12): string {
  const shown = names.length > most + 1 ? names.slice(0, most) : names;
  const rest = names.length - shown.length;
  const parts = rest > 0 ? [...shown, `${rest} others`] : shown;
  if (parts.length < 2) return parts.join('');
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;
}

/** 'Wim is writing…' */
export function writingSentence(names: readonly string[]): string {
  if (names.length === 0) return '';
  if (names.length > 3) return `${names.length} people are writing…`;
  return `${namesList(names)} ${names.length === 1 ? 'is' : 'are'} writing…`;
}
