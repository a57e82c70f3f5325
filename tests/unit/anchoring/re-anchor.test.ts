import { array, assert, constantFrom, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Passage } from '#shared/anchoring/anchor.ts';
import { FlatText } from '#shared/anchoring/flat-text.ts';
import { checkPassage, passageText, quoteOf } from '#shared/anchoring/quote.ts';
import { ReAnchoring, type Carried } from '#shared/anchoring/re-anchor.ts';
import type { Block } from '#shared/text/block.ts';
import { candidates, makeExam, mark, noMarks } from '#tests/bench/anchors/exam.ts';
import { editKinds } from '#tests/bench/anchors/edits.ts';
import { InventedProse, scripts } from '#tests/bench/anchors/invented-prose.ts';
import { Seeded } from '#tests/support/seeded.ts';

const blocksOf = (...texts: string[]): Block[] =>
  texts.map((text, index) => ({ id: `b${index + 1}`, type: 'paragraph', text, marks: [], quoteDepth: 0 }));

/** The first place of these words, which may go over paragraphs (`\n`). */
function passageOf(blocks: Block[], words: string, nth = 0): Passage {
  const whole = blocks.map(({ text }) => text).join('\n');
  let from = whole.indexOf(words);
  for (let count = 0; count < nth; count += 1) from = whole.indexOf(words, from + 1);
  if (from < 0) throw new Error(`${words} is not there`);
  const at = (offset: number) => {
    const before = whole.slice(0, offset).split('\n');
    return { block: `b${before.length}`, offset: before.at(-1)?.length ?? 0 };
  };
  return { start: at(from), end: at(from + words.length) };
}

const japanese =
  scripts[4] ??
  (() => {
    throw new Error('the script is missing');
  })();

function carry(before: Block[], after: Block[], words: string, nth = 0): { carried: Carried; words: string } {
  const passage = passageOf(before, words, nth);
  const carried = new ReAnchoring(before, after).carry({ ...passage, quote: quoteOf(before, passage) });
  return { carried, words: carried.passage ? passageText(after, carried.passage) : '' };
}

const chapter = [
  'The lock-keeper counted the boats again, because the number had come out wrong twice and he did not believe in a third time.',
  'There were eleven. There had been ten at noon, and nothing had come through since.',
  '“You’re sure?” asked Ilse.',
  '“I’m sure of ten,” he said. “The eleventh is what I’m not sure of.”',
  'She walked out along the gate with the lamp held low. The water had gone the colour of slate, he said, and the reeds stood up out of it like the teeth of a comb.',
  'By morning the frost had drawn ferns on every pane, and the kettle had boiled dry once. Nobody had come for the cup.',
];

