// The types know the default export alone, the linter both.
// oxlint-disable-next-line import/no-named-as-default
import PDFDocument from 'pdfkit';

export type Pdf = InstanceType<typeof PDFDocument>;
type Options = ConstructorParameters<typeof PDFDocument>[0];

/** The bytes of a PDF that `write` drew. Fonts are those of the standard, so that nothing is read from elsewhere. */
export async function makePdf(write: (pdf: Pdf) => void, options: Options = {}): Promise<Uint8Array> {
  const pdf = new PDFDocument({ size: 'A5', margin: 50, bufferPages: true, ...options });
  const { promise, resolve } = Promise.withResolvers<Uint8Array>();
  const parts: Buffer[] = [];
  pdf.on('data', (part: Buffer) => parts.push(part));
  pdf.on('end', () => resolve(new Uint8Array(Buffer.concat(parts))));
  write(pdf);
  pdf.end();
  return promise;
}

/** Sentences that differ from each other and read like prose, from a seed. */
export function prose(sentences: number, seed = 1): string {
  const things = 'lamp river captain letter harbour winter garden mirror winding staircase'.split(' ');
  const deeds = 'waited for|remembered|described|went past|overlooked|understood|carried away'.split('|');
  let state = seed;
  const pick = (from: readonly string[]) => {
    state = (state * 48_271) % 2_147_483_647;
    return from[state % from.length] ?? '';
  };
  return Array.from(
    { length: sentences },
    (_, index) =>
      `The ${pick(things)} ${pick(deeds)} the ${pick(things)}, and in year ${index + 1} the ${pick(things)} ${pick(deeds)} it.`,
  ).join(' ');
}
