import { randomBytes } from 'node:crypto';
import type { InviteRole, Invites } from '#shared/protocol/http.ts';
import type { StoredInvite } from '#server/storage/store.ts';

/** 192 bits: nobody guesses a link. In base 64 for URLs that is 32 characters. */
const TOKEN_BYTES = 24;

export function newInvite(role: InviteRole, createdAt: number): StoredInvite {
  return { role, token: randomBytes(TOKEN_BYTES).toString('base64url'), createdAt };
}

/** The room's three links by role. Throws when the store lost one, as no room is made without them. */
export function invitesByRole(stored: readonly StoredInvite[]): Invites {
  const token = (role: InviteRole): string => {
    const invite = stored.find((candidate) => candidate.role === role);
    if (invite === undefined) throw new Error(`the room has no invitation for a ${role}`);
    return invite.token;
  };
  return { cohost: token('cohost'), reader: token('reader'), listener: token('listener') };
}
