/** One observable value. Readers compare by identity: `set` only ever with a new value when something changed. */
export interface Slice<T> {
  get: () => T;
  subscribe: (listener: () => void) => () => void;
}

export interface WritableSlice<T> extends Slice<T> {
  set: (value: T) => void;
}

export function createSlice<T>(initial: T): WritableSlice<T> {
  let value = initial;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
