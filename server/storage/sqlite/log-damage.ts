/*
 * The write-ahead log as SQLite writes it (https://www.sqlite.org/walformat.html): a header of 32 bytes, then frames of 24
 * bytes and a page each. A frame is good when its two salts are the header's and its checksum, which goes on from that of
 * the frame before, is right. A frame that ends a transaction has the size of the database in it, others have 0 there.
 */
const HEADER_BYTES = 32;
const HEADER_SUMMED_BYTES = 24;
const FRAME_HEADER_BYTES = 24;
const FRAME_SUMMED_BYTES = 8;
const MAGIC_LITTLE_ENDIAN = 0x377f0682;
const MAGIC_BIG_ENDIAN = 0x377f0683;

/**
 * Whether a log was harmed after it was written. SQLite takes the first frame that is not good for the end of the log: so
 * it should be where a process was killed in the middle of its last transaction, but where a frame further up is harmed it
 * passes over all commits that come after. The last transaction may be torn, because nobody was told of it; each one before
 * was on disk when the next began. So two ends of transactions behind a bad frame mean that something was lost.
 */
export function logIsDamaged(log: Buffer): boolean {
  if (log.length < HEADER_BYTES + FRAME_HEADER_BYTES) return false;
  const magic = log.readUInt32BE(0);
  const pageBytes = log.readUInt32BE(8);
  const frameBytes = FRAME_HEADER_BYTES + pageBytes;
  // Without a size of pages there are no frames to be found; SQLite finds none either, whatever is in them.
  if (!isPageSize(pageBytes)) return true;
  const sum = new Checksum(magic === MAGIC_BIG_ENDIAN);
  sum.add(log.subarray(0, HEADER_SUMMED_BYTES));
  let good = (magic === MAGIC_LITTLE_ENDIAN || magic === MAGIC_BIG_ENDIAN) && sum.is(log, HEADER_SUMMED_BYTES);
  const salts = good ? log.subarray(16, 24) : log.subarray(HEADER_BYTES + 8, HEADER_BYTES + 16);
  let endsBehind = 0;
  for (let at = HEADER_BYTES; at + frameBytes <= log.length; at += frameBytes) {
    const isOfThisLog = log.subarray(at + 8, at + 16).equals(salts);
    if (good) {
      sum.add(log.subarray(at, at + FRAME_SUMMED_BYTES));
      sum.add(log.subarray(at + FRAME_HEADER_BYTES, at + frameBytes));
      good = isOfThisLog && sum.is(log, at + 16);
    }
    const endsTransaction = log.readUInt32BE(at + 4) !== 0;
    if (!good && isOfThisLog && endsTransaction) endsBehind += 1;
  }
  return endsBehind >= 2;
}

const isPageSize = (bytes: number): boolean => bytes >= 512 && bytes <= 65_536 && (bytes & (bytes - 1)) === 0;

/** SQLite's checksum over pairs of 32-bit words, in the byte order that the log's magic number names. */
class Checksum {
  readonly #bigEndian: boolean;
  #first = 0;
  #second = 0;

  constructor(bigEndian: boolean) {
    this.#bigEndian = bigEndian;
  }

  add(bytes: Buffer): void {
    for (let at = 0; at + 8 <= bytes.length; at += 8) {
      const one = this.#bigEndian ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at);
      const two = this.#bigEndian ? bytes.readUInt32BE(at + 4) : bytes.readUInt32LE(at + 4);
      this.#first = (this.#first + one + this.#second) >>> 0;
      this.#second = (this.#second + two + this.#first) >>> 0;
    }
  }

  /** The two sums are stored big-endian, whatever the order of the words. */
  is(log: Buffer, at: number): boolean {
    return log.readUInt32BE(at) === this.#first && log.readUInt32BE(at + 4) === this.#second;
  }
}
