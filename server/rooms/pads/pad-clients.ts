import type { MemberId } from '#shared/records/ids.ts';
import type { Store } from '#server/storage/store.ts';
import { PAD_CLAIMS_PER_MEMBER_MAX, PAD_FRESH_CLAIMS_MAX, PAD_WRITERS_MAX } from '#server/limits.ts';

/**
 * Whose each Yjs client id is, for the pad's whole life. Under a stolen id one could silence its owner, so the first claim
 * stands, and it is made before anybody else learns of the id.
 */
export class PadClients {
  readonly #store: Store;
  readonly #document: string;
  readonly #owners: Map<number, MemberId>;

  private constructor(store: Store, document: string, owners: Map<number, MemberId>) {
    this.#store = store;
    this.#document = document;
    this.#owners = owners;
  }

  static async read(store: Store, document: string): Promise<PadClients> {
    const claimed = await store.documentClients(document);
    return new PadClients(store, document, new Map(claimed.map(({ client, member }) => [client, member])));
  }

  /**
   * Makes these ids the member's, durably. `written` are ids that the document holds something of: those without an owner
   * are the server's. False when one of them is not to be had; none is claimed then.
   */
  async claim(member: MemberId, clients: readonly number[], written: ReadonlySet<number>): Promise<boolean> {
    const isFree = (client: number) => !this.#owners.has(client) && !written.has(client);
    if (clients.some((client) => !isFree(client) && this.#owners.get(client) !== member)) return false;
    const fresh = clients.filter(isFree);
    if (fresh.length === 0) return true;
    if (fresh.length > PAD_FRESH_CLAIMS_MAX || written.size + fresh.length > PAD_WRITERS_MAX) return false;
    await this.#letGoUnused(member, fresh.length, written);
    await this.#store.claimClients(
      this.#document,
      fresh.map((client) => ({ client, member })),
    );
    for (const client of fresh) this.#owners.set(client, member);
    return true;
  }

  async #letGoUnused(member: MemberId, wanted: number, written: ReadonlySet<number>): Promise<void> {
    const own = [...this.#owners].filter(([, owner]) => owner === member).map(([client]) => client);
    if (own.length + wanted <= PAD_CLAIMS_PER_MEMBER_MAX) return;
    const unused = own.filter((client) => !written.has(client));
    if (unused.length === 0) return;
    await this.#store.forgetClients(this.#document, unused);
    for (const client of unused) this.#owners.delete(client);
  }
}
