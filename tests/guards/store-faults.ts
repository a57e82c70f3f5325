import type { Guard } from './guard.ts';

const store = 'tests/contract/store-faults.test.ts';
const watch = 'tests/unit/storage/damage-watch.test.ts';
const slow = 'tests/contract/slow-store.test.ts';

/** A store that is full, damaged, held or slow. */
export const storeFaults: readonly Guard[] = [
  {
    ids: ['FT3'],
    test: store,
    title: 'may not grow',
    file: 'server/rooms/room-ledger.ts',
    guard: `this.#acts = [];
    this.#stale = true;`,
    instead: 'this.#acts = [];',
  },
  {
    ids: ['FT4'],
    test: store,
    title: 'a page of a table',
    file: 'server/storage/sqlite/inspect-database.ts',
    guard: "if (problems.length !== 1 || Object.values(problems[0] ?? {})[0] !== 'ok') return { kind: 'damaged' };",
    instead: '',
  },
  {
    ids: ['ST24'],
    test: 'tests/contract/sqlite-store.test.ts',
    title: 'a log whose file is gone',
    file: 'server/storage/sqlite/open-database.ts',
    guard: 'refuseForeignFile(file);',
    instead: '',
  },
  {
    ids: ['FT4'],
    test: store,
    title: 'a page in its middle',
    file: 'server/storage/sqlite/open-database.ts',
    guard: 'refuseDamagedLog(file);',
    instead: '',
  },
  {
    ids: ['FT4'],
    test: store,
    title: 'torn end',
    file: 'server/storage/sqlite/log-damage.ts',
    guard: 'return endsBehind >= 2;',
    instead: 'return endsBehind >= 0;',
  },
  {
    ids: ['FT5'],
    test: watch,
    file: 'server/storage/sqlite/damage-watch.ts',
    guard: 'if (this.#damage) throw this.#damage;',
    instead: '',
  },
  {
    ids: ['FT5'],
    test: watch,
    file: 'server/storage/sqlite/damage-watch.ts',
    guard: 'this.#tell(this.#damage);',
    instead: '',
  },
  {
    ids: ['FT6'],
    test: store,
    title: 'stops the start',
    file: 'server/storage/sqlite/open-database.ts',
    guard: `if (reason(error).includes('locked')) {
      throw new StoreUnusableError(\`\${file} is held`,
    instead: `if (false) {
      throw new StoreUnusableError(\`\${file} is held`,
  },
  {
    ids: ['FT6'],
    test: store,
    title: 'while the server runs',
    file: 'server/rooms/room-ledger.ts',
    guard: `this.#acts = [];
    this.#stale = true;`,
    instead: '',
  },
  {
    ids: ['FT7'],
    test: slow,
    title: 'holds up the room',
    file: 'server/rooms/room-ledger.ts',
    guard: 'readonly #queue = new SerialQueue();',
    instead: 'readonly #queue = ((globalThis as { all?: SerialQueue }).all ??= new SerialQueue());',
    waits: 'a room that is held up does not answer',
  },
  {
    ids: ['FT8'],
    test: slow,
    file: 'server/rooms/command-desk.ts',
    guard: "if (this.#waiting.length >= COMMANDS_WAITING_MAX) return refuse('too-fast');",
    instead: '',
  },
  {
    ids: ['FT9'],
    test: slow,
    title: 'reads the room',
    file: 'server/rooms/create-rooms.ts',
    guard: 'if (!entry.room && this.#entries.get(id) === entry) this.#entries.delete(id);',
    instead: '',
  },
  {
    ids: ['FT9'],
    test: slow,
    title: 'tells who knocks',
    file: 'server/events/events.ts',
    guard: "let refused: RefusalCode | 'outdated' | null = 'unavailable';",
    instead: "let refused: RefusalCode | 'outdated' | null = null;",
  },
  {
    ids: ['FT10'],
    test: slow,
    file: 'server/rooms/create-rooms.ts',
    guard: 'this.#entries.set(id, entry);',
    instead: '',
  },
];
