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
    async commit(commit) {
      const from = performance.now();
      try {
        const seq = await store.commit(commit);
        meters.committed((performance.now() - from) / 1_000);
        for (const { update } of commit.documents) meters.durable(update);
        return seq;
      } catch (error) {
        meters.commitFailed();
        throw error;
      }
    },
  };
}
