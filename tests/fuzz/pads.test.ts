import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { PAD_MAX_DEPTH } from '#shared/protocol/limits.ts';
import {
  isPadAttribute,
  isPadMark,
  isPadNode,
  mayContain,
  PAD_ROOT,
  type PadNode,
} from '#shared/records/pad-document.ts';
import { type Canonical, PadDocument, SpoiltDocumentError } from '#server/rooms/pads/pad-document.ts';
import { GapError, UnsoundUpdateError } from '#server/rooms/pads/update-structs.ts';
import { hostileUpdates } from '#tests/support/hostile-updates.ts';
import { PadEditorModel } from '#tests/support/pad-editor.ts';
import { fragmentOf } from '#tests/support/pad-writer.ts';
import { firstSeed, Seeded } from '#tests/support/seeded.ts';

/** `FUZZ_SEED` repeats a run that failed; `FUZZ_RUNS` sets how many there are. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 20);
const STEPS = 120;
const MALLORY = 9_000;

/** What the server does with one update, without its disk. */
class PadOnServer {
  document = PadDocument.read({ lineage: 'fuzz', snapshot: null, updates: [] });
  readonly owners = new Map<number, number>();
  readonly #log: Uint8Array[] = [];

  /** The server's own words for it, null when it brings nothing, or why it is refused. */
  receive(from: number, update: Uint8Array): Canonical | string | null {
    try {
      const { clients } = this.document.check(update);
      if (clients.some((client) => (this.owners.get(client) ?? from) !== from)) return 'a foreign client id';
      for (const client of clients) this.owners.set(client, from);
      const canonical = this.document.take(update);
      if (canonical) this.#log.push(canonical.update);
      return canonical;
    } catch (error) {
      if (error instanceof SpoiltDocumentError) {
        this.document = PadDocument.read({ lineage: 'fuzz', snapshot: null, updates: this.#log });
      } else if (!(error instanceof UnsoundUpdateError)) throw error;
      return error instanceof GapError ? 'gap' : error.message;
    }
  }
}

class Person {
  readonly editor: PadEditorModel;
  readonly client: number;
  online = true;
  /** On their way to the server, and to here. */
  readonly up: Uint8Array[] = [];
  /** How many of those on their way up may overtake all that was written offline: they come again with it. */
  early = 0;
  readonly down: Uint8Array[] = [];

  constructor(client: number) {
    this.client = client;
    this.editor = new PadEditorModel(client);
    this.editor.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'server' && this.online) this.up.push(update);
    });
  }
}

describe('pads', () => {
  it('PD71 honest editors are never refused and end equal, whatever hostile updates come in between', () => {
    const first = firstSeed();
    let honest = 0;
    let hostileTaken = 0;
    let hostileSent = 0;
    for (let run = 0; run < RUNS; run += 1) {
      const seed = first + run;
      const told = play(new Seeded(seed));
      expect([`FUZZ_SEED=${seed} FUZZ_RUNS=1`, told.wrong]).toEqual([`FUZZ_SEED=${seed} FUZZ_RUNS=1`, []]);
      honest += told.honest;
      hostileTaken += told.hostileTaken;
      hostileSent += told.hostileSent;
    }
    // Something happened, on both sides; a single run says nothing of that.
    if (RUNS < 10) return;
    expect(honest).toBeGreaterThan(RUNS * 20);
    expect(hostileSent).toBeGreaterThan(RUNS * 5);
    expect(hostileSent).toBeGreaterThan(hostileTaken);
  });
});

function hear({ down, editor }: Person): void {
  for (const update of down.splice(0)) Y.applyUpdate(editor.doc, update, 'server');
}

