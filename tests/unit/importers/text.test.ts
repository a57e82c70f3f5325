import { describe, expect, it } from 'vitest';
import { textImporter } from '#server/importers/text.ts';
import { blocksOf, titlesOf } from './shown.ts';

const read = (source: string) => textImporter.read(source);
const paragraph = (text: string) => `paragraph: ${text}`;

/** A chapter as serial fiction is pasted: one line a paragraph, an empty line between, short ones and long ones. */
function serialChapter(paragraphs: number): string[] {
  return Array.from({ length: paragraphs }, (_, index) => {
    if (index % 7 === 3) return '"No," she said.';
    if (index % 11 === 5) return "He'd come back... wouldn't he?";
    return `The ferry ${index} left the quay before the bell had rung, and the keeper—who had slept badly—counted the passengers twice. ${'"Where to?" he asked. '.repeat((index % 4) + 1)}`.trim();
  });
}

describe('plain text', () => {
  const words = 'The lamp was lit before the ferry came, and nobody asked why it had been dark for so long.';

  it('IM217 a title page before the first chapter tells title and author, in any language', () => {
    const book = read(`Инна Зимина\n\nПОСЛЕДНИЙ ПАРОМ\n\nПовесть\n\n\nГлава 1\n\n${words}\n\nГлава 2\n\n${words}`);
    expect(book).toMatchObject({ title: 'ПОСЛЕДНИЙ ПАРОМ', author: 'Инна Зимина' });
    expect(titlesOf(book)).toEqual(['', 'Глава 1', 'Глава 2']);
    expect(blocksOf(book)[0]).toBe('paragraph: Повесть');
  });

  it.each([
    ['two lines in capitals', `THE LAMP\n\nADA QUILL\n\nChapter 1\n\n${words}`],
    ['prose before the chapter', `THE LAMP WAS LIT.\n\n${words}\n\nChapter 1\n\n${words}`],
    ['no chapter at all', `STOP\n\nWho Goes There\n\n${words}`],
  ])('IM217 but not %s', (_, source) => {
    expect(read(source)).toMatchObject({ title: null, author: null });
    expect(blocksOf(read(source)).join(' ')).toContain(source.slice(0, 4));
  });

  it('IM218 numbers above titles are chapters, and a list that says their titles is left out', () => {
    const book = read(
      `CONTENTS\n\nI. The Quay\nII. The Lamp\n\nI\n\nTHE QUAY\n\n${words}\n\nII.\n\nTHE LAMP\n\n${words}\n`,
    );
    expect(titlesOf(book)).toEqual(['I: THE QUAY', 'II: THE LAMP']);
    expect(blocksOf(book)).toEqual([paragraph(words), paragraph(words)]);
    const sections = read(`I\n\n${words}\n\nII\n\n${words}`);
    expect(titlesOf(sections)).toEqual(['']);
    expect(blocksOf(read(`CONTENTS\n\nan oar\na lamp\n\n${words}`))[0]).toBe('paragraph: CONTENTS');
  });
  it('IM1 a chapter of 95 paragraphs is one chapter of 95 paragraphs in order', () => {
    const paragraphs = serialChapter(95);
    const book = read(`${paragraphs.join('\n\n')}\n\n`);
    expect(titlesOf(book)).toEqual(['']);
    expect(blocksOf(book)).toEqual(paragraphs.map(paragraph));
    expect(book).toMatchObject({ title: null, author: null, language: 'en', direction: 'ltr' });
  });

  it('IM1 a text with a paragraph on every line and no empty lines keeps its paragraphs', () => {
    const paragraphs = serialChapter(40);
    expect(blocksOf(read(paragraphs.join('\r\n')))).toEqual(paragraphs.map(paragraph));
  });

  it('IM2 lines wrapped by hand are joined, verse among them is not', () => {
    const source = `
It was very dark in the house that night, and the wind came down
from the hills as it had always come, without knocking at all and
without anybody's leave.

    The lamp burns low,
      the oil is gone,
    and I must go

"Who is there?" he said, and the house said nothing at all to him,
for it was asleep.`;
    expect(blocksOf(read(source))).toEqual([
      paragraph(
        "It was very dark in the house that night, and the wind came down from the hills as it had always come, without knocking at all and without anybody's leave.",
      ),
      'verse: The lamp burns low,\n  the oil is gone,\nand I must go',
      paragraph('"Who is there?" he said, and the house said nothing at all to him, for it was asleep.'),
    ]);
  });

  it('IM2 indented first lines begin paragraphs in wrapped text without empty lines', () => {
    const source = `   The first of them came over the hill at noon with the sun behind,
and nobody in the valley looked up, for there was hay to be brought in
and rain upon the way.
   The second came at dusk, more slowly, leading a horse that had gone
lame upon the stones.`;
    expect(blocksOf(read(source)).map((line) => line.slice(0, 21))).toEqual([
      'paragraph: The first ',
      'paragraph: The second',
    ]);
  });

  it.each(['* * *', '***', '---', '~', '#', '⁂', 'o0o', '~*~*~', '- - -', '—oOo—', '§'])(
    'IM4 %s is a scene break',
    (line) => {
      expect(blocksOf(read(`One day.\n\n${line}\n\nAnother day.`))).toEqual([
        'paragraph: One day.',
        'break:',
        'paragraph: Another day.',
      ]);
    },
  );

  it.each(['...', '?!', '—', 'XO', 'OO', '5', 'x', '"…"'])('IM4 %s is no scene break', (line) => {
    expect(blocksOf(read(`One day.\n\n${line}\n\nAnother day.`))).toContain(paragraph(line));
  });

  it('IM5 typed emphasis becomes marks at the right offsets', () => {
    expect(blocksOf(read('😀 It was _very_ dark, *so* **dark**, and snake_case_name * stays * here.'))).toEqual([
      'paragraph: 😀 It was very dark, so dark, and snake_case_name * stays * here. [very|emphasis] [so|emphasis] [dark|strong]',
    ]);
  });

  it.each([
    ['Chapter 1', 'Chapter 2: The Return'],
    ['CHAPTER ONE', 'CHAPTER TWENTY-TWO: ASH'],
    ['Chapter I.', 'Chapter II. In which it rains'],
    ['Prologue', 'Epilogue'],
    ['Kapitel 1', 'Zweites Kapitel'],
    ['Chapitre 1', 'Chapitre deux'],
    ['Capítulo 1', 'CAPÍTULO II'],
    ['Capitolo primo', 'Capitolo 2 — Il mare'],
    ['Глава 1', 'Глава вторая. Дождь'],
    ['第一章 雨', '第2章'],
    ['제1장', '제2장 바다'],
  ])('IM6 %s and %s are chapters', (first, second) => {
    if (first === 'Kapitel 1') second = 'Kapitel 2';
    const book = read(`${first}\n\nIt began here.\n\n${second}\n\nIt ended there.`);
    expect(titlesOf(book)).toEqual([first, second]);
    expect(blocksOf(book)).toEqual(['paragraph: It began here.', 'paragraph: It ended there.']);
  });

  it.each([
    'Chapter 5 was long and she closed the book.',
    'Part of him wanted to go.',
    'Chapter and verse',
    'Prologue to a war, he thought.',
  ])('IM6 %s is prose', (line) => {
    expect(titlesOf(read(`One day.\n\n${line}\n\nAnother day.`))).toEqual(['']);
  });

  it('IM6 a title under a bare heading joins it; a list of contents is no row of chapters', () => {
    const contents = ['Chapter 1', 'Chapter 2', 'Chapter 3', 'Chapter 4'].join('\n\n');
    const book = read(
      `Contents\n\n${contents}\n\nAbout this book, some words.\n\nCHAPTER 1\nThe Quay\n\nText one.\n\nCHAPTER 2\nThe Sea\n\nText two.`,
    );
    expect(titlesOf(book)).toEqual(['', 'CHAPTER 1: The Quay', 'CHAPTER 2: The Sea']);
  });

  it('IM7 title and author are taken where the first lines plainly say them', () => {
    expect(read('The Lamp\nby Ada Quill\n\nIt was dark.')).toMatchObject({ title: 'The Lamp', author: 'Ada Quill' });
    expect(read('Title: The Lamp\nAuthor: Ada Quill\n\nIt was dark.')).toMatchObject({
      title: 'The Lamp',
      author: 'Ada Quill',
    });
    expect(read('The Lamp\n\nChapter 1\n\nIt was dark.')).toMatchObject({ title: 'The Lamp', author: null });
    expect(read('It was dark.\n\nby the river he stood.')).toMatchObject({ title: null, author: null });
    expect(read('Rain\n\nIt was dark.')).toMatchObject({ title: null, author: null });
  });

  const rain = 'It had rained since Thursday, and nobody in the house had said a word about the boats.';
  it.each([
    ['over a paragraph', `The Last Ferry\n\n${rain}\n\nThen it stopped.`],
    ['over lines that are paragraphs', `The Last Ferry\n${rain}\nThen it stopped.`],
    ['over wrapped lines', `The Last Ferry\n\n${rain.replace(' a word', '\na word')}\n\nThen it stopped.`],
  ])('IM222 a short first line that is no sentence, %s, is the title', (_, source) => {
    const book = read(source);
    expect(book.title).toBe('The Last Ferry');
    expect(blocksOf(book)).toEqual([`paragraph: ${rain}`, 'paragraph: Then it stopped.']);
  });

  it.each([
    'Dear Ada,',
    'It rained.',
    'and so it rained',
    'Who rang?',
    '12',
    '[1] Of Corinth',
    '© Ada Quill',
    'https://example.org/ferry',
    'a line as long as this one is rather the beginning of prose that was cut',
  ])('IM222 another first line stays where it stands: %s', (line) => {
    const book = read(`${line}\n\n${rain}`);
    expect(book.title).toBeNull();
    expect(blocksOf(book)).toHaveLength(2);
  });

  it('IM7 the frame that Project Gutenberg puts round a book is left out', () => {
    const source = `The Project Gutenberg eBook of The Lamp\n\nTitle: The Lamp\n\nAuthor: Ada Quill\n\n*** START OF THE PROJECT GUTENBERG EBOOK THE LAMP ***\n\nIt was dark.\n\n*** END OF THE PROJECT GUTENBERG EBOOK THE LAMP ***\n\nLicence`;
    const book = read(source);
    expect(book).toMatchObject({ title: 'The Lamp', author: 'Ada Quill' });
    expect(blocksOf(book)).toEqual(['paragraph: It was dark.']);
  });

  it('IM8 text is NFC without control characters; combining marks, emoji and right-to-left text survive', () => {
    expect(blocksOf(read('Cafe\u0301 _re\u0301sume\u0301_ \u0000\u0008\u00ad\ufeff👩‍👩‍👧 done.'))).toEqual([
      'paragraph: Café résumé 👩‍👩‍👧 done. [résumé|emphasis]',
    ]);
    expect(read('היה היה פעם ילד אחד.\n\nשלום.')).toMatchObject({ language: 'he', direction: 'rtl' });
    expect(read('昔々、あるところにおじいさんがいました。')).toMatchObject({ language: 'ja', direction: 'ltr' });
  });

  it.each([
    ['de', 'Er war nicht der Mann, den sie auf dem Schiff mit der alten Frau gesehen hatte, und das war auch gut so.'],
    ['fr', 'Elle ne savait pas que la maison était vide, et il lui dit que ce serait pour une autre fois.'],
    ['es', 'No había nadie en la casa, pero ella sabía que lo que buscaba estaba con él y no se iba a ir.'],
    ['nl', 'Het was een huis van steen en hij zag dat er niet veel van over was, maar zij ging naar haar kamer.'],
    ['pt', 'Não havia uma pessoa na casa, mas ela sabia que o que era dele não estava com os outros e se foi.'],
    ['it', 'Non era la casa che lui cercava, ma il mare era come lo ricordava e si mise a camminare per la spiaggia.'],
    ['ru', 'Он вышел из дома и увидел, что это был уже не тот город.'],
    ['uk', 'Він вийшов із дому й побачив, що це вже не те місто.'],
    ['und', 'Zzyx qwv.'],
  ])('IM9 %s is guessed', (language, source) => {
    expect(read(source).language).toBe(language);
  });

  it('IM10 quotations and lists of plain text are kept', () => {
    expect(blocksOf(read('Look:\n\n> it said so\n> in the letter.\n\n1. bread\n2. salt\n\n• rope\n• tar'))).toEqual([
      'paragraph: Look:',
      '>verse: it said so\nin the letter.',
      'listItem1@0: bread',
      'listItem2@0: salt',
      'listItem-@0: rope',
      'listItem-@0: tar',
    ]);
  });

  it('IM10 one giant line is one paragraph', () => {
    const line = 'word '.repeat(200_000).trim();
    expect(blocksOf(read(line))).toEqual([paragraph(line)]);
  });

  it.each([
    ['A lamp[1] of brass.[2]\n\nIt was dark.\n\nNotes\n\n[1] Old.\n\n[2] Of _Corinth_.'],
    ['A lamp[1] of brass.[2]\n\nIt was dark.\n\n* * *\n\n[1]: Old.\n[2]: Of _Corinth_.'],
    ['A lamp[1] of brass.[2]\n\n[Footnote 1: Old.]\n\n[Footnote 2: Of _Corinth_.]\n\nIt was dark.'],
  ])('IM162 notes in brackets are notes where they are unmistakable: %j', (source) => {
    const book = read(source);
    expect(blocksOf(book)).toEqual([
      'paragraph: A lamp of brass. [|noteref] [|noteref]',
      'paragraph: It was dark.',
      'paragraph: Old.',
      'paragraph: Of Corinth. [Corinth|emphasis]',
    ]);
    const blocks = book.chapters[0]?.blocks ?? [];
    expect(blocks.map(({ note }) => note)).toEqual([undefined, undefined, 'note 1', 'note 2']);
    expect(blocks[0]?.marks.map(({ start }) => start)).toEqual([6, 16]);
  });

  it.each([
    ['A lamp[1] of brass.\n\n[2] Old.'],
    ['A lamp of brass.\n\n[1] Old.'],
    ['[1] Old.\n\n[2] Older.'],
    ['A lamp[1] of brass.\n\n[1] Old.\n\nIt was dark.'],
  ])('IM162 and text where they are not: %j', (source) => {
    expect(blocksOf(read(source)).join(' ')).toContain('[');
    expect(blocksOf(read(source)).join(' ')).not.toContain('noteref');
  });
});
