import { describe, expect, it } from 'vitest';
import { excerptOf } from '#shared/text/excerpt.ts';

const around = (text: string, words: string) => {
  const start = text.indexOf(words);
  return excerptOf(text, start, start + words.length, 'en');
};

describe('what stands around words that were found', () => {
  it('RD72 is their sentence', () => {
    expect(around('It rained. The lamp was lit at last. She slept.', 'lamp')).toEqual({
      before: 'The ',
      words: 'lamp',
      after: ' was lit at last.',
    });
  });

  it('RD72 is all sentences that the words reach into, on one line', () => {
    expect(around('It rained. The lamp was lit.\nShe slept. Then', 'lit.\nShe')).toEqual({
      before: 'The lamp was ',
      words: 'lit. She',
      after: ' slept.',
    });
  });

  it('RD72 is cut between words where the sentence is long, however long the text', () => {
    const long = `${'and on '.repeat(100_000)}lamp${' and on'.repeat(100_000)}`;
    const { before, after } = around(long, 'lamp');
    expect(before).toMatch(/^…\s?(?:and|on) /u);
    expect(after).toMatch(/ (?:and|on)…$/u);
    expect(before.length + after.length).toBeLessThan(250);
  });

  it('RD72 is cut anywhere where nothing parts the words', () => {
    const { before, after } = around(`${'鐘'.repeat(500)}声${'鐘'.repeat(500)}`, '声');
    expect(before).toMatch(/^…鐘+$/u);
    expect(after).toMatch(/^鐘+…$/u);
  });
});
