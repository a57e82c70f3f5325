/** The five small signs that float past beside the margin; not stored. */
export const cheers = ['heart', 'exclamation', 'question', 'drop', 'smile'] as const;
