import type { Scene } from '../scene.ts';
import { durableManyRooms, durableOneRoom } from './durable.ts';
import { joins } from './joins.ts';
import { lectern } from './lectern.ts';
import { memory } from './memory.ts';
import { presence } from './presence.ts';
import { clubs, readers120, readers20 } from './writing.ts';

/** In the order in which they are played. */
export const scenes: readonly Scene[] = [
  readers20,
  readers120,
  clubs,
  joins,
  memory,
  lectern,
  presence,
  durableOneRoom,
  durableManyRooms,
];
