/** What the launcher is doing, on standard error, so that standard output stays the server's. */
export function say(sentence) {
  process.stderr.write(`lectern: ${sentence}\n`);
}

/** Ends with a sentence instead of a stack: everything that is thrown here is meant to be read by a person. */
export function giveUp(error) {
  say(error instanceof Error ? error.message : String(error));
  process.exit(1);
}
