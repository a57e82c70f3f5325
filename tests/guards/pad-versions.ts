import type { Guard } from './guard.ts';

const pad = 'tests/unit/rooms/pad.test.ts';
const http = 'tests/contract/http-pad.test.ts';

/** Versions of a pad and what is added to it over HTTP: how much, and by whom. */
export const padVersions: readonly Guard[] = [
  {
    ids: ['PD60'],
    test: pad,
    file: 'server/rooms/pads/live-pad.ts',
    guard:
      "() => this.versions.make(readBlocks(this.#document.fragment), { cause: 'restore', title: null, author: member }),",
    instead: '',
  },
  {
    ids: ['PD61'],
    test: pad,
    file: 'server/rooms/pads/live-pad.ts',
    guard: 'if (this.#readers.size === 0 && this.versions.isDue)',
    instead: 'if (this.#readers.size === 0)',
  },
  {
    ids: ['PD61'],
    test: pad,
    file: 'server/rooms/pads/live-pad.ts',
    guard: 'if (this.#readers.size === 0 && this.versions.isDue)',
    instead: 'if (this.versions.isDue)',
    also: [{ file: 'server/rooms/pads/live-pad.ts', guard: 'if (this.#readers.size > 0) return;', instead: '' }],
  },
  {
    ids: ['PD62'],
    test: pad,
    file: 'server/rooms/pads/pad-versions.ts',
    guard: 'named.length < PAD_VERSIONS_MAX && ',
    instead: '',
  },
  {
    ids: ['PD62'],
    test: pad,
    file: 'server/rooms/pads/pad-versions.ts',
    guard: 'index < PAD_VERSIONS_MAX - 1 && ',
    instead: '',
  },
  {
    ids: ['PD66'],
    test: pad,
    file: 'server/rooms/pads/pad-versions.ts',
    guard: ' && bytes <= PAD_VERSIONS_MAX_BYTES',
    instead: '',
  },
  {
    ids: ['PD66'],
    test: pad,
    file: 'server/rooms/pads/pad-versions.ts',
    guard: ' && held <= PAD_VERSIONS_MAX_BYTES',
    instead: '',
  },
  {
    ids: ['PD67'],
    test: pad,
    file: 'server/rules/pad.ts',
    guard: "if (version.cause !== 'named') return refuse('moderators-only');",
    instead: '',
  },
  {
    ids: ['PD67'],
    test: pad,
    file: 'server/rules/pad.ts',
    guard: "(version.author === member.id ? null : refuse('not-yours'))",
    instead: 'null',
  },
  {
    ids: ['PD67'],
    test: http,
    file: 'server/http/pad-routes.ts',
    guard: "if (!found) return answerRefusal(c, refuse('not-found'));\n    const removed",
    instead: 'if (!found) return c.json({ ok: true as const }, 200);\n    const removed',
  },
  {
    ids: ['PD64'],
    test: http,
    file: 'server/http/quotation.ts',
    guard: 'book?.chapters.some(({ id }) => id === chapterId) ? await room.chapter(chapterId) : null',
    instead: 'await room.chapter(chapterId)',
  },
  {
    ids: ['PD64'],
    test: http,
    file: 'server/http/quotation.ts',
    guard: "if (typeof checked === 'string') return refuse(checked);",
    instead: '',
  },
  {
    ids: ['PD65'],
    test: http,
    file: 'server/http/pad-routes.ts',
    guard: 'if (!who.ok) return who;',
    instead: '',
  },
  {
    ids: ['PD63'],
    test: pad,
    file: 'server/rooms/pads/live-pad.ts',
    guard: 'const barred = this.#parts.rules.cannotWrite(member) ?? (await this.versions.cannotName(content));',
    instead: 'const barred = await this.versions.cannotName(content);',
  },
  {
    ids: ['PD63'],
    test: pad,
    file: 'server/rooms/pads/live-pad.ts',
    guard: `const barred = this.#parts.rules.cannotWrite(member);
      if (barred) return barred;
      const before`,
    instead: 'const before',
  },
];
