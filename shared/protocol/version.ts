/** Sent by clients in the Socket.IO handshake (`auth.protocol`). Raised when old pages can no longer understand. */
export const PROTOCOL_VERSION = 1;
