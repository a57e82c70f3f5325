import type { AnnotationId } from '#shared/records/ids.ts';
import type { Whereabouts } from '#shared/protocol/presence.ts';
import type { SessionPlace } from '#shared/protocol/session.ts';

/** What a reader tells the scene. Bytes are only valid during the call. */
export interface Ears {
  /** A frame with changes of the margin. */
  margin?: (bytes: Buffer) => void;
  /** A frame with people's whereabouts, or the place at the lectern. */
  presence?: (bytes: Buffer) => void;
  /** The answer to a command, by its number. Only Lectern gives one. */
  acked?: (number: number, ok: boolean) => void;
  /** The whole margin, as one update; asked for by whoever wants to look into it. */
  whole?: (update: Uint8Array) => void;
}

/** One open page, with all the sockets that it takes. */
export interface Reader {
  /** Resolves when everything that was there has come. */
  readonly ready: Promise<void>;
  /** Writes the annotation with this number. */
  create(number: number): void;
  /** Puts an emoji under an annotation; `number` is of the command. */
  react(target: AnnotationId, number: number): void;
  move(whereabouts: Whereabouts): void;
  moveSession(place: SessionPlace): void;
  close(): void;
}
