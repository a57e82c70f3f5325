/**
 * Close codes of `/sync`. 4400 to 4499 are final: the client must not reconnect by itself with what it has. Any other
 * code (1001, 1006, 1012, 1013 …) means come back, with jitter.
 */
export const closeCodes = {
  /** The frame was not of the protocol, or tried to write a read-only document. */
  malformed: 4400,
  /** No valid cookie, or a revoked one: open the invitation again. */
  signedOut: 4401,
  /** Member, but not of this document; or removed. */
  forbidden: 4403,
  /** No such room, chapter or document. */
  notFound: 4404,
  /** The client's copy descends from another lineage: drop it and fetch anew. */
  lineage: 4409,
  /** This member may read the pad and not write it, as things stand now. */
  readOnly: 4405,
  /** The pad, or what was sent to it in one go, is larger than the server keeps. */
  tooLarge: 4413,
  /** What was written cannot be merged safely: come again with a fresh copy and a fresh Yjs client id. */
  unsound: 4422,
  /** This Yjs client id is somebody else's: come again under another. */
  clientTaken: 4423,
  /** Protocol version of the client is too old: reload. */
  outdated: 4426,
  /** Too many connections or frames from this member. */
  tooMany: 4429,
} as const;

export type CloseCode = (typeof closeCodes)[keyof typeof closeCodes];

/** A client stops for these, and reconnects for all others. */
export const isFinalClose = (code: number): boolean => code >= 4400 && code <= 4499;
