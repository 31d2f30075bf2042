/**
 * The port of the log: one ordered sequence of events with tags, and appends that are
 * conditional on what the writer has seen (Dynamic Consistency Boundary, dcb.events).
 */
import type { Entry } from '../../events/index.ts';

/** Place of an event in the ledger: 0, 1, 2 … without gaps. −1 stands before the first. */
export type Sequence = number;

/** One of the types (none given: any) and all of the tags. Both absent is meaningless: refused. */
export interface QueryItem {
  readonly types?: readonly string[];
  readonly tags?: readonly string[];
}

/** Items are OR'ed. `all` is its own case; an empty list matches nothing. */
export type Query = 'all' | readonly QueryItem[];

export interface StoredEvent {
  readonly sequence: Sequence;
  /** The canonical JSON exactly as it was first written. */
  readonly text: string;
  /** The text, parsed and brought to the newest version of its type. */
  readonly entry: Entry;
}

/** Fail when an event that matches came after `after` (absent: anywhere in the log). */
export interface AppendCondition {
  readonly failIfEventsMatch: Query;
  readonly after?: Sequence;
}

/** What a range read wants; bounds are inclusive. */
export interface ReadOptions {
  readonly from?: Sequence;
  readonly to?: Sequence;
  readonly direction?: 'forward' | 'backward';
  readonly limit?: number;
}

export interface Head {
  /** −1 when empty. */
  readonly sequence: Sequence;
  /** Instant of the last event; absent when empty. */
  readonly recordedAt?: string;
}

/**
 * `conflict`: the condition failed, or another process wrote first; read and decide again. `clock`: an entry's `recordedAt` lies
 * before the head's, stamp and decide again. Nothing was written in either case.
 */
export type AppendOutcome =
  | { readonly outcome: 'appended'; readonly first: Sequence; readonly last: Sequence }
  | { readonly outcome: 'conflict' }
  | { readonly outcome: 'clock' };

export type Followed =
  | { readonly kind: 'event'; readonly event: StoredEvent }
  | { readonly kind: 'caught-up'; readonly head: Sequence };

export interface EventLog {
  /**
   * Appends all entries or none, in order, on consecutive sequences; resolves when they are
   * durable. Entries are checked (schema, normal form, size, tags) and made canonical here.
   * Event ids must be new to the log; `LedgerOpened` comes first, and only first. Calls are taken
   * in the order in which they are made, so a caller that stamps and calls in one turn never
   * meets `clock`. A call that fails takes no other with it, unless the log itself fails.
   *
   * @throws InvalidEntryError, TooLargeError, LogUnavailableError, LogClosedError
   */
  append(entries: readonly Entry[], condition?: AppendCondition): Promise<AppendOutcome>;
  /**
   * Takes over what another log holds after this sequence, byte for byte, in whichever versions it
   * was written; at most a command's worth at a time. `conflict` when this log ends elsewhere.
   *
   * @throws as {@link append}
   */
  receive(texts: readonly string[], after: Sequence): Promise<AppendOutcome>;
  /**
   * Events that match, in the order asked for.
   *
   * @throws InvalidEntryError for a query that is meaningless or not in normal form
   * @throws RangeError for bounds or a limit that are not whole numbers
   */
  read(query: Query, options?: ReadOptions): Promise<readonly StoredEvent[]>;
  /** One event by its id. */
  byId(eventId: string): Promise<StoredEvent | undefined>;
  /** Those that are there, each once, in the order of the log. */
  byIds(eventIds: readonly string[]): Promise<readonly StoredEvent[]>;
  head(): Head;
  /**
   * Every event after `after`, then those to come, with `caught-up` in its place in the order:
   * once after the events that were there at the start (also when there were none), and again
   * each time the follower has come to the head after more events. Ends when the signal aborts
   * or the log closes.
   *
   * @throws ForeignLogError when `after` lies beyond the head: this is not the log it came from
   */
  follow(after: Sequence, signal: AbortSignal): AsyncIterable<Followed>;
  /** Finishes what was accepted, then closes; later calls throw LogClosedError. */
  close(): Promise<void>;
}

/** How it stands with a log that is kept elsewhere and read through a mirror. */
export interface LogState {
  /** The last call was answered. */
  readonly reachable: boolean;
  /** Events that it has and the mirror has not; undefined when it was never seen. */
  readonly behind: number | undefined;
  /** Why nothing is written any more. */
  readonly trouble: string | undefined;
}

/** The entry does not fit its schema or its normal form; nothing was written. */
export class InvalidEntryError extends Error {
  override readonly name = 'InvalidEntryError';
}
/** An entry or a command is larger than the format allows; nothing was written. */
export class TooLargeError extends Error {
  override readonly name = 'TooLargeError';
}
/** The log cannot be written or read now (disk full, another writer); trying later may help. */
export class LogUnavailableError extends Error {
  override readonly name: string = 'LogUnavailableError';
}
/** Milliseconds that the clock may be off before nothing is recorded by it. */
export const mostSkew = 5_000;

/**
 * The clock by which events would be dated is far off; nothing was written. One that was far ahead
 * would date all that comes after it.
 */
export class ClockError extends LogUnavailableError {
  override readonly name: string = 'ClockError';
  /** Milliseconds by which the clock is ahead; negative: behind. */
  readonly ahead: number;
  /** Of what: the server of the log, the last event, or itself before it was set. */
  readonly of: 'server' | 'ledger' | 'itself';
  constructor(ahead: number, of: ClockError['of']) {
    super(`the clock is ${Math.abs(ahead)} ms ${ahead < 0 ? 'behind' : 'ahead of'} the ${of}`);
    this.ahead = ahead;
    this.of = of;
  }
}

/** The log was closed. */
export class LogClosedError extends Error {
  override readonly name = 'LogClosedError';
}
/** What was opened is not this ledger's log: foreign file, other ledger, gap, damaged. */
export class ForeignLogError extends Error {
  override readonly name = 'ForeignLogError';
}
