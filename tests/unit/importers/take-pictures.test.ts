import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { readBook } from '#server/importers/read-book.ts';
import { takePictures } from '#server/importers/take-pictures.ts';
import { makeEpub, METADATA } from '#tests/support/make-epub.ts';

const canvas = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: { r: 200, g: 40, b: 40 } } });
const png = (width = 40, height = 30): Promise<Buffer> => canvas(width, height).png().toBuffer();

async function take(bytes: Uint8Array | null) {
  const { all } = await takePictures(
    ['a'],
    () => Promise.resolve(bytes),
    () => undefined,
  );
  return all[0] ?? null;
}

describe('pictures', () => {
  it('IM86 every kind that is taken becomes WebP, upright, no larger than a column, without what cameras wrote', async () => {
    const photo = await canvas(2_000, 1_000)
      .withExif({ IFD0: { Copyright: 'a secret place' } })
      .jpeg()
      .toBuffer();
    expect(photo.includes('a secret place')).toBe(true);
    const turned = await sharp(photo).keepExif().withMetadata({ orientation: 6 }).jpeg().toBuffer();
    for (const [bytes, width, height] of [
      [photo, 1_600, 800],
      [turned, 800, 1_600],
      [await png(), 40, 30],
      [await canvas(40, 30).gif().toBuffer(), 40, 30],
      [await canvas(40, 30).webp().toBuffer(), 40, 30],
    ] as const) {
      const picture = await take(bytes);
      expect(picture).toMatchObject({ type: 'image/webp', width, height });
      const kept = Buffer.from(picture?.bytes ?? []);
      expect(kept.subarray(8, 12).toString('latin1')).toBe('WEBP');
      expect(kept.includes('a secret place')).toBe(false);
      expect(picture?.hash).toMatch(/^[0-9a-f]{64}$/u);
    }
  });

  it.each<[string, () => Promise<Uint8Array | null>]>([
    [
      'an SVG',
      async () =>
        Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90"><script>1</script></svg>'),
    ],
    [
      'an SVG with the signature of a PNG before it',
      async () => Buffer.concat([(await png()).subarray(0, 8), Buffer.from('<svg/>')]),
    ],
    ['a TIFF', () => canvas(40, 30).tiff().toBuffer()],
    ['a page of HTML', async () => Buffer.from('<!doctype html><script>1</script>')],
    ['a picture that is cut off', async () => (await canvas(400, 400).jpeg().toBuffer()).subarray(0, 700)],
    ['a dot that counts readers', () => png(1, 1)],
    ['nothing', async () => null],
    ['no bytes', async () => new Uint8Array()],
    ['a picture of nine thousand by nine thousand', () => canvas(9_000, 9_000).png().toBuffer()],
  ])('IM87 %s is left out', async (_, make) => {
    expect(await take(await make())).toBeNull();
  });

  it('IM88 a figure has its picture, its words and its caption; one without a picture keeps its words; remote ones are never asked for', async () => {
    const outcome = await readBook(
      makeEpub({
        texts: {
          'a.xhtml': `<figure><img src="../lamp.png" alt="A lamp"/><figcaption>The <em>lamp</em></figcaption></figure>
            <p>Before <img src="gone.png" alt="Gone"/> and after.</p>
            <p><img src="https://example.org/x.png" alt="Far"/></p><p><img src="x.svg" alt=""/></p>
            <p><img src="../lamp.png" alt="O"/>nce it was dark, <img src="../lamp.png" alt="B"/>ut not for long.</p>`,
        },
        metadata: `${METADATA}<meta name="cover" content="c"/>`,
        manifest: '<item id="c" href="../lamp.png" media-type="image/png"/>',
        files: { 'lamp.png': await png(), 'OEBPS/x.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>' },
      }),
      null,
      () => undefined,
    );
    if (!outcome.ok) throw new Error(outcome.message);
    const { pictures = [], about, chapters } = outcome.book;
    const [picture] = pictures;
    expect(pictures).toHaveLength(1);
    expect(about?.cover).toBe(picture?.hash);
    expect(
      chapters[0]?.blocks.map((block) =>
        block.type === 'figure' ? [block.alt, block.picture, block.text] : block.text,
      ),
    ).toEqual([
      ['A lamp', picture?.hash, 'The lamp'],
      'Before and after.',
      ['Gone', null, ''],
      'Once it was dark, But not for long.',
    ]);
    expect(chapters[0]?.blocks[0]).toMatchObject({
      width: 40,
      height: 30,
      marks: [{ type: 'emphasis', start: 4, end: 8 }],
    });
  });
});
