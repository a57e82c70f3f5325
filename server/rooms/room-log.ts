/** What rooms need of a logger; pino's fits. Ids and codes only: never a body, a name or a token. */
export interface RoomLog {
  debug(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}
