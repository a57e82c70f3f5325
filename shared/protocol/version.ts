/**
 * Sent by clients in both handshakes: `auth.protocol` of Socket.IO, and `?protocol=` of `/sync`, where a client that names
 * none speaks version 1. Raised when old pages can no longer understand.
 */
export const PROTOCOL_VERSION = 1;
