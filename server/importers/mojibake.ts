/** UTF-8 that was read as windows-1252 and saved again: two or three letters where one should be. */
const signs = /[ÂÃÄÅÐÑØÙ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€[\u0080-\u00bf™œ\u009d˜“”¦¢]|ï¿½/gu;
const SIGNS_MIN = 2;
const windows1252 = new Map(
  Array.from({ length: 256 }, (_, byte) => [new TextDecoder('windows-1252').decode(Uint8Array.of(byte)), byte]),
);

/**
 * Puts text right that is in UTF-8 twice over (`â€œItâ€™s`), when undoing it gives valid UTF-8 to the last letter; any
 * other text comes back as it is.
 */
export function mendMojibake(text: string): string {
  if ((text.match(signs)?.length ?? 0) < SIGNS_MIN) return text;
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index += 1) {
    const byte = windows1252.get(text.charAt(index));
    if (byte === undefined) return text;
    bytes[index] = byte;
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return text;
  }
}
