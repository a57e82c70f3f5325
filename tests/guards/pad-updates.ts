import type { Guard } from './guard.ts';

const updates = 'tests/unit/rooms/pad-update.test.ts';

/** What a pad takes of an update: sizes, clocks, places and kinds of content. */
export const padUpdates: readonly Guard[] = [
  {
    ids: ['PD20'],
    test: updates,
    file: 'server/rooms/pads/check-update.ts',
    guard: "if (update.length > PAD_UPDATE_MAX_BYTES) throw new UnsoundUpdateError('too many bytes');",
    instead: '',
  },
  {
    ids: ['PD20'],
    test: updates,
    file: 'server/rooms/pads/check-update.ts',
    guard: "if (isAhead || !this.#structs.holds(id)) throw new GapError('something named is missing');",
    instead: '',
  },
  {
    ids: ['PD20'],
    test: updates,
    file: 'server/rooms/pads/check-update.ts',
    guard: "if (parent !== PAD_ROOT) throw new UnsoundUpdateError('another root');",
    instead: '',
  },
  {
    ids: ['PD20'],
    test: updates,
    file: 'server/rooms/pads/check-update.ts',
    guard: "if (depth > PAD_MAX_DEPTH) throw new UnsoundUpdateError('too deep');",
    instead: '',
  },
  {
    ids: ['PD20'],
    test: updates,
    file: 'server/rooms/pads/check-update.ts',
    guard: "if (!areAllowed) throw new UnsoundUpdateError('an attribute');",
    instead: '',
  },
  {
    ids: ['PD20'],
    test: updates,
    file: 'server/rooms/pads/check-update.ts',
    guard: "throw new UnsoundUpdateError('a mark, or something else in a text');",
    instead: 'return;',
  },
  {
    ids: ['PD20'],
    test: updates,
    file: 'server/rooms/pads/check-update.ts',
    guard:
      "if (!node || !mayContain(kind, node)) throw new UnsoundUpdateError('an element that does not belong there');",
    instead: '',
  },
  {
    ids: ['PD20'],
    test: updates,
    file: 'server/rooms/pads/update-structs.ts',
    guard: "if (structs.length > PAD_UPDATE_STRUCTS_MAX) throw new UnsoundUpdateError('too many structs');",
    instead: '',
    also: [
      {
        file: 'server/rooms/pads/update-structs.ts',
        guard: "if (!(clock <= PAD_CLOCK_MAX)) throw new UnsoundUpdateError('a clock out of range');",
        instead: '',
      },
    ],
  },
  {
    ids: ['PD20'],
    test: updates,
    file: 'server/rooms/pads/update-structs.ts',
    guard: "if (struct.constructor !== Y.Item && struct.constructor !== Y.GC) throw new UnsoundUpdateError('a skip');",
    instead: '',
  },
  {
    ids: ['PD20'],
    test: updates,
    file: 'server/rooms/pads/update-structs.ts',
    guard: "if (this.#after.has(client)) throw new UnsoundUpdateError('a client twice');",
    instead: '',
  },
  {
    ids: ['PD20'],
    test: updates,
    file: 'server/rooms/pads/update-structs.ts',
    guard: "if (clock > this.known(client)) throw new GapError('a gap before a client');",
    instead: '',
  },
  {
    ids: ['PD20'],
    test: updates,
    file: 'server/rooms/pads/update-structs.ts',
    guard:
      "if (struct.id.clock !== clock || !(struct.length > 0)) throw new UnsoundUpdateError('a gap within a client');",
    instead: '',
  },
  {
    ids: ['PD20'],
    test: updates,
    file: 'server/rooms/pads/update-structs.ts',
    guard: "if (!(clock <= PAD_CLOCK_MAX)) throw new UnsoundUpdateError('a clock out of range');",
    instead: '',
  },
  {
    ids: ['PD20', 'PD22'],
    test: updates,
    file: 'server/rooms/pads/update-structs.ts',
    guard: "if (!(clock >= 0 && len > 0 && clock + len <= after)) throw new GapError('a deletion of the future');",
    instead: '',
  },
  {
    ids: ['PD20'],
    test: updates,
    file: 'shared/records/pad-document.ts',
    guard: "if (typeof href !== 'string' || safeHref(href) === null) return false;",
    instead: '',
  },
  {
    ids: ['PD20'],
    test: updates,
    file: 'shared/records/pad-document.ts',
    guard: "if (name !== 'link') return entries.length === 0;",
    instead: "if (name !== 'link') return true;",
  },
  {
    ids: ['PD20'],
    test: updates,
    file: 'shared/records/pad-document.ts',
    guard: "if (name !== 'link' && !padMarks.some((mark) => mark === name)) return false;",
    instead: '',
  },
  {
    ids: ['PD20'],
    test: updates,
    file: 'shared/records/pad-document.ts',
    guard: 'allowed !== undefined && Object.hasOwn(allowed, name) && allowed[name]?.(value) === true',
    instead: 'allowed !== undefined',
  },
  {
    ids: ['PD20'],
    test: updates,
    file: 'shared/records/pad-document.ts',
    guard: 'value.length <= SOURCE_MAX_CHARS',
    instead: 'value.length > 0',
  },
  {
    ids: ['PD21'],
    test: updates,
    file: 'server/rooms/pads/check-update.ts',
    guard: "if (count > PAD_CONTESTED_PER_PLACE_MAX) throw new UnsoundUpdateError('too many items in one place');",
    instead: '',
  },
  {
    ids: ['PD71'],
    test: 'tests/fuzz/pads.test.ts',
    file: 'server/rooms/pads/pad-document.ts',
    guard: 'return checkPadUpdate(this.#doc, update);',
    instead: 'return { clients: [] };',
  },
];
