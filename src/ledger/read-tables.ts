/** The port of the read tables: facts as change points, asked for at a date and a sequence. */
import type { EntryType } from '../../events/index.ts';
import type { Account, Posting } from '../../events/postings.ts';
import type { RoughDate } from '../../events/values.ts';
import type { HeldFact, PostedSum, RoughlyPosted } from '../../projections/index.ts';
import type { Sequence, StoredEvent } from './event-log.ts';

export interface AsOfQuery {
  readonly question: string;
  /** One thing (and the common facts); absent: all things. */
  readonly thing?: string;
  readonly validAt: string;
  readonly knownAt: Sequence;
}

/** Things whose names lie between these, both included. */
export interface Span {
  readonly first: string;
  readonly last: string;
}

/** What a moment shows. */
export interface AsOfFacts {
  /** Certain: the last of each attribute whose latest date has come. */
  readonly certain: readonly HeldFact[];
  /** Between their earliest and latest date, in the order of the latter. */
  readonly rough: readonly HeldFact[];
  /** Of a question about amounts: sums of what certainly is posted. */
  readonly sums?: readonly PostedSum[];
  /** And each posting that lies between its earliest and latest date. */
  readonly roughSums?: readonly RoughlyPosted[];
}

/** Which postings; what is absent does not matter. */
export interface PostingsOf {
  readonly municipalities?: readonly string[] | undefined;
  readonly year?: number | undefined;
  readonly account?: Account | undefined;
}

export interface PostingQuery {
  readonly of: PostingsOf;
  readonly validAt: string;
  readonly knownAt: Sequence;
  readonly after?: string | undefined;
  readonly limit: number;
}

/** A posting with its event. */
export interface PostedLine extends Posting {
  /** Cursor of this line. */
  readonly at: string;
  readonly sequence: Sequence;
  readonly eventId: string;
  readonly type: string;
  readonly validFrom: RoughDate;
}

export interface PostedBy {
  readonly sequence: Sequence;
  readonly eventId: string;
}

export interface TimelineQuery {
  /** Valid dates, half-open; absent: no bound. */
  readonly from?: string | undefined;
  readonly until?: string | undefined;
  readonly knownAt: Sequence;
  readonly after?: string | undefined;
  readonly limit: number;
}

export interface TimelineRow {
  /** Cursor of this row. */
  readonly at: string;
  readonly eventId: string;
}

/** How many events of a year and type there are; the year is that of their latest valid date. */
export interface Tally {
  readonly year: number;
  readonly type: EntryType;
  readonly count: number;
}

/** A thing of a question. */
export interface Touched {
  readonly question: string;
  readonly thing: string;
}

export interface ReadTables {
  /** The last sequence they hold; −1 when empty. */
  position(): Sequence;
  /** @param span only of these things, and the common facts; not of a question about amounts */
  asOf(query: AsOfQuery, span?: Span): AsOfFacts;
  /** Names of the things of a question, known whenever, from the last one back. */
  things(question: string, before: string | undefined, limit: number): readonly string[];
  /** The same from the first one on. */
  thingsAfter(question: string, after: string | undefined, limit: number): readonly string[];
  timeline(query: TimelineQuery): readonly TimelineRow[];
  /** In the order of the log, those in doubt as well. */
  postings(query: PostingQuery): readonly PostedLine[];
  /** The events that posted these, each once, in the order of the log. */
  postedBy(of: PostingsOf, validAt: string, knownAt: Sequence): Iterable<PostedBy>;
  /** Events up to `knownAt` that took back or replaced facts of this one. */
  endedBy(eventId: string, knownAt: Sequence): readonly string[];
  /** Events up to `knownAt` that say that they rest on this one, in the order of the log. */
  restedOnBy(eventId: string, knownAt: Sequence, limit: number): readonly string[];
  /** The event up to `knownAt` that took this one back. */
  reversedBy(eventId: string, knownAt: Sequence): string | undefined;
  /** Of these sequences, both included; what was taken back as well. */
  tally(from: Sequence, to: Sequence): readonly Tally[];
  /** Of what had been taken back by then. */
  takenBack(knownAt: Sequence): readonly Tally[];
  /** Things of which a fact came or ceased with the events after `after`, up to `upTo`. */
  touched(after: Sequence, upTo: Sequence): readonly Touched[];
  /**
   * Asks these tables while they hold these events as well, which follow on their last; when
   * `ask` returns they are as they were. It must not wait: everybody asks the same tables.
   */
  rehearse<T>(events: readonly StoredEvent[], ask: () => T): T;
}

/** What has been seen of a log: its head, by sequence and id. */
export interface Seen {
  readonly position: Sequence;
  readonly headId?: string | undefined;
}
