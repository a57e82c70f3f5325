/** The five inks of highlights. Graphite, the pencil, is not among them: it marks what is private. */
export const colours = ['saffron', 'verdigris', 'woad', 'heather', 'clay'] as const;

/** What each ink says, in every list and legend; colour alone never carries meaning. */
export const colourMeanings: Record<(typeof colours)[number], string> = {
  saffron: 'Loved this',
  verdigris: 'Noticed',
  woad: 'Look it up',
  heather: 'Question',
  clay: 'The words',
};

export const isColour = (word: unknown): word is (typeof colours)[number] => colours.some((colour) => colour === word);
