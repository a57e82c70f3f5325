import { strToU8, zipSync } from 'fflate';
import type { Zippable } from 'fflate';

export function zip(files: Record<string, string | Uint8Array>): Uint8Array {
  const packed: Zippable = {};
  for (const [name, content] of Object.entries(files))
    packed[name] = typeof content === 'string' ? strToU8(content) : content;
  return zipSync(packed);
}

/** The sizes that a ZIP's headers state for an entry (PKWARE APPNOTE 4.3.7, 4.3.12), set to what they are not. */
export function withStatedSize(bytes: Uint8Array, name: string, size: number): Uint8Array {
  const lied = bytes.slice();
  const view = new DataView(lied.buffer);
  for (let at = 0; at + 46 < lied.length; at += 1) {
    const signature = view.getUint32(at, true);
    const nameAt = signature === 0x04034b50 ? at + 30 : signature === 0x02014b50 ? at + 46 : 0;
    if (nameAt === 0 || Buffer.from(lied.subarray(nameAt, nameAt + name.length)).toString() !== name) continue;
    view.setUint32(at + (signature === 0x04034b50 ? 22 : 24), size, true);
  }
  return lied;
}

/** Sets the flag that says an archive's entries are encrypted (4.4.4, bit 0). */
export function withEncryptedFlag(bytes: Uint8Array): Uint8Array {
  const locked = bytes.slice();
  const view = new DataView(locked.buffer);
  for (let at = 0; at + 10 < locked.length; at += 1) {
    const signature = view.getUint32(at, true);
    if (signature === 0x04034b50) view.setUint16(at + 6, view.getUint16(at + 6, true) | 1, true);
    if (signature === 0x02014b50) view.setUint16(at + 8, view.getUint16(at + 8, true) | 1, true);
  }
  return locked;
}

/** A compound file's beginning, and a directory that names this stream. */
export function compoundFile(stream: string): Uint8Array {
  const bytes = Buffer.alloc(2_048);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(bytes);
  Buffer.from(stream, 'utf16le').copy(bytes, 1_024);
  return new Uint8Array(bytes);
}
