/**
 * The store cannot be opened, and starting anyway could hide or harm what is in it. The message is a plain sentence for
 * whoever runs the server: what is wrong with which file, and what to do.
 */
export class StoreUnusableError extends Error {
  override readonly name = 'StoreUnusableError';
}
