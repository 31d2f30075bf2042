/** What the ledger needs of the machine it runs on. */

export interface Clock {
  /** Now, as an instant in UTC with three decimals. */
  now(): string;
}

export interface Ids {
  /** A new UUIDv7. */
  eventId(): string;
  /** A new ULID. */
  ulid(): string;
}

/** HMAC-SHA-256 under the ledger's own secret, in lower-case hex. */
export type Hmac = (text: string) => string;
