import type { Command } from '#shared/protocol/command.ts';

/** The words that a command carries, if it carries any. */
export const wordsOf = (command: Command): string => ('body' in command ? command.body : '');
