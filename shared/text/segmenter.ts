const segmenters = new Map<string, Intl.Segmenter>();

/**
 * A kept `Intl.Segmenter` for a BCP 47 language; English rules where the tag is `und` or not a tag. Never the machine's
 * own language: server and browser must cut alike.
 */
export function segmenterFor(language: string, granularity: 'sentence' | 'word'): Intl.Segmenter {
  const key = `${granularity} ${language}`;
  let segmenter = segmenters.get(key);
  if (segmenter === undefined) {
    segmenter = new Intl.Segmenter(isLanguageTag(language) ? language : 'en', { granularity });
    segmenters.set(key, segmenter);
  }
  return segmenter;
}

function isLanguageTag(language: string): boolean {
  try {
    return language !== 'und' && Intl.getCanonicalLocales(language).length === 1;
  } catch {
    return false;
  }
}
