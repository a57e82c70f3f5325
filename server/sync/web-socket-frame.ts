const FIN_AND_BINARY = 0x82;
const LENGTH_IN_2_BYTES = 126;
const LENGTH_IN_8_BYTES = 127;

/**
 * One whole binary message as a server sends it (RFC 6455, section 5.2: final, unmasked, uncompressed). Framed once, the
 * same bytes can be written to every socket that is to have them; `ws` would build a header for each and write in two
 * pieces, which costs a fifth more for each reader.
 */
export const webSocketFrame = (message: Uint8Array): Buffer => Buffer.concat([headerOf(message.length), message]);

/** The same for a message in two parts, as pieces that follow each other on the wire: a body of megabytes is not copied. */
export const webSocketPieces = (head: Uint8Array, body: Uint8Array): [Uint8Array, Uint8Array] => [
  Buffer.concat([headerOf(head.length + body.length), head]),
  body,
];

function headerOf(length: number): Buffer {
  if (length < LENGTH_IN_2_BYTES) return Buffer.from([FIN_AND_BINARY, length]);
  if (length < 65_536) {
    const header = Buffer.from([FIN_AND_BINARY, LENGTH_IN_2_BYTES, 0, 0]);
    header.writeUInt16BE(length, 2);
    return header;
  }
  const header = Buffer.alloc(10);
  header[0] = FIN_AND_BINARY;
  header[1] = LENGTH_IN_8_BYTES;
  header.writeBigUInt64BE(BigInt(length), 2);
  return header;
}
