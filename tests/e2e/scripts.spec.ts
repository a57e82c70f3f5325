import { z } from 'zod';
import { annotationSchema } from '#shared/records/annotation.ts';
import { makeEpub } from '#tests/support/make-epub.ts';
import { expect, type OpenRoom, type Person, test } from '#tests/support/reading-room.ts';

const note = '<a epub:type="noteref" href="#n1">1</a>';

/** `words` are to be marked; `html` is their paragraph, with what must not get into a quotation inside of them. */
const scripts = [
  {
    name: 'Hebrew with points',
    attributes: 'lang="he" dir="rtl"',
    html: `בְּלֵיל הַסְּעָרָה דָּלְקָה הַנּוּרָה${note} כָּל הַלַּיְלָה, וְאִישׁ לֹא בָּא.`,
    words: 'הַסְּעָרָה דָּלְקָה הַנּוּרָה כָּל הַלַּיְלָה',
  },
  {
    name: 'Arabic with numbers and Latin in it',
    attributes: 'lang="ar" dir="rtl"',
    html: `كانَ المِصباحُ رقم 12${note} في Harrow Lock مُضاءً طَوالَ اللَّيلِ.`,
    words: 'المِصباحُ رقم 12 في Harrow Lock مُضاءً',
  },
  {
    name: 'Chinese with ruby',
    attributes: 'lang="zh"',
    html: `那天夜里<ruby>灯塔<rt>dēngtǎ</rt></ruby>一直${note}亮着，没有人来。`,
    words: '夜里灯塔一直亮着',
  },
  {
    name: 'Japanese, ending within ruby',
    attributes: 'lang="ja"',
    html: '港の<ruby>灯台<rt>とうだい</rt></ruby>は夜通し<ruby>光<rt>ひか</rt></ruby>っていた。',
    words: '灯台は夜通し光',
  },
  {
    name: 'Thai',
    attributes: 'lang="th"',
    html: `คืนนั้นไม่มีใคร${note}มาที่ประภาคารเลยสักคนเดียว`,
    words: 'ไม่มีใครมาที่ประภาคาร',
  },
  {
    name: 'combining marks that no letter is composed of',
    attributes: 'lang="en"',
    html: `Then z\u0335\u0302a\u0331\u0303lgo\u0348\u035B spoke${note} and क्षिप्र ran.`,
    words: 'z\u0335\u0302a\u0331\u0303lgo\u0348\u035B spoke and क्षिप्र',
  },
  {
    name: 'emoji families, tones and flags',
    attributes: 'lang="en"',
    html: `They came: 👩‍👩‍👧‍👦 and 👍🏽${note}, under 🏳️‍🌈 and 🇯🇵 flags.`,
    words: '👩‍👩‍👧‍👦 and 👍🏽, under 🏳️‍🌈 and 🇯🇵',
  },
] as const;

const book = makeEpub({
  texts: {
    'one.xhtml': `<h1>Many scripts</h1>${scripts
      .map(({ attributes, html }) => `<p ${attributes}>${html}</p>`)
      .join('')}<aside epub:type="footnote" id="n1"><p>Nobody had lit it.</p></aside>`,
  },
  nav: '<li><a href="one.xhtml">Many scripts</a></li>',
});

/** Selects these words by script, over everything that stands between their runs. */
const selects = (person: Person, words: string): Promise<void> =>
  person.page.evaluate((wanted) => {
    for (const block of document.querySelectorAll('.prose [data-b]')) {
      const runs = [...block.querySelectorAll('[data-o]')];
      const from = runs
        .map((run) => run.textContent)
        .join('')
        .indexOf(wanted);
      if (from < 0) continue;
      const point = (offset: number, edge: 'start' | 'end'): [Node, number] => {
        const run = runs.findLast((one) => {
          const begins = Number(one.getAttribute('data-o'));
          return edge === 'start' ? begins <= offset : begins < offset;
        });
        if (!run?.firstChild) throw new Error('no run holds this offset');
        return [run.firstChild, offset - Number(run.getAttribute('data-o'))];
      };
      block.scrollIntoView({ block: 'center' });
      getSelection()?.setBaseAndExtent(...point(from, 'start'), ...point(from + wanted.length, 'end'));
      return;
    }
    throw new Error(`not on the page: ${wanted}`);
  }, words);

const quotes = async (person: Person, room: OpenRoom): Promise<string[]> => {
  const response = await person.context.request.get(`/api/rooms/${room.id}/chapters/${room.chapters[0]}/margin`);
  const { annotations } = z.object({ annotations: z.array(annotationSchema) }).parse(await response.json());
  return annotations.flatMap(({ anchor }) => anchor?.quote.exact ?? []);
};

for (const { name, words: typed } of scripts) {
  const words = typed.normalize('NFC');
  test(`RD90 ${name}: the quotation, the mark and the copy are what was selected, to the letter`, async ({ scene }) => {
    const room = await scene.opensRoom({ file: book });
    await scene.opensChapter(room.host, room);
    const { page, context } = room.host;
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const copied = () => page.evaluate(() => navigator.clipboard.readText());

    await selects(room.host, words);
    const bar = page.getByRole('toolbar', { name: 'Selection' });
    await expect(bar).toBeVisible();
    await page.keyboard.press('Control+C');
    expect(await copied()).toBe(words);
    await bar.getByRole('button', { name: 'Copy with quotation' }).click();
    await expect.poll(copied).toContain(`“${words}”\n`);

    await bar.getByRole('button', { name: /Woad/u }).click();
    const marked = page.locator('mark[data-notes] [data-o]');
    await expect
      .poll(async () => (await marked.evaluateAll((runs) => runs.map((run) => run.textContent))).join(''))
      .toBe(words);
    await expect.poll(() => quotes(room.host, room)).toEqual([words]);

    // Marked words are other elements on the page, and still the same words.
    await selects(room.host, words);
    await expect(bar).toBeVisible();
    await page.keyboard.press('Control+C');
    expect(await copied()).toBe(words);
  });
}
