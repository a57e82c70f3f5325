import { createHash } from 'node:crypto';
import type { Command } from '#shared/protocol/command.ts';

/** JSON with the keys of every object in order, so that equal values have equal texts. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (inner === null || typeof inner !== 'object' || Array.isArray(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  });
}

/** SHA-256 of a command's content in hex: tells a command sent again from another one under the same id. */
export function commandDigest(command: Command): string {
  return createHash('sha256').update(canonicalJson(command)).digest('hex');
}
