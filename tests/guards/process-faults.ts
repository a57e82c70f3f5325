import type { Guard } from './guard.ts';

const clock = 'tests/contract/clock.test.ts';
const draining = 'tests/contract/draining.test.ts';
const crash = 'tests/contract/crash-points.test.ts';
const back = 'tests/unit/room/come-back.test.ts';

/** Kills at any moment, clocks that jump, and the end of the process. */
export const processFaults: readonly Guard[] = [
  {
    ids: ['FT1'],
    test: crash,
    file: 'server/rooms/command-round.ts',
    guard: 'const last = acts > 0',
    instead: `for (const { asked, outcome } of decided) if ('act' in outcome) asked.answer({ ok: true, seq: 0 });
    const last = acts > 0`,
  },
  {
    ids: ['FT11'],
    test: clock,
    file: 'server/rooms/room-ledger.ts',
    guard: 'Math.max(this.#house.now(), this.#lastStamp + 1)',
    instead: 'this.#house.now()',
  },
  {
    ids: ['FT11'],
    test: clock,
    file: 'server/rooms/room-ledger.ts',
    guard: 'this.#lastStamp = records.stampedAt;',
    instead: 'this.#lastStamp = 0;',
  },
  {
    ids: ['FT12'],
    test: clock,
    file: 'server/rooms/token-bucket.ts',
    guard: '(Math.max(0, at - bucket.at) / 1_000)',
    instead: '((at - bucket.at) / 1_000)',
  },
  {
    ids: ['FT12'],
    test: clock,
    file: 'server/rooms/token-bucket.ts',
    guard: 'Math.min(this.#burst, bucket.tokens + refill)',
    instead: 'bucket.tokens + refill',
  },
  {
    ids: ['FT12'],
    test: clock,
    file: 'server/doors/rate-limit.ts',
    guard: 'Math.max(0, gained)',
    instead: 'gained',
  },
  {
    ids: ['FT13'],
    test: clock,
    file: 'server/rooms/room-ledger.ts',
    guard: 'Math.max(this.#house.now(), this.#lastStamp + 1)',
    instead: 'this.#house.now()',
  },
  {
    ids: ['FT14'],
    test: clock,
    file: 'server/doors/identity.ts',
    guard: 'return link !== null && link.expiresAt - now <= LINK_LIFE_MS + CLOCK_SLACK_MS ? link : null;',
    instead: 'return link;',
  },
  {
    ids: ['FT15'],
    test: draining,
    file: 'server/events/events.ts',
    guard: "socket.emit('goodbye', { code: 'restarting' });",
    instead: '',
  },
  {
    ids: ['FT15'],
    test: draining,
    file: 'server/sync/web-sockets.ts',
    guard: 'ws.close(SERVICE_RESTART);',
    instead: 'ws.close();',
  },
  {
    ids: ['FT15'],
    test: draining,
    file: 'server/start-server.ts',
    guard: 'await rooms.close();',
    instead: '',
    waits: 'what was taken is answered by nobody',
  },
  {
    ids: ['FT16'],
    test: draining,
    title: 'whoever does not go',
    file: 'server/start-server.ts',
    guard: 'await Promise.race([goodbyes, setTimeout(GOODBYE_MAX_MS)]);',
    instead: 'await goodbyes;',
  },
  {
    ids: ['FT16'],
    test: draining,
    title: 'whoever does not go',
    file: 'server/start-server.ts',
    guard: 'for (const socket of sockets) socket.destroy();',
    instead: '',
  },
  {
    ids: ['FT16'],
    test: draining,
    title: 'when its store does not',
    file: 'server/end-in-order.ts',
    guard: 'process.exit(1);\n    }, STOP_MAX_MS)',
    instead: '}, STOP_MAX_MS)',
    waits: 'a process that does not end gives no sign of it',
  },
  {
    ids: ['FT17'],
    test: back,
    file: 'components/room/come-back.ts',
    guard: ' * (0.5 + chance)',
    instead: '',
  },
  {
    ids: ['FT17'],
    test: back,
    file: 'components/room/come-back.ts',
    guard: 'Math.min(FIRST_MS * 2 ** tries, LONGEST_MS)',
    instead: 'FIRST_MS * 2 ** tries',
  },
  {
    ids: ['FT17'],
    test: back,
    file: 'components/room/come-back.ts',
    guard: ' * 2 ** tries',
    instead: '',
  },
  {
    ids: ['FT30'],
    test: 'tests/fuzz/rooms.test.ts',
    file: 'server/rooms/command-round.ts',
    guard: 'const last = acts > 0',
    instead: `for (const { asked, outcome } of decided) if ('act' in outcome) asked.answer({ ok: true, seq: 0 });
    const last = acts > 0`,
  },
  {
    ids: ['FT30'],
    test: 'tests/fuzz/rooms.test.ts',
    file: 'server/rooms/command-round.ts',
    guard: 'const known = await this.#knownAnswer(asked);',
    instead: 'const known = null;',
    waits: 'a command that is sent again gets no answer, and of that there is no sign',
  },
  {
    ids: ['FT30'],
    test: 'tests/fuzz/rooms.test.ts',
    file: 'server/rooms/room-ledger.ts',
    guard: `this.#acts = [];
    this.#stale = true;`,
    instead: 'this.#acts = [];',
  },
  {
    ids: ['FT31'],
    test: 'tests/fuzz/room-server.test.ts',
    file: 'server/rooms/command-round.ts',
    guard: 'const last = acts > 0',
    instead: `for (const { asked, outcome } of decided) if ('act' in outcome) asked.answer({ ok: true, seq: 0 });
    const last = acts > 0`,
  },
  {
    ids: ['FT31'],
    test: 'tests/fuzz/room-server.test.ts',
    file: 'server/rooms/command-round.ts',
    guard: 'const known = await this.#knownAnswer(asked);',
    instead: 'const known = null;',
  },
  {
    ids: ['FT2'],
    test: crash,
    title: 'when it is folded as it is loaded',
    file: 'server/storage/sqlite/open-sqlite-store.ts',
    guard: `await db.transaction().execute(async (trx) => {
        await trx
          .insertInto('documents')
          .values({ document, lineage, snapshot })`,
    instead: `await (async (trx) => {
        await trx
          .insertInto('documents')
          .values({ document, lineage, snapshot })`,
    also: [
      {
        file: 'server/storage/sqlite/open-sqlite-store.ts',
        guard: `trx.insertInto('document_updates').values({ document, bytes }).execute();
      });`,
        instead: `trx.insertInto('document_updates').values({ document, bytes }).execute();
      })(db);`,
      },
    ],
  },
  {
    ids: ['FT2'],
    test: crash,
    file: 'server/rooms/margins.ts',
    guard: 'const [snapshot, ...rest] = document.parts();',
    instead: 'const [snapshot, ...rest] = LiveDocument.create(document.lineage, []).parts();',
  },
];