describe('re-anchoring', () => {
  it('AC20 words that stand unchanged are kept, whatever comes, goes, is split or joined around them', () => {
    const before = blocksOf(...chapter);
    const [first = '', second = '', third = '', fourth = '', fifth = '', sixth = ''] = chapter;
    const after = blocksOf(
      'A new beginning.',
      `${first} ${second}`,
      third,
      fourth,
      ...fifth.split(/(?<=low\.) /u),
      sixth,
    );
    for (const words of ['come out wrong twice', 'ten at noon', 'he said', 'Nobody had come']) {
      const { carried, words: now } = carry(before, after, words);
      expect(carried).toMatchObject({ fate: 'kept', confidence: 1 });
      expect(now).toBe(words);
    }
    expect(carry(before, after, 'a third time.\nThere were').words).toBe('a third time. There were');
    expect(carry(before, after, 'held low. The water').words).toBe('held low.\nThe water');
  });

  it('AC21 a passage in which words changed is followed by the text around it, to its own first and last word', () => {
    const before = blocksOf(...chapter);
    const after = blocksOf(
      ...chapter.map((text) =>
        text
          .replace('frost had drawn ferns on', 'frost had painted ferns upon')
          .replace('counted the boats', 'recounted the bots'),
      ),
    );
    expect(carry(before, after, 'frost had drawn ferns on')).toMatchObject({
      carried: { fate: 'moved' },
      words: 'frost had painted ferns upon',
    });
    expect(carry(before, after, 'counted the boats').words).toBe('recounted the bots');
    expect(carry(before, after, 'every pane').carried.fate).toBe('kept');
  });

  it('AC21 words put into the middle of a passage become part of it', () => {
    const before = blocksOf(...chapter);
    const after = blocksOf(
      ...chapter.map((text) => text.replace('There were eleven. ', 'There were eleven. He counted on his fingers. ')),
    );
    expect(carry(before, after, 'eleven. There had been ten')).toMatchObject({
      carried: { fate: 'moved' },
      words: 'eleven. He counted on his fingers. There had been ten',
    });
  });

  it('AC22 a sentence that was moved takes its anchors along, also when a letter of it was mended', () => {
    const before = blocksOf(...chapter);
    const moved =
      'The water had gone the colour of slate, he said, and the reeds stood up out of it like the teeth of a comb.';
    const [first = '', ...others] = chapter.map((text) => text.replace(` ${moved}`, ''));
    const after = blocksOf(`${moved.replace('colour', 'color')} ${first}`, ...others);
    expect(carry(before, after, 'the teeth of a comb')).toMatchObject({
      carried: { fate: 'moved', passage: { start: { block: 'b1' } } },
      words: 'the teeth of a comb',
    });
    expect(carry(before, after, 'gone the colour of slate, he said')).toMatchObject({
      carried: { fate: 'moved' },
      words: 'gone the color of slate, he said',
    });
  });

  it('AC23 the same words elsewhere are never taken for those that were deleted', () => {
    const refrain = 'And the barge went by with its lamp out.';
    const before = blocksOf(`One. ${refrain}`, `Two. ${refrain}`, `Three. ${refrain}`);
    const after = blocksOf(`One. ${refrain}`, 'Two.', `Three. ${refrain}`);
    expect(carry(before, after, refrain, 1).carried).toEqual({ fate: 'orphaned', passage: null, confidence: 0 });
    expect(carry(before, after, refrain, 2).carried).toMatchObject({
      fate: 'kept',
      passage: { start: { block: 'b3', offset: 7 } },
    });
  });

  it('AC24 other words in the place of a passage are suggested and not claimed; where nothing stands it is orphaned', () => {
    const before = blocksOf(...chapter);
    const after = blocksOf(
      ...chapter.map((text) => text.replace('ferns', 'rivers').replace(' Nobody had come for the cup.', '')),
    );
    expect(carry(before, after, 'ferns')).toMatchObject({ carried: { fate: 'uncertain' }, words: 'rivers' });
    expect(carry(before, after, 'Nobody had come for the cup.').carried.fate).toBe('orphaned');
  });

  it('AC25 without the former text a passage is found by its words and context, and claimed only where one place is best', () => {
    const before = blocksOf(...chapter);
    const after = blocksOf('A new beginning.', ...chapter.map((text) => text.replace('reeds', 'rushes')));
    const find = (words: string, nth = 0) => {
      const passage = passageOf(before, words, nth);
      return new ReAnchoring(null, after).carry({ ...passage, quote: quoteOf(before, passage) });
    };
    expect(find('he said', 1)).toMatchObject({ fate: 'moved', passage: passageOf(after, 'he said', 1) });
    const refrain = 'And the barge went by with its lamp out.';
    const quote = { exact: refrain, prefix: '', suffix: '' };
    const twice = new ReAnchoring(null, blocksOf(`One. ${refrain}`, `Two. ${refrain}`, 'Three.'));
    expect(twice.carry({ ...passageOf(before, 'he said'), quote }).fate).toBe('uncertain');
    expect(new ReAnchoring(null, blocksOf('Nothing.')).carry({ ...passageOf(before, 'he said'), quote }).fate).toBe(
      'orphaned',
    );
  });

  it('AC25 a position is not believed where other words stand there than the quote says', () => {
    const before = blocksOf(...chapter);
    const passage = passageOf(before, 'ten at noon');
    const carried = new ReAnchoring(before, before).carry({
      ...passage,
      quote: quoteOf(before, passageOf(before, 'every pane')),
    });
    // Nothing is new in this revision, so nothing can have moved into it.
    expect(carried.fate).toBe('orphaned');
  });

  it('AC36 a passage of which a piece stands apart now is suggested, for both could be meant', () => {
    const before = blocksOf(...chapter);
    const torn = 'There had been ten at noon, and nothing had come through since.';
    const [first = '', ...others] = chapter.map((text) => text.replace(` ${torn}`, ''));
    const after = blocksOf(`${torn} ${first}`, ...others);
    const words = 'he did not believe in a third time.\nThere were eleven. There had been ten at noon, and nothing';
    expect(carry(before, after, words).carried.fate).toBe('uncertain');
  });

  it('AC36 a passage whose first or last words gave way to others unlike them in length is suggested, unless they are a whole scene', () => {
    const before = blocksOf(...chapter);
    const instead = (words: string) => blocksOf(...chapter.map((text) => text.replace('boiled dry once', words)));
    const words = 'ferns on every pane, and the kettle had boiled dry once';
    expect(carry(before, instead('gone cold'), words).words).toBe('ferns on every pane, and the kettle had gone cold');
    const long = 'been taken down and scoured and filled again from the rain butt by somebody who had not waited';
    expect(carry(before, instead(long), words).carried.fate).toBe('uncertain');
    const scene = Array.from({ length: 12 }, (_, index) => `Somebody wrote line ${index} of another scene there`).join(
      '. ',
    );
    expect(carry(before, instead(scene), words)).toMatchObject({
      carried: { fate: 'moved' },
      words: 'ferns on every pane, and the kettle had',
    });
  });

  it('AC37 words on which two scenes happen to agree do not carry a passage from one into the other', () => {
    const prose = new InventedProse(japanese, new Seeded(2));
    const [first, scene, anew, last] = Array.from({ length: 4 }, () => prose.chapter(4));
    if (!first || !scene || !anew || !last) throw new Error('too little prose');
    const before = new FlatText(blocksOf(...first, ...scene, ...last));
    const carrying = new ReAnchoring(before.blocks, blocksOf(...first, ...anew, ...last));
    const fateOf = (start: number, end: number) => {
      const passage = before.passage(start, end);
      const quote = { exact: before.text.slice(start, end), prefix: '', suffix: '' };
      return carrying.carry({ ...passage, quote }).fate;
    };
    const begins = first.join('\n').length + 1;
    const offsets = Array.from({ length: scene.join('\n').length - 3 }, (_, index) => begins + index);
    const claimed = offsets.filter((start) => ['kept', 'moved'].includes(fateOf(start, start + 3)));
    expect(claimed).toEqual([]);
    expect(fateOf(2, 8)).toBe('kept');
  });

  it('AC37 a phrase that stands in another scene is suggested there, and a sentence is claimed', () => {
    const before = blocksOf(...chapter);
    const scene = (words: string) =>
      blocksOf(
        `Long before any of this, on the far side of the estuary, ${words}, and a dog barked at nothing for an hour.`,
        ...chapter.toSpliced(4, 1),
      );
    const phrase = 'stood up out of it like the teeth of a';
    expect(carry(before, scene(phrase), 'the teeth').carried.fate).toBe('uncertain');
    const sentence = `the water had gone the colour of slate, he said, and the reeds ${phrase} comb`;
    expect(carry(before, scene(sentence), 'the teeth').carried.fate).toBe('moved');
  });

  it('AC38 without the former text, a passage out of which a sentence was taken, or into which one was put, reaches to its own last word', () => {
    const before = blocksOf(...chapter);
    const quoted = (after: Block[], words: string) => {
      const passage = passageOf(before, words);
      const carried = new ReAnchoring(null, after).carry({ ...passage, quote: quoteOf(before, passage) });
      return { fate: carried.fate, words: carried.passage ? passageText(after, carried.passage) : '' };
    };
    const words = 'with the lamp held low. The water had gone the colour of slate, he said, and the reeds stood up';
    const less = words.replace(' had gone the colour of slate', '');
    const more = words.replace('low. ', 'low. Nobody called after her, and the wind had dropped with the light. ');
    for (const now of [less, more]) {
      const after = blocksOf('A new beginning.', ...chapter.map((text) => text.replace(words, now)));
      expect(quoted(after, words)).toEqual({ fate: 'moved', words: now });
    }
  });

  it('AC28 a place goes with its words, and from words that are gone to those that followed them', () => {
    const before = blocksOf(...chapter);
    const after = blocksOf('New.', ...chapter.slice(0, 2), ...chapter.slice(3));
    const carrying = new ReAnchoring(before, after);
    expect(carrying.carryPosition({ block: 'b5', offset: 12 })).toEqual({ block: 'b5', offset: 12 });
    expect(carrying.carryPosition({ block: 'b1', offset: 4 })).toEqual({ block: 'b2', offset: 4 });
    expect(carrying.carryPosition({ block: 'b3', offset: 5 })).toEqual({ block: 'b4', offset: 0 });
    expect(carrying.carryPosition({ block: 'b99', offset: 5 })).toEqual({ block: 'b1', offset: 0 });
  });
});

