export const blockIdPattern = /^b[1-9][0-9]{0,5}$/;

/** Whether a word that stands in an address or on the page can name a block. */
export const isBlockId = (word: string): boolean => blockIdPattern.test(word);
