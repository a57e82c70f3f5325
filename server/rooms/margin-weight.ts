import type { MemberId } from '#shared/records/ids.ts';

/** What a margin's records weigh, kept up to date record by record: each member's own, and what all of them share. */
export class MarginWeight {
  readonly #ofMembers = new Map<MemberId, number>();
  #shared = 0;

  /** `bytes` may be negative. A private note counts for its author alone. */
  add(by: MemberId, bytes: number, isShared: boolean): void {
    this.#ofMembers.set(by, this.of(by) + bytes);
    if (isShared) this.#shared += bytes;
  }

  of(member: MemberId): number {
    return this.#ofMembers.get(member) ?? 0;
  }

  get shared(): number {
    return this.#shared;
  }
}