const grapheme = constantFrom('a', 'b', ' ', 'é', '👋🏽', '🇫🇷', 'क्ष', '海', 'の', 'ที่', 'ש', 'م', 'e\u0301', '👩‍👩‍👧', '.');
const block = array(grapheme, { maxLength: 30 }).map((parts) => parts.join(''));
const plain = (text: string) => text.replace(/\s+/gu, ' ').trim();
const texts = array(block, { minLength: 1, maxLength: 8 });

describe('re-anchoring random text', () => {
  it('AC26 whatever the edit, a carried passage can be marked in the new text, and kept means the same words (property test)', () => {
    let carriedPassages = 0;
    assert(
      property(texts, texts, integer(), integer(), integer(), (common, other, a, b, seed) => {
        const before = blocksOf(...common);
        // Half of the paragraphs stay, in their order or turned round.
        const stay = common.filter((_, index) => (seed >> (index % 16)) & 1);
        const after = blocksOf(...(seed % 2 === 0 ? stay : stay.toReversed()), ...other);
        const at = (value: number) => {
          const index = Math.abs(value) % before.length;
          return { block: `b${index + 1}`, offset: Math.abs(value >> 4) % ((before[index]?.text.length ?? 0) + 1) };
        };
        const passage = { start: at(a), end: at(b) };
        if (typeof checkPassage(before, passage) === 'string') return;
        const quote = quoteOf(before, passage);
        const carried = new ReAnchoring(before, after).carry({ ...passage, quote });
        if (carried.passage === null) return;
        carriedPassages += 1;
        expect(checkPassage(after, carried.passage)).toEqual(carried.passage);
        const sameWords = plain(passageText(after, carried.passage)) === plain(quote.exact);
        expect(sameWords || carried.fate !== 'kept').toBe(true);
      }),
      { numRuns: 1_500 },
    );
    expect(carriedPassages).toBeGreaterThan(50);
  });

  it('AC27 in the same text everything stays where it is (property test)', () => {
    assert(
      property(texts, integer({ min: 0 }), integer({ min: 0 }), (given, a, b) => {
        const blocks = blocksOf(...given);
        const at = (value: number) => {
          const index = value % blocks.length;
          return { block: `b${index + 1}`, offset: (value >> 4) % ((blocks[index]?.text.length ?? 0) + 1) };
        };
        const passage = { start: at(a), end: at(b) };
        if (typeof checkPassage(blocks, passage) === 'string') return;
        const quote = quoteOf(blocks, passage);
        const carried = new ReAnchoring(blocks, blocks).carry({ ...passage, quote });
        expect(carried.fate).toBe('kept');
        expect(carried.passage && passageText(blocks, carried.passage)).toBe(quote.exact.trim());
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('re-anchoring after edits whose outcome is known', () => {
  it.each(editKinds)('AC29 %s: surer and more complete than the method of Hypothesis', (kind) => {
    const [ours, theirs] = [noMarks(), noMarks()];
    for (let seed = 900; seed < 906; seed += 1) {
      const exam = makeExam(seed, kind, 40, 40);
      mark(ours, exam, candidates.Lectern(exam));
      mark(theirs, exam, candidates["Hypothesis' method"](exam));
    }
    const precision = ({ right, wrong }: typeof ours) => right / (right + wrong);
    expect(ours.standing).toBeGreaterThan(100);
    expect(precision(ours)).toBeGreaterThanOrEqual(precision(theirs));
    expect(ours.found).toBeGreaterThanOrEqual(theirs.found);
  });

  it('AC29 also by the quote alone, over all edits together', () => {
    const [ours, theirs] = [noMarks(), noMarks()];
    for (const kind of editKinds) {
      for (let seed = 900; seed < 906; seed += 1) {
        const exam = makeExam(seed, kind, 40, 40);
        mark(ours, exam, candidates['Lectern, by the quote alone'](exam));
        mark(theirs, exam, candidates["Hypothesis' method"](exam));
      }
    }
    expect(ours.right / (ours.right + ours.wrong)).toBeGreaterThan(theirs.right / (theirs.right + theirs.wrong));
    expect(ours.found).toBeGreaterThan(theirs.found);
  });
});
