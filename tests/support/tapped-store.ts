import { openSqliteStore } from '#server/storage/sqlite/open-sqlite-store.ts';
import type { Store } from '#server/storage/store.ts';

type Method = Exclude<keyof Store, 'close'>;

/** The real store, behind what a test does before each call: wait, or throw. */
export class TappedStore {
  /** Every call so far. */
  readonly calls: { method: Method; about: unknown }[] = [];
  /** Waited for before the call goes on to the store; `about` is the call's first argument. What it throws, the call throws. */
  before: (method: Method, about: unknown) => Promise<void> | void = () => undefined;

  readonly open: typeof openSqliteStore = async (file, onDamage) => {
    const store = await openSqliteStore(file, onDamage);
    return new Proxy(store, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== 'function' || name === 'close') return member;
        return async (...given: unknown[]): Promise<unknown> => {
          this.calls.push({ method: name as Method, about: given[0] });
          await this.before(name as Method, given[0]);
          return member.apply(target, given);
        };
      },
    });
  };
}
