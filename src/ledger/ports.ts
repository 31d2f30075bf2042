/** What the ledger needs of the machine it runs on. */
import type { SealedField } from '../../events/entry.ts';

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

/** Where a sealed value stands. It opens there and nowhere else. */
export interface SealedPlace {
  readonly eventId: string;
  readonly field: string;
  /** Version of the schema of what is inside. */
  readonly schema: number;
}

/** The key of one person. */
export interface PersonKey {
  readonly keyId: string;
  /** The opaque reference to the person: 32 hex digits that nobody can make without the key. */
  readonly person: string;
  /** HMAC-SHA-256 under the person's key, in lower-case hex. */
  readonly hmac: Hmac;
  seal(place: SealedPlace, value: unknown): SealedField;
  /** @throws Error when it was not sealed under this key, for this event */
  open(eventId: string, field: SealedField): unknown;
  /** Durable when it returns; false when the person got another key meanwhile, or was erased. */
  keep(): boolean;
}

/** Persons by their keys, which are kept apart from the log. */
export interface People {
  /** The key of a person, a new one that is not yet kept included; undefined: erased. */
  keyOf(personId: string): PersonKey | undefined;
  /** @throws Error for a key that is not known, which is not the same as an erased one */
  open(
    eventId: string,
    field: SealedField,
  ): { readonly value: unknown } | { readonly erased: true };
}
