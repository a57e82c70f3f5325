import type { Guard } from './guard.ts';

const test = 'tests/contract/guard-frames.test.ts';

/** Frames and fields of every wrong shape. */
export const frames: readonly Guard[] = [
  {
    ids: ['GD10'],
    test,
    file: 'server/events/frames.ts',
    guard: "if (typeof ack !== 'function') return strike();",
    instead: '',
  },
  {
    ids: ['GD12'],
    test,
    file: 'server/events/wire-gate.ts',
    guard: "if (hasAsked) return cutOff('asked twice');",
    instead: '',
  },
  {
    ids: ['GD13'],
    test,
    file: 'server/events/frames.ts',
    guard: 'if (!parsed.success) {',
    instead: 'if (false) {',
  },
  {
    ids: ['GD14'],
    test,
    file: 'shared/records/id-schemas.ts',
    guard: '    .regex(idPattern, `not a ${kind} id`)\n',
    instead: '',
  },
  {
    ids: ['GD15'],
    test,
    file: 'shared/anchoring/quote.ts',
    guard: "if (firstText === undefined || lastText === undefined || last < first) return 'passage-invalid';",
    instead: 'if (firstText === undefined || lastText === undefined) return passage;',
  },
  {
    ids: ['GD15'],
    test,
    file: 'shared/anchoring/quote.ts',
    guard: "if (start.offset > firstText.length || end.offset > lastText.length) return 'passage-invalid';",
    instead: '',
  },
  {
    ids: ['GD15'],
    test,
    file: 'shared/anchoring/quote.ts',
    guard: "if (first === last && start.offset >= end.offset) return 'passage-invalid';",
    instead: '',
    also: [
      { file: 'shared/anchoring/quote.ts', guard: "if (!/\\S/u.test(exact)) return 'passage-invalid';", instead: '' },
    ],
  },
  {
    ids: ['GD15'],
    test,
    file: 'shared/anchoring/anchor.ts',
    guard: 'offset: z.number().int().nonnegative().max(10_000_000),',
    instead: 'offset: z.number(),',
  },
  {
    ids: ['GD16'],
    test,
    file: 'server/rules/self.ts',
    guard: 'seenAt: Math.min(command.seenAt, facts.now),',
    instead: 'seenAt: command.seenAt,',
  },
  {
    ids: ['GD17'],
    test,
    file: 'server/sync/frames.ts',
    guard: '  } catch {\n    return null;\n  }',
    instead: '  } finally {\n    frame.at(0);\n  }',
  },
  {
    ids: ['GD18'],
    test,
    file: 'server/sync/relay.ts',
    guard: 'if (!device) return { ok: false, code: closeCodes.signedOut };',
    instead: '',
  },
  {
    ids: ['GD19'],
    test,
    file: 'server/sync/relay.ts',
    guard: 'if (asked.protocol !== String(PROTOCOL_VERSION)) return { ok: false, code: closeCodes.outdated };',
    instead: '',
  },
];
