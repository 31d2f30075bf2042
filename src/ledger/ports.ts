/** What the ledger needs of the machine it runs on. */
import type { Actor, SealedField } from '../../events/entry.ts';
import type { Sequence } from './event-log.ts';
import type { Purpose } from './purposes.ts';

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
  /**
   * Only of a new key. Resolves when it is durable; to false when the person got another one
   * meanwhile, or was erased: then whoever waited asks for the person's key again.
   */
  readonly keep?: () => Promise<boolean>;
}

/** Opens what was sealed under one key. @throws Error when it was not sealed so, for this event */
export type Opener = (eventId: string, field: SealedField) => unknown;

/** Persons by their keys, which are kept apart from the log. */
export interface People {
  /**
   * The key of a person, a new one that is not yet kept included; undefined: erased.
   * @throws ProblemError `unavailable` where it cannot be known whether there is one
   */
  keyOf(personId: string): PersonKey | undefined;
  /** The opaque reference to a person; undefined: there is no key. Makes none. */
  personOf(personId: string): { readonly person: string } | 'erased' | undefined;
  /** Of each key. `unknown`: the office lacks it, which is not the same as an erased one. */
  openersOf(keyIds: readonly string[]): ReadonlyMap<string, Opener | 'erased' | 'unknown'>;
  /** For good, and durable when it returns; a key that is not there is no error. */
  destroy(keyId: string): void;
}

/** Something that keeps what it was told of persons, such as a mirror or a list of messages. */
export interface Purging {
  /** Kebab-case; it is recorded that this reader confirmed. */
  readonly name: string;
  /**
   * Resolves when nothing of this person is left in it that can be read.
   * @param requestedAt the event that asked for it
   */
  readonly purge: (person: string, requestedAt: Sequence) => Promise<void>;
}

/** Where the key comes from under which persons' keys are wrapped. 32 bytes each. */
export interface WrappingSource {
  current(): Buffer;
  /** One that was made to go over to, before that was cut off. */
  next(): Buffer | undefined;
  /** One that was in use before, where the source was told. */
  previous(): Buffer | undefined;
  /** The key to go over to, where a crash does not take it; the same where there is no other. */
  renew(): Buffer;
  /** Every key has gone over to the next. */
  settle(): void;
}

/** Somebody is about to look at what is sealed of these persons. */
export interface Look {
  /** What is done, such as `open placements`. */
  readonly action: string;
  readonly startedAt: string;
  readonly purpose: Purpose;
  readonly reader: Actor;
  /** W3C trace context of the request, where it had one. */
  readonly trace?: Trace | undefined;
  /** Opaque references. */
  readonly persons: readonly string[];
}

export interface Trace {
  /** 32 and 16 hex digits. */
  readonly traceId: string;
  readonly parentSpanId: string;
}

/** That somebody looked at one person. */
export interface Looked extends Omit<Look, 'persons' | 'trace'> {
  readonly person: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  /** When it was noted, after which it was opened. */
  readonly notedAt: string;
}

/** The log of looking, apart from the ledger: it is added to, and never changed. */
export interface LookLog {
  /** Durable when it returns. @throws LookLogError, and then nothing may be opened */
  note(look: Look): void;
  /** Who looked at a person, the last one first. @throws LookLogError */
  of(person: string, limit: number): readonly Looked[];
}

/**
 * Another process reads the file of persons' keys. What was changed stands; that nothing is left
 * of what was there before cannot be said until it is done.
 */
export class KeysHeldError extends Error {
  override readonly name = 'KeysHeldError';
  constructor() {
    super("persons' keys are in use elsewhere");
  }
}

/** The log of looking cannot be written or read. */
export class LookLogError extends Error {
  override readonly name = 'LookLogError';
}
