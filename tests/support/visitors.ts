import { afterEach } from 'vitest';
import { Visitor } from './visitor.ts';

/** A maker of browsers against the server of a test file. What they opened is closed after each test. */
export function visitors(server: () => { readonly origin: string }): () => Visitor {
  const all: Visitor[] = [];
  afterEach(() => {
    for (const one of all.splice(0)) one.leave();
  });
  return () => {
    const one = new Visitor(server().origin);
    all.push(one);
    return one;
  };
}
