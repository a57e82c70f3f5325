import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { PAD_MAX_DEPTH } from '#shared/protocol/limits.ts';
import { PAD_ROOT } from '#shared/records/pad-document.ts';
import { fragmentOf, paragraph } from './pad-writer.ts';

/** What a client id writes, as one update. */
export function written(client: number, write: (doc: Y.Doc) => void): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = client;
  doc.transact(() => write(doc));
  return Y.encodeStateAsUpdate(doc);
}

/** An update with no structs that deletes these clocks. */
export function deletion(client: number, clock: number, length: number): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, 0);
  encoding.writeVarUint(encoder, 1);
  encoding.writeVarUint(encoder, client);
  encoding.writeVarUint(encoder, 1);
  encoding.writeVarUint(encoder, clock);
  encoding.writeVarUint(encoder, length);
  return encoding.toUint8Array(encoder);
}

/** Sections of structs by hand; each struct's bytes are given. */
function sections(...parts: { client: number; clock: number; count: number; structs: number[] }[]): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, parts.length);
  for (const { client, clock, count, structs } of parts) {
    encoding.writeVarUint(encoder, count);
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, clock);
    for (const byte of structs) encoding.writeUint8(encoder, byte);
  }
  encoding.writeVarUint(encoder, 0);
  return encoding.toUint8Array(encoder);
}

const aGc = [0, 1];

function nested(depth: number): (doc: Y.Doc) => void {
  return (doc) => {
    let inside: Y.XmlFragment | Y.XmlElement = fragmentOf(doc);
    for (let level = 0; level < depth; level += 1) {
      const quote: Y.XmlElement = new Y.XmlElement('blockquote');
      inside.insert(0, [quote]);
      inside = quote;
    }
  };
}

const withChild = (child: Y.XmlElement | Y.XmlText | Y.XmlHook) => (doc: Y.Doc) =>
  fragmentOf(doc).insert(0, [child as Y.XmlElement]);

function withAttribute(name: string, attribute: string, value: unknown) {
  const element = new Y.XmlElement<Record<string, never>>(name);
  element.setAttribute(attribute, value as never);
  return withChild(element);
}

function withText(change: (text: Y.XmlText) => void) {
  return (doc: Y.Doc) => {
    const element = paragraph('words');
    fragmentOf(doc).insert(0, [element]);
    change(element.get(0) as Y.XmlText);
  };
}

function deepJson(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = [value];
  return value;
}

/**
 * Updates that a pad must never take, each by the name of what is wrong with it: made for an empty pad, by whoever has
 * `client`. `victim` is another's id, under which there is something already, or will be.
 */