/** One scene of three honest people and somebody hostile; `wrong` says what should not have happened. */
function play(random: Seeded) {
  const wrong: string[] = [];
  const server = new PadOnServer();
  const people = [1, 2, 3].map((client) => new Person(client));
  for (const { client } of people) server.owners.set(client, client);
  const seen: Uint8Array[] = [];
  let honest = 0;
  let hostileSent = 0;
  let hostileTaken = 0;

  const relay = ({ update, hasMore }: Canonical, from: Person | null): void => {
    for (const person of people) if (person.online && (person !== from || hasMore)) person.down.push(update);
  };
  const deliver = (person: Person): void => {
    for (const update of person.up.splice(0)) {
      honest += 1;
      seen.push(update);
      const answer = server.receive(person.client, update);
      if (person.early > 0) {
        person.early -= 1;
        if (answer === 'gap') continue;
      }
      if (typeof answer === 'string') wrong.push(`${person.client} was refused: ${answer}`);
      else if (answer !== null) relay(answer, person);
    }
  };
  const leave = (person: Person): void => {
    deliver(person);
    person.online = false;
    person.down.length = 0;
  };
  const comeBack = (person: Person): void => {
    person.online = true;
    Y.applyUpdate(person.editor.doc, server.document.diff(Y.encodeStateVector(person.editor.doc)), 'server');
    // Merging may have cleared up formatting of what nobody else has yet.
    person.early = person.up.length;
    person.up.push(Y.encodeStateAsUpdate(person.editor.doc, server.document.stateVector()));
  };

  for (let step = 0; step < STEPS; step += 1) {
    const person = random.pick(people);
    const what = random.weighed({ act: 12, deliver: 6, hear: 6, wander: 1, attack: 2 });
    if (what === 'act') person.editor.act(random);
    else if (what === 'deliver' && person.online) deliver(person);
    else if (what === 'hear') hear(person);
    else if (what === 'wander') (person.online ? leave : comeBack)(person);
    else if (what === 'attack') {
      hostileSent += 1;
      const before = statesOf(server.document, people);
      const answer = server.receive(MALLORY, attack(random, seen, server, hostileSent));
      if (answer !== null && typeof answer !== 'string') {
        hostileTaken += 1;
        relay(answer, null);
      }
      const after = statesOf(server.document, people);
      if (!isDeepStrictEqual(after, before)) wrong.push('somebody else’s writing grew');
      wrong.push(...faultsIn(server.document));
    }
  }
  for (const person of people) if (!person.online) comeBack(person);
  // Until nothing is under way: what is heard may clear up formatting, which the others are then told.
  while (people.some(({ up, down }) => up.length + down.length > 0)) {
    for (const person of people) deliver(person);
    for (const person of people) hear(person);
  }
  const wanted = server.document.fragment.toJSON();
  for (const { client, editor } of people) {
    if (fragmentOf(editor.doc).toJSON() !== wanted) wrong.push(`${client} reads something else than the server`);
  }
  return { wrong, honest, hostileSent, hostileTaken };
}

/** How much of each honest person's writing is there: nobody else's update may add to it. */
const statesOf = (document: PadDocument, people: readonly Person[]): number[] => {
  const states = Y.decodeStateVector(document.stateVector());
  return people.map(({ client }) => states.get(client) ?? 0);
};

function attack(random: Seeded, seen: readonly Uint8Array[], server: PadOnServer, count: number): Uint8Array {
  const client = MALLORY + count * 10;
  const kind = random.below(4);
  if (kind === 0) {
    const corpus = Object.values(hostileUpdates(client, random.between(1, 3)));
    return random.pick(corpus);
  }
  // A copy of what is there, edited under a client id of one's own or of somebody else's.
  const copy = new PadEditorModel(kind === 1 ? random.between(1, 3) : client);
  Y.applyUpdate(copy.doc, server.document.encode(), 'server');
  const known = server.document.stateVector();
  for (let edits = random.between(1, 4); edits > 0; edits -= 1) copy.act(random);
  const base = kind === 3 && seen.length > 0 ? random.pick(seen) : Y.encodeStateAsUpdate(copy.doc, known);
  const bytes = Uint8Array.from(base);
  if (kind === 2) return bytes;
  for (let flips = random.between(1, 4); flips > 0 && bytes.length > 0; flips -= 1) {
    const at = random.below(bytes.length);
    bytes[at] = random.chance(0.5) ? random.below(256) : ((bytes[at] ?? 0) ^ (1 << random.below(8))) & 255;
  }
  return random.chance(0.2) ? bytes.subarray(0, random.below(bytes.length + 1)) : bytes;
}

/** Everything in the document that should never have come in. */
function faultsIn(document: PadDocument): string[] {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, document.encode());
  const faults: string[] = [];
  const roots = [...doc.share.keys()].filter((root) => root !== PAD_ROOT);
  if (roots.length > 0) faults.push(`roots ${roots.join()}`);
  if (doc.store.pendingStructs !== null || doc.store.pendingDs !== null) faults.push('something waits');
  const walk = (children: readonly unknown[], kind: PadNode, depth: number): void => {
    if (depth > PAD_MAX_DEPTH + 1) faults.push('too deep');
    for (const child of children) {
      if (child instanceof Y.XmlText) {
        if (!mayContain(kind, 'text')) faults.push(`text in ${kind}`);
        for (const { insert, attributes } of child.toDelta() as { insert: unknown; attributes?: object }[]) {
          if (typeof insert !== 'string') faults.push('an embed');
          for (const [mark, value] of Object.entries(attributes ?? {})) if (!isPadMark(mark, value)) faults.push(mark);
        }
      } else if (child instanceof Y.XmlElement && isPadNode(child.nodeName)) {
        if (!mayContain(kind, child.nodeName)) faults.push(`${child.nodeName} in ${kind}`);
        for (const [key, value] of Object.entries(child.getAttributes())) {
          if (!isPadAttribute(child.nodeName, key, value)) faults.push(`${child.nodeName}.${key}`);
        }
        walk(child.toArray(), child.nodeName, depth + 1);
      } else faults.push('an unknown child');
    }
  };
  walk(doc.getXmlFragment(PAD_ROOT).toArray(), 'doc', 0);
  return faults;
}
