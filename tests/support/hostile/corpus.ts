import { hostileFb2 } from './fb2.ts';
import type { HostileFile } from './hostile-file.ts';
import { hostilePdf } from './pdf.ts';
import { hostileTexts } from './texts.ts';
import { hostileWord } from './word.ts';

/**
 * The corpus of `docs/importing.md`. `trap` is an address that must never be called, and files name it wherever a program
 * could be made to fetch something.
 */
export async function hostileFiles(trap: string): Promise<HostileFile[]> {
  return [...hostileWord(trap), ...hostileFb2(trap), ...(await hostilePdf(trap)), ...hostileTexts(trap)];
}
