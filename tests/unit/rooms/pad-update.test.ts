import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { checkPadUpdate } from '#server/rooms/pads/check-update.ts';
import { PadDocument } from '#server/rooms/pads/pad-document.ts';
import { UnsoundUpdateError } from '#server/rooms/pads/update-structs.ts';
import { contested, deletion, hostileUpdates, written } from '#tests/support/hostile-updates.ts';
import { addParagraph, fragmentOf, paragraph } from '#tests/support/pad-writer.ts';

const ME = 1_001;
const VICTIM = 2_002;

function padWithVictim(): Y.Doc {
  const doc = new Y.Doc();
  Y.applyUpdate(
    doc,
    written(VICTIM, (theirs) => addParagraph(theirs, 'Of the victim.')),
  );
  return doc;
}

/** Whether the update is taken, and if not, whether that was foreseen. */
function faultOf(doc: Y.Doc, update: Uint8Array): string {
  try {
    checkPadUpdate(doc, update);
  } catch (error) {
    return error instanceof UnsoundUpdateError ? 'unsound' : String(error);
  }
  return 'taken';
}

describe('what a pad takes', () => {
  it('PD20 each hostile update is refused, and the document stays as it was', () => {
    for (const [name, update] of Object.entries(hostileUpdates(ME, VICTIM))) {
      const doc = padWithVictim();
      const before = Y.encodeStateAsUpdate(doc);
      expect([name, faultOf(doc, update)]).toEqual([name, 'unsound']);
      expect(Y.encodeStateAsUpdate(doc)).toEqual(before);
    }
  });

  it('PD21 items that contend for one place are too many from a certain number on, and a few are not', () => {
    const doc = new Y.Doc();
    expect(() => checkPadUpdate(doc, contested(ME, 2_000))).toThrow('too many items in one place');
    expect(checkPadUpdate(doc, contested(ME, 100)).clients).toEqual([ME]);
  });

  it('PD22 it says under which ids an update brings news, and what is known already is none', () => {
    const doc = padWithVictim();
    const known = Y.encodeStateAsUpdate(doc);
    expect(checkPadUpdate(doc, known).clients).toEqual([]);
    const mine = new Y.Doc();
    mine.clientID = ME;
    Y.applyUpdate(mine, known);
    addParagraph(mine, 'Mine.');
    expect(checkPadUpdate(doc, Y.encodeStateAsUpdate(mine)).clients).toEqual([ME]);
  });

  it('PD22 what is there may be deleted by anybody, again too', () => {
    const doc = padWithVictim();
    const all = deletion(VICTIM, 0, Y.getState(doc.store, VICTIM));
    expect(checkPadUpdate(doc, all).clients).toEqual([]);
    Y.applyUpdate(doc, all);
    expect(checkPadUpdate(doc, all).clients).toEqual([]);
    expect(() => checkPadUpdate(doc, deletion(VICTIM, 0, Y.getState(doc.store, VICTIM) + 1))).toThrow('future');
  });

  it('PD22 what comes into a paragraph that was deleted and forgotten meanwhile is taken and is nothing', () => {
    const doc = padWithVictim();
    const mine = new Y.Doc();
    mine.clientID = ME;
    Y.applyUpdate(mine, Y.encodeStateAsUpdate(doc));
    const before = Y.encodeStateVector(mine);
    const text = (fragmentOf(mine).get(0) as Y.XmlElement).get(0) as Y.XmlText;
    text.insert(3, 'too late');
    fragmentOf(doc).delete(0, 1);
    const late = Y.encodeStateAsUpdate(mine, before);
    expect(checkPadUpdate(doc, late).clients).toEqual([ME]);
    Y.applyUpdate(doc, late);
    expect(doc.store.pendingStructs).toBeNull();
    expect(fragmentOf(doc).length).toBe(0);
  });

  it('PD23 what is applied is told in the document’s own words', () => {
    const pad = PadDocument.read({ lineage: 'one', snapshot: null, updates: [] });
    const update = written(ME, (doc) => fragmentOf(doc).insert(0, [paragraph('Words.')]));
    const canonical = pad.take(update);
    expect(canonical).not.toBeNull();
    expect(pad.take(update)).toBeNull();
    const copy = new Y.Doc();
    Y.applyUpdate(copy, canonical?.update ?? new Uint8Array());
    expect(fragmentOf(copy).toJSON()).toBe(fragmentOf(padDoc(pad)).toJSON());
  });
});

function padDoc(pad: PadDocument): Y.Doc {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, pad.encode());
  return doc;
}