export function hostileUpdates(client: number, victim: number): Record<string, Uint8Array> {
  return {
    garbage: new Uint8Array([200, 200, 200, 1]),
    'thirty million structs in a few bytes': sections({ client, clock: 0, count: 30_000_000, structs: aGc }),
    'a gap before the first clock': sections({ client, clock: 5, count: 1, structs: aGc }),
    'a skip within': sections({ client, clock: 0, count: 3, structs: [...aGc, 10, 4, ...aGc] }),
    'the same client twice': sections(
      { client, clock: 0, count: 1, structs: aGc },
      { client: client + 1, clock: 0, count: 1, structs: aGc },
      { client, clock: 0, count: 1, structs: aGc },
    ),
    'nothing, of no length': sections({ client, clock: 0, count: 1, structs: [0, 0] }),
    'a clock out of all range': sections({
      client,
      clock: 0,
      count: 1,
      structs: [0, 255, 255, 255, 255, 255, 255, 15],
    }),
    'a parent that is not there': sections({
      client,
      clock: 0,
      count: 1,
      // A deleted item (content 1) whose parent is an id: client 99, clock 3.
      structs: [1, 0, 99, 3, 1],
    }),
    'an origin in its own future': sections({
      client,
      clock: 0,
      count: 1,
      structs: [0x80 | 1, ...varUint(client), 9, 1],
    }),
    'a deletion of what the victim writes next': deletion(victim, 0, 1_000_000),
    'a deletion of one’s own future': deletion(client, 0, 3),
    'another root': written(client, (doc) => doc.getXmlFragment('other').insert(0, [paragraph('on the side')])),
    'a map as root': written(client, (doc) => doc.getMap('meta').set('lineage', 'mine')),
    'a key on the root': written(client, (doc) => doc.getMap(PAD_ROOT).set('key', 'value')),
    'a subdocument': written(client, (doc) => doc.getMap(PAD_ROOT).set('sub', new Y.Doc())),
    'an unknown element': written(client, withChild(new Y.XmlElement('script'))),
    'an element named as a prototype’s key': written(client, withChild(new Y.XmlElement('__proto__'))),
    'the root’s own name as an element': written(client, withChild(new Y.XmlElement('doc'))),
    'a hook': written(client, withChild(new Y.XmlHook('hook'))),
    'words outside of a paragraph': written(client, withChild(new Y.XmlText('loose'))),
    'a list item without a list': written(client, withChild(new Y.XmlElement('listItem'))),
    'an attribute that nobody knows': written(client, withAttribute('paragraph', 'onclick', 'alert(1)')),
    'a prototype’s key as attribute': written(client, withAttribute('heading', '__proto__', 1)),
    'a level that is an object': written(client, withAttribute('heading', 'level', { deep: deepJson(50) })),
    'JSON as deep as a stack': written(client, withAttribute('heading', 'level', deepJson(2_000))),
    'a giant attribute': written(client, withAttribute('quotation', 'source', 'x'.repeat(100_000))),
    'an address that is no passage': written(client, withAttribute('quotation', 'at', 'javascript:alert(1)')),
    'an unknown mark': written(
      client,
      withText((text) => text.format(0, 2, { onclick: { run: 'me' } })),
    ),
    'an unknown mark that says nothing': written(
      client,
      withText((text) => text.format(0, 2, { onclick: {} })),
    ),
    'a mark with something in it': written(
      client,
      withText((text) => text.format(0, 2, { bold: { deep: deepJson(50) } })),
    ),
    'a link that runs': written(
      client,
      withText((text) => text.format(0, 2, { link: { href: 'javascript:alert(1)' } })),
    ),
    'a link with a prototype': written(
      client,
      withText((text) => text.format(0, 2, { link: JSON.parse('{"href":"https://a.example","__proto__":{"x":1}}') })),
    ),
    'an embed': written(
      client,
      withText((text) => text.insertEmbed(0, { image: 'https://a.example/spy.png' })),
    ),
    'bytes in a text': written(
      client,
      withText((text) => text.setAttribute('x', new Uint8Array(3))),
    ),
    'too deep': written(client, nested(PAD_MAX_DEPTH + 2)),
    'as deep as a stack': written(client, nested(2_000)),
    'a giant text': written(client, (doc) => fragmentOf(doc).insert(0, [paragraph('x'.repeat(600_000))])),
  };
}

function varUint(value: number): number[] {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, value);
  return [...encoding.toUint8Array(encoder)];
}

/** Items that all want the same place, each before another one: every peer compares them all. */
export function contested(client: number, count: number): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = client;
  const line = paragraph('x'.repeat(count + 1));
  fragmentOf(doc).insert(0, [line]);
  const before = Y.getState(doc.store, client);
  // The words are the last that was written, one clock a letter.
  const clock = before - count - 1;
  const encoder = new Y.UpdateEncoderV1();
  encoding.writeVarUint(encoder.restEncoder, 1);
  encoding.writeVarUint(encoder.restEncoder, count);
  encoder.writeClient(client);
  encoding.writeVarUint(encoder.restEncoder, before);
  for (let index = 0; index < count; index += 1) {
    const origin = Y.createID(client, clock);
    const right = Y.createID(client, clock + 1 + ((index * 7_919) % count));
    const id = Y.createID(client, before + index);
    new Y.Item(id, null, origin, null, right, null, null, new Y.ContentString('y')).write(encoder, 0);
  }
  encoding.writeVarUint(encoder.restEncoder, 0);
  return Y.mergeUpdates([Y.encodeStateAsUpdate(doc), encoder.toUint8Array()]);
}
