import type { CommandKind } from '#shared/protocol/command.ts';
import type { RefusalCode } from '#shared/protocol/refusal.ts';

/** What a connection carries. */
export type Way = 'http' | 'events' | 'sync';

/** How a command ended, for whoever sent it. */
export type Outcome = 'ok' | RefusalCode;

/**
 * What the parts tell of themselves while they work. What is told is a number or a word of a closed list, never an id or
 * anything that a client chose: each word becomes a series that is kept for as long as the process lives.
 */
export interface Meters {
  /** A command was answered; `unreadable` when it was not understood, or turned away before it was read. */
  answered(kind: CommandKind | 'unreadable', outcome: Outcome): void;
  /** These committed bytes were handed to every socket that reads their document. */
  delivered(update: Uint8Array): void;
  /** A socket closed, with its close code, or with the reason where the protocol has reasons instead. */
  closed(way: 'events' | 'sync', code: number | string): void;
  /** A reader was let go because too much waited for it. */
  fellBehind(): void;
}

/** For a server that nobody looks into. */
export const noMeters: Meters = {
  answered: () => undefined,
  delivered: () => undefined,
  closed: () => undefined,
  fellBehind: () => undefined,
};
