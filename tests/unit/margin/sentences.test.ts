import { describe, expect, it } from 'vitest';
import { namesList, newNotesSentence, waitingSentence, writingSentence } from '#components/margin/sentences.ts';

describe('sentences of the margin', () => {
  it('MG5 what waits is said in words', () => {
    expect(waitingSentence(0)).toBe('');
    expect(waitingSentence(1)).toBe('One note waits to be sent.');
    expect(waitingSentence(3)).toBe('Three notes wait to be sent.');
    expect(waitingSentence(40)).toBe('40 notes wait to be sent.');
  });

  it('MG5 many names become a number', () => {
    expect(namesList(['Ann'])).toBe('Ann');
    expect(namesList(['Ann', 'Bo', 'you'])).toBe('Ann, Bo and you');
    expect(namesList(['Ann', 'Bo', 'Cy', 'Di'], 2)).toBe('Ann, Bo and 2 others');
  });

  it('MG5 who is writing is named, a crowd is counted', () => {
    expect(writingSentence([])).toBe('');
    expect(writingSentence(['Wim'])).toBe('Wim is writing…');
    expect(writingSentence(['Wim', 'Bea'])).toBe('Wim and Bea are writing…');
    expect(writingSentence(['a', 'b', 'c', 'd'])).toBe('4 people are writing…');
  });

  it('MG5 arrivals are announced in one sentence', () => {
    expect(newNotesSentence(1)).toBe('1 new note in this chapter.');
    expect(newNotesSentence(7)).toBe('7 new notes in this chapter.');
  });
});
