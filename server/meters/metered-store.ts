import { performance } from 'node:perf_hooks';
import type { Store } from '#server/storage/store.ts';

/** What the store's commits are measured with. */
export interface CommitMeters {
  /** Seconds from handing a commit to the store until it was durable. */
  committed(seconds: number): void;
  commitFailed(): void;
  /** These bytes became durable now. */
  durable(update: Uint8Array): void;
}

/** The same store, with every commit measured from outside: neither the store nor the rooms know. */
export function meteredStore(store: Store, meters: CommitMeters): Store {
  return {
    ...store,
    async commit(...commits) {
      const from = performance.now();
      try {
        const seq = await store.commit(...commits);
        meters.committed((performance.now() - from) / 1_000);
        for (const { documents } of commits) for (const { update } of documents) meters.durable(update);
        return seq;
      } catch (error) {
        meters.commitFailed();
        throw error;
      }
    },
  };
}
