import type { Seeded } from '#tests/support/seeded.ts';

/** A way of writing: what its invented words are built of, what stands between them, and how a sentence ends. */
interface Script {
  name: string;
  syllables: readonly string[];
  longestWord: number;
  space: string;
  comma: string;
  stops: readonly string[];
  between: string;
}

const parts = (text: string): string[] => text.split(' ');

export const scripts: readonly Script[] = [
  {
    name: 'Latin',
    syllables: parts('ba re mi lon ta ster ve o qua li den fo gra hu in ja ket lu mor na pel ri su tho um vel wo ya'),
    longestWord: 3,
    space: ' ',
    comma: ', ',
    stops: ['. ', '. ', '. ', '? ', '! '],
    between: ' ',
  },
  {
    name: 'Cyrillic',
    syllables: parts('ба ре ми лон та ста ве о ква ли ден фо гра ху ин жа кет лу мор на пел ри су чо ум вел во я'),
    longestWord: 3,
    space: ' ',
    comma: ', ',
    stops: ['. ', '. ', '… ', '? '],
    between: ' ',
  },
  {
    name: 'Arabic',
    syllables: parts('با ري مي لون تا ست في و قا لي دن فو غر هو ان جا كت لو مر نا بل سُ عِ شَ'),
    longestWord: 3,
    space: ' ',
    comma: '، ',
    stops: ['. ', '. ', '؟ '],
    between: ' ',
  },
  {
    name: 'Devanagari',
    syllables: parts('बा रे मि लो त स्ति वे ओ क्षा ली दे फो ग्र हु इ जा के लु मो ना पे रि सु था'),
    longestWord: 3,
    space: ' ',
    comma: ', ',
    stops: ['। ', '। ', '? '],
    between: ' ',
  },
  {
    name: 'Japanese',
    syllables: parts('山 川 の は を に 人 時 水 る た い 見 行 言 手 目 日 月 雨 風 と が で も 家 夜 灯 船 声 音'),
    longestWord: 3,
    space: '',
    comma: '、',
    stops: ['。', '。', '。', '？'],
    between: '',
  },
  {
    name: 'Thai',
    syllables: parts('กา นี่ มา ไป ที่ เขา บ้าน น้ำ คน ได้ ว่า ใจ แม่ รู้ ตา ปี วัน ฝน ลม เรือ ฟ้า ดิน เสียง ถึง'),
    longestWord: 2,
    space: '',
    comma: ' ',
    stops: [' ', ' ', ' '],
    between: '',
  },
];

const VOCABULARY = 1_400;
const REFRAINS = 14;

/**
 * Prose that means nothing and behaves like prose: few words are very common and most are rare, some phrases come back
 * again and again, one in eight paragraphs is a line of talk, and now and then there is an emoji.
 */
export class InventedProse {
  readonly script: Script;
  readonly #seeded: Seeded;
  readonly #words: string[];
  readonly #refrains: string[];

  constructor(script: Script, seeded: Seeded) {
    this.script = script;
    this.#seeded = seeded;
    this.#words = Array.from({ length: VOCABULARY }, () => this.#inventWord());
    this.#refrains = Array.from({ length: REFRAINS }, () => this.#clause(seeded.between(2, 6)));
  }

  /** By rank, after Zipf: the word of rank n comes one n-th as often as the first. */
  word(): string {
    return this.#words[Math.floor(VOCABULARY ** this.#seeded.next()) - 1] ?? '';
  }

  sentence(): string {
    const { comma, stops } = this.script;
    const clauses = Array.from({ length: this.#seeded.between(1, 3) }, () =>
      this.#seeded.chance(0.12) ? this.#seeded.pick(this.#refrains) : this.#clause(this.#seeded.between(3, 11)),
    );
    const text = clauses.join(comma);
    const end = this.#seeded.chance(0.01) ? ' 👩‍👩‍👧' : '';
    return text.charAt(0).toLocaleUpperCase() + text.slice(1) + end + this.#seeded.pick(stops).trimEnd();
  }

  paragraph(): string {
    const sentences = this.#seeded.chance(0.125) ? 1 : this.#seeded.between(2, 8);
    return Array.from({ length: sentences }, () => this.sentence()).join(this.joint);
  }

  /** What stands between two sentences. */
  get joint(): string {
    return this.script.name === 'Thai' ? ' ' : this.script.between;
  }

  chapter(paragraphs: number): string[] {
    return Array.from({ length: paragraphs }, () => (this.#seeded.chance(0.03) ? '' : this.paragraph()));
  }

  #inventWord(): string {
    const length = this.#seeded.between(1, this.script.longestWord);
    return Array.from({ length }, () => this.#seeded.pick(this.script.syllables)).join('');
  }

  #clause(words: number): string {
    return Array.from({ length: words }, () => this.word()).join(this.script.space);
  }
}
