import type { Guard } from './guard.ts';

const test = 'tests/e2e/away.spec.ts';

/** What an open page does with the words of somebody who was away, and with a room that is not what it was. */
export const onThePage: readonly Guard[] = [
  {
    ids: ['GD60'],
    test,
    file: 'components/margin/homeless-words.tsx',
    guard: 'if (!hasBook) return <BookRemoved />;',
    instead: '',
  },
  {
    ids: ['GD60'],
    test,
    file: 'components/margin/book-removed.tsx',
    guard: 'const kept = [...refused, ...unsent];',
    instead: 'const kept = refused;',
  },
  {
    ids: ['GD60'],
    test,
    file: 'components/room/room-client.ts',
    guard: 'this.#merge({ books: this.#state.get().books.filter((book) => book.id !== id) });',
    instead: '',
  },
  {
    ids: ['GD61'],
    test,
    file: 'components/room/outbox.ts',
    guard: 'await this.#storage.then((storage) => storage.refuse(command.id, refusal)).catch(() => undefined);',
    instead: 'await this.#unstore(command.id);',
  },
  {
    ids: ['GD61'],
    test,
    file: 'components/margin/homeless-words.tsx',
    guard: 'return margin.annotations.has(command.annotation);',
    instead: 'return true;',
  },
  {
    ids: ['GD61'],
    test,
    file: 'components/shelf/shelf.tsx',
    guard: '{notTaken.length > 0 ? <WordsNotTaken kept={notTaken} /> : null}',
    instead: '',
  },
  {
    ids: ['GD61'],
    test,
    file: 'components/room/outbox.ts',
    guard: `this.#drop(id);
    void this.#unstore(id);`,
    instead: 'this.#drop(id);',
  },
  {
    ids: ['GD62'],
    test,
    file: 'components/room/room-client.ts',
    guard: "if (code === closeCodes.outdated) this.#end('outdated');",
    instead: '',
  },
  {
    ids: ['GD62'],
    test,
    file: 'components/room/room-client.ts',
    guard: " || message === 'outdated'",
    instead: '',
  },
  {
    ids: ['GD62'],
    test,
    file: 'components/room/room-client.ts',
    guard: 'void this.outbox.restore();',
    instead: '',
  },
  {
    ids: ['GD63'],
    test,
    file: 'components/room/margin-connection.ts',
    guard: `this.#drop();
      this.#state.set(emptyDocument);
      this.#open();`,
    instead: '',
  },
  {
    ids: ['GD64'],
    test,
    file: 'components/margin/put-out.tsx',
    guard: '<UnsentHere room={room.id} />',
    instead: '',
  },
  {
    ids: ['GD64'],
    test,
    file: 'components/join/closed-door.tsx',
    guard: 'room === undefined ? null : <UnsentHere room={room} />',
    instead: 'null',
  },
];
