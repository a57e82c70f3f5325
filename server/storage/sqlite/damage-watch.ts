import { StoreUnusableError } from '../store-unusable-error.ts';

const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;
/** SQLite's extended codes have the primary one in their lowest byte. */
const PRIMARY_CODE = 0xff;

/**
 * Watches over one open file. Damage that lies in a page nobody has read yet passes the check at the door and shows only
 * while the server runs. From its first sign on nothing touches the file any more, neither to read what may be wrong nor
 * to write over what may still be right.
 */
export class DamageWatch {
  readonly #file: string;
  readonly #tell: (error: StoreUnusableError) => void;
  #damage: StoreUnusableError | null = null;

  /** `tell` is called once, when damage shows. */
  constructor(file: string, tell: (error: StoreUnusableError) => void) {
    this.#file = file;
    this.#tell = tell;
  }

  /** Does this, unless damage has shown. Throws `StoreUnusableError` when it has, or shows now. */
  touch<Result>(act: () => Result): Result {
    if (this.#damage) throw this.#damage;
    try {
      return act();
    } catch (error) {
      if (!isDamage(error)) throw error;
      this.#damage = new StoreUnusableError(
        `${this.#file} is damaged, which showed while the server was running. It has stopped so as to harm nothing. Restore the file from a backup.`,
        { cause: error },
      );
      this.#tell(this.#damage);
      throw this.#damage;
    }
  }
}

function isDamage(error: unknown): boolean {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return false;
  const code = error.errcode & PRIMARY_CODE;
  return code === SQLITE_CORRUPT || code === SQLITE_NOTADB;
}
