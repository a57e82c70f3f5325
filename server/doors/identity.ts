import { createHash, randomBytes } from 'node:crypto';
import { newId } from '#shared/records/ids.ts';
import type { MemberId, RoomId } from '#shared/records/ids.ts';
import type { Device, Store, TokenHash } from '#server/storage/store.ts';

export const COOKIE_NAME = 'lectern';
const COOKIE_BYTES = 32;
/** The longest that browsers keep a cookie; it starts anew whenever the browser comes back after a day. */
const COOKIE_DAYS = 400;
const DAY_MS = 86_400_000;
const LINK_BYTES = 24;
/** Long enough to pick up the other device, too short to be found lying about. */
const LINK_LIFE_MS = 15 * 60_000;

/** Handshakes take milliseconds; this many browsers are not let go within one. */
const REVOKED_REMEMBERED = 100;
/** What clocks are set back by every day. */
const CLOCK_SLACK_MS = 5_000;

const cookiePattern = new RegExp(`(?:^|;)\\s*${COOKIE_NAME}=([A-Za-z0-9_-]{43})\\s*(?:;|$)`);

export const hashToken = (token: string): TokenHash => createHash('sha256').update(token).digest('hex') as TokenHash;

/** `HttpOnly` keeps scripts from it, `SameSite=Lax` keeps other sites from writing with it while links still work. */
export function identityCookie(token: string, secure: boolean): string {
  const attributes = `Max-Age=${COOKIE_DAYS * 86_400}; Path=/; HttpOnly; SameSite=Lax`;
  return `${COOKIE_NAME}=${token}; ${attributes}${secure ? '; Secure' : ''}`;
}

/** The cookie's token, when there is one of the right shape. */
export const tokenFromCookie = (header: string | null | undefined): string | null =>
  cookiePattern.exec(header ?? '')?.[1] ?? null;

/** Which member this browser is in the room, if any. */
export const memberOfDevice = (device: Device, room: RoomId): MemberId | null =>
  device.members.find((bound) => bound.room === room)?.member ?? null;

type RevokedListener = (device: string, room: RoomId) => void;

/**
 * Who a browser is. A browser holds one opaque token; the store holds its hash and which member it is, room by room.
 * Nothing is remembered here, so that a revoked browser is nobody from the next question on.
 */
export class Identity {
  readonly #store: Store;
  readonly #now: () => number;
  readonly #revokedListeners = new Set<RevokedListener>();
  /** The latest of those who stopped being somebody, and how many there have ever been. */
  readonly #revoked: { device: string; room: RoomId }[] = [];
  #revocations = 0;

  constructor(store: Store, now: () => number) {
    this.#store = store;
    this.#now = now;
  }

  async deviceFromCookie(header: string | null | undefined): Promise<Device | null> {
    const token = tokenFromCookie(header);
    return token === null ? null : this.#store.deviceByToken(hashToken(token));
  }

  /** A new browser. The token is told this once and cannot be had again. */
  async newDevice(): Promise<{ device: Device; token: string }> {
    const token = randomBytes(COOKIE_BYTES).toString('base64url');
    const at = this.#now();
    const id = newDeviceId();
    await this.#store.createDevice(hashToken(token), id, at);
    return { device: { id, createdAt: at, seenAt: at, members: [] }, token };
  }

  /** Notes that the browser is in use; true when the cookie should be sent again so that it lives on. */
  async seen(device: Device): Promise<boolean> {
    if (this.#now() - device.seenAt < DAY_MS) return false;
    await this.#store.touchDevice(device.id, this.#now());
    return true;
  }

  /** A link that makes one other browser the same member, once, within a quarter of an hour. */
  async newDeviceLink(room: RoomId, member: MemberId): Promise<{ token: string; expiresAt: number }> {
    const token = randomBytes(LINK_BYTES).toString('base64url');
    const expiresAt = this.#now() + LINK_LIFE_MS;
    await this.#store.createDeviceLink(hashToken(token), room, member, expiresAt);
    return { token, expiresAt };
  }

  async redeemDeviceLink(token: string): Promise<{ room: RoomId; member: MemberId } | null> {
    const now = this.#now();
    const link = await this.#store.redeemDeviceLink(hashToken(token), now);
    // A clock that was set back would let a link live for as long again: it ends then instead.
    return link !== null && link.expiresAt - now <= LINK_LIFE_MS + CLOCK_SLACK_MS ? link : null;
  }

  /** Makes this browser this member. If it was somebody else in the room, it stops being that at once. */
  async bind(device: Device, room: RoomId, member: MemberId): Promise<void> {
    const before = memberOfDevice(device, room);
    await this.#store.bindDevice(device.id, room, member);
    if (before !== null && before !== member) this.#tellRevoked(device.id, room);
  }

  async revoke(device: string, room: RoomId): Promise<void> {
    await this.#store.unbindDevice(device, room);
    this.#tellRevoked(device, room);
  }

  /** Called when a browser stops being somebody in a room: its sockets there must go at once. */
  onRevoked(listener: RevokedListener): () => void {
    this.#revokedListeners.add(listener);
    return () => this.#revokedListeners.delete(listener);
  }

  /** Taken before a browser is asked for, so that `revokedSince` can tell what happened while it was being let in. */
  get revocations(): number {
    return this.#revocations;
  }

  /** Whether this browser may have stopped being somebody in the room since then. In doubt it may. */
  revokedSince(revocations: number, device: string, room: RoomId): boolean {
    const since = this.#revocations - revocations;
    if (since > this.#revoked.length) return true;
    return this.#revoked.slice(this.#revoked.length - since).some((one) => one.device === device && one.room === room);
  }

  #tellRevoked(device: string, room: RoomId): void {
    this.#revocations += 1;
    this.#revoked.push({ device, room });
    if (this.#revoked.length > REVOKED_REMEMBERED) this.#revoked.shift();
    for (const listener of this.#revokedListeners) listener(device, room);
  }
}

/** Devices have ids of the same shape as records; they appear in the interface's list of one's own browsers. */
const newDeviceId = (): string => newId();
