import { Socket } from 'node:net';
import { DatabaseSync, StatementSync } from 'node:sqlite';

/**
 * The moments at which a process can be killed so that it makes a difference: before each statement that writes to a
 * store, and before each write to a peer. Between two of these only memory changes, and memory is lost anyway; so whoever
 * dies at each of them has died between any two steps of decide, commit, apply, send and ack, and of a compaction.
 *
 * They are set by wrapping what Node itself offers, in a process that a test started: the server has no hook for them.
 */
type Hear = (about: string) => void;

const reads = /^\s*(?:select|pragma)/iu;
const listeners = new Set<Hear>();

function reach(about: string): void {
  for (const hear of listeners) hear(about);
}

/** Calls `hear` at each point from now on, with the statement's text or 'send'; what it throws, the server's call throws. */
export function atEachPoint(hear: Hear): () => void {
  listeners.add(hear);
  return () => {
    listeners.delete(hear);
  };
}

// oxlint-disable typescript/unbound-method -- each is called on the object that it was taken from
const { exec } = DatabaseSync.prototype;
DatabaseSync.prototype.exec = function execAtPoint(sql) {
  if (!reads.test(sql)) reach(sql);
  return exec.call(this, sql);
};

for (const name of ['run', 'all'] as const) {
  const original = StatementSync.prototype[name] as (this: StatementSync, ...parameters: unknown[]) => unknown;
  Object.defineProperty(StatementSync.prototype, name, {
    value(this: StatementSync, ...parameters: unknown[]) {
      if (!reads.test(this.sourceSQL)) reach(this.sourceSQL);
      return original.apply(this, parameters);
    },
  });
}

for (const name of ['_write', '_writev'] as const) {
  const original = Socket.prototype[name] as (this: Socket, ...parameters: unknown[]) => unknown;
  Object.defineProperty(Socket.prototype, name, {
    value(this: Socket, ...parameters: unknown[]) {
      // Standard output may be a socket too, and nobody is told anything there.
      if (this.remotePort !== undefined) reach('send');
      return original.apply(this, parameters);
    },
  });
}
