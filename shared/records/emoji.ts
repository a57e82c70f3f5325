import { EMOJI_MAX_BYTES } from '#shared/protocol/limits.ts';
import { graphemeCount } from '#shared/text/measure.ts';

/** One emoji: a single grapheme with a pictographic or flag character in it. */
export const isEmoji = (text: string): boolean =>
  text.length <= EMOJI_MAX_BYTES &&
  graphemeCount(text) === 1 &&
  /\p{Extended_Pictographic}|\p{Regional_Indicator}/u.test(text);
