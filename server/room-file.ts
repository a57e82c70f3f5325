import { join } from 'node:path';
import type { Env } from './env.ts';

/** The file that is the embedded store: all that a server knows, beside its write-ahead log. */
export const roomFile = ({ DATA_DIR }: Pick<Env, 'DATA_DIR'>): string => join(DATA_DIR, 'lectern.sqlite');
