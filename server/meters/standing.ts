import { Counter, Gauge } from 'prom-client';
import type { Registry } from 'prom-client';
import type { Way } from './meters.ts';

const ways = ['http', 'events', 'sync'] as const satisfies readonly Way[];

/** How things stand at the moment of asking. */
export interface Standing {
  rooms: number;
  /** People with a live connection, in all rooms. */
  here: number;
  documents: number;
  /** Tasks in the queues of all rooms: commands, and what waits with them. */
  waiting: number;
  importsWaiting: number;
  connections: Record<Way, number>;
  sentBytes: Record<Way, number>;
  /** The store's file and its write-ahead log, in bytes. */
  storeBytes: { file: number; log: number };
}

/** Makes the metrics of what stands, and gives the function that brings them up to date. */
export function standingMetrics(registry: Registry): (now: Standing) => void {
  const registers = [registry];
  const gauge = (name: string, help: string) => new Gauge({ name, help, registers });
  const rooms = gauge('lectern_rooms', 'Rooms in memory.');
  const here = gauge('lectern_members_here', 'People with a live connection, in all rooms.');
  const documents = gauge('lectern_documents', 'Yjs documents in memory.');
  const commandsWaiting = gauge('lectern_commands_waiting', 'Tasks in the queues of all rooms.');
  const importsWaiting = gauge('lectern_imports_waiting', 'Imports that wait for the worker.');
  const connections = new Gauge({
    name: 'lectern_connections',
    help: 'Open connections by what they carry.',
    labelNames: ['way'],
    registers,
  });
  const sent = new Counter({
    name: 'lectern_sent_bytes_total',
    help: 'Bytes sent, by what the connection carried.',
    labelNames: ['way'],
    registers,
  });
  const store = new Gauge({
    name: 'lectern_store_bytes',
    help: 'Size of the store: its file, and its write-ahead log.',
    labelNames: ['part'],
    registers,
  });
  return (now) => {
    rooms.set(now.rooms);
    here.set(now.here);
    documents.set(now.documents);
    commandsWaiting.set(now.waiting);
    importsWaiting.set(now.importsWaiting);
    // The sockets keep the count: it is set, not added to.
    sent.reset();
    for (const way of ways) {
      connections.set({ way }, now.connections[way]);
      sent.inc({ way }, now.sentBytes[way]);
    }
    store.set({ part: 'file' }, now.storeBytes.file);
    store.set({ part: 'log' }, now.storeBytes.log);
  };
}
