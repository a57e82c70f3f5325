import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { getRequestListener } from '@hono/node-server';
import type { Env } from './env.ts';
import { Events } from './events/events.ts';
import { createApi } from './http/api.ts';
import type { ApiServices } from './http/context.ts';
import { addressHolds, HeldByAddress } from '#server/doors/address-holds.ts';
import type { AddressHolds } from '#server/doors/address-holds.ts';
import { deadlines } from '#server/doors/deadlines.ts';
import type { Deadlines } from '#server/doors/deadlines.ts';
import { createDoors, doorRates } from '#server/doors/doors.ts';
import type { DoorRates } from '#server/doors/doors.ts';
import { createFrontDoor } from './http/front-door.ts';
import { Identity } from '#server/doors/identity.ts';
import { readBroughtIn } from './http/bring-in.ts';
import { Imports } from './http/imports.ts';
import { Revisions } from './http/revisions.ts';
import { createPageServices } from './http/pages.ts';
import type { Log } from './log.ts';
import { meteredStore } from './meters/metered-store.ts';
import { noMeters } from './meters/meters.ts';
import { PrometheusMeters } from './meters/prometheus.ts';
import { Traffic } from './meters/traffic.ts';
import { preparePages } from './next-pages.ts';
import { providePageServices } from './page-services.ts';
import { roomFile } from './room-file.ts';
import { createRooms } from './rooms/create-rooms.ts';
import { openSqliteStore } from './storage/sqlite/open-sqlite-store.ts';
import type { StoreUnusableError } from './storage/store-unusable-error.ts';
import { isPadAddress } from './sync/pad-path.ts';
import { PadRelay } from './sync/pad-relay.ts';
import { SyncRelay } from './sync/relay.ts';
import { createUpgradeDispatcher } from './upgrade.ts';

/** Requests that are under way and sockets that read slowly get this long when the server stops, then they are cut. */
const GOODBYE_MAX_MS = 3_000;
/** Deleted words are kept for a day, so that a delete can be undone. */
const PURGE_AFTER_MS = 86_400_000;
/** A command is known again for as long as anybody may come back with an outbox whose ack was lost. */
const COMMANDS_KNOWN_MS = 60 * 86_400_000;
const PURGE_EVERY_MS = 3_600_000;

export interface StartOptions {
  env: Env;
  log: Log;
  /** Whether to serve the pages, which takes a build. Tests of everything else do without. */
  pages: boolean;
  /** Rates of the doors that differ from `doorRates`, so that tests can reach a limit. */
  rates?: Partial<DoorRates>;
  /** What one address may hold that differs from `addressHolds`, so that tests can reach it. */
  holds?: Partial<AddressHolds>;
  /** Deadlines that differ from `deadlines`, so that tests need not wait for them. */
  deadlines?: Partial<Deadlines>;
  now?: () => number;
  /** The store behind something else, so that tests can make it slow or let it fail. */
  openStore?: typeof openSqliteStore;
}

export interface RunningServer {
  port: number;
  services: ApiServices;
  /** Resolves when damage shows in the store: it refuses everything from then on, and the server should be closed. */
  damaged: Promise<StoreUnusableError>;
  /** Does now what sync sockets get every 20 seconds: the beat that keeps honest clients content. */
  beat(): void;
  /** Lets everybody go, finishes what was begun, and closes the store last. */
  close(): Promise<void>;
}

/** Puts the parts together, in the order in which they need each other, and listens. */
export async function startServer(options: StartOptions): Promise<RunningServer> {
  const { env, log, pages, rates, now = Date.now, openStore = openSqliteStore } = options;
  const patience: Deadlines = { ...deadlines, ...options.deadlines };
  const file = roomFile(env);
  const damage = Promise.withResolvers<StoreUnusableError>();
  const opened = await openStore(file, damage.resolve);
  const prometheus = env.METRICS_TOKEN === undefined ? null : new PrometheusMeters();
  const store = prometheus ? meteredStore(opened, prometheus) : opened;
  const traffic = new Traffic();
  const rooms = createRooms({ store, now, log });
  const identity = new Identity(store, now);
  const doors = createDoors({ ...doorRates, ...rates }, now);
  const held = new HeldByAddress({ ...addressHolds, ...options.holds }, env.TRUSTED_PROXIES);
  const imports = new Imports(log, now, readBroughtIn);
  const revisions = new Revisions(log, now);
  const metrics =
    prometheus &&
    (async () =>
      prometheus.text({
        ...rooms.standing(),
        importsWaiting: imports.waiting,
        connections: traffic.connections(),
        sentBytes: traffic.sent(),
        storeBytes: { file: await sizeOf(file), log: await sizeOf(`${file}-wal`) },
      }));
  const meters = prometheus ?? noMeters;
  const services: ApiServices = { env, log, meters, metrics, store, rooms, identity, doors, imports, revisions, now };
  const api = createApi(services);
  const relay = new SyncRelay({ ...services, deadlines: patience });
  const pads = new PadRelay({ ...services, deadlines: patience });
  const events = new Events({ ...services, deadlines: patience });

  providePageServices(createPageServices(services));
  const guest = pages ? await preparePages(env.NODE_ENV === 'development', env.PORT) : null;

  const frontDoor = createFrontDoor({
    env,
    log,
    doors,
    api: getRequestListener(api.fetch, { overrideGlobalObjects: false }),
    pages: guest && guest.handle,
  });
  const server = createServer(
    {
      requestTimeout: patience.request,
      headersTimeout: patience.headers,
      keepAliveTimeout: patience.between,
      // Half as often as Node looks by itself would let a silent connection stay twice as long as it may.
      connectionsCheckingInterval: patience.headers / 2,
    },
    (request, response) => {
      void frontDoor(request, response);
    },
  );
  server.on(
    'upgrade',
    createUpgradeDispatcher({
      env,
      doors,
      held,
      sync: (request, socket, head) => {
        traffic.upgraded(socket, 'sync');
        (isPadAddress(request.url ?? '') ? pads : relay).handleUpgrade(request, socket, head);
      },
      events: (request, socket, head) => {
        traffic.upgraded(socket, 'events');
        events.handleUpgrade(request, socket, head);
      },
      pages:
        guest && env.NODE_ENV === 'development'
          ? (request, socket, head) => guest.upgrade(request, socket, head)
          : null,
    }),
  );
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    held.connected(socket);
    sockets.add(socket);
    traffic.connected(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(env.PORT, env.HOST, () => resolve());
  });

  const purge = () => {
    store
      .purge(now() - PURGE_AFTER_MS, now() - COMMANDS_KNOWN_MS)
      .catch((error: unknown) => log.error({ err: error }, 'purging failed'));
  };
  const purgeTimer = setInterval(purge, PURGE_EVERY_MS).unref();
  purge();

  let closing: Promise<void> | null = null;
  const close = async () => {
    clearInterval(purgeTimer);
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    const goodbyes = Promise.all([closed, events.close(), relay.close(), pads.close()]);
    await Promise.race([goodbyes, setTimeout(GOODBYE_MAX_MS)]);
    for (const socket of sockets) socket.destroy();
    await goodbyes;
    await imports.close();
    await revisions.close();
    await guest?.close();
    await rooms.close();
    await store.close();
  };
  return {
    port: (server.address() as AddressInfo).port,
    services,
    damaged: damage.promise,
    beat: () => {
      relay.beat();
      pads.beat();
    },
    close: () => (closing ??= close()),
  };
}

/** In bytes; nothing where there is no such file. */
const sizeOf = async (path: string): Promise<number> => (await stat(path).catch(() => null))?.size ?? 0;
