/**
 * What every question is made with. A projection turns one event into facts: "from this date,
 * this attribute of this thing has this value". Read tables keep facts with the sequences
 * between which they were known; an item is assembled from the facts that a date and a
 * sequence show. Pure: event in, rows out.
 */
import type { Entry, EntryType } from '../events/index.ts';
import type { Evidence } from '../events/entry.ts';
import type { Account, Posting } from '../events/postings.ts';
import type { RoughDate } from '../events/values.ts';

export type Json =
  string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json | undefined };

export interface Fact {
  readonly thing: string;
  readonly attribute: string;
  readonly from: RoughDate;
  /** `null`: from then on there is no value. */
  readonly value: Json;
  /** A stated fact takes the place of the same attribute inferred. */
  readonly replacesInferred?: true;
  /** Another event it depends on: when that is taken back, so is this fact. */
  readonly also?: string | undefined;
}

/** A fact as it is kept: with the event that gave it. */
export interface HeldFact {
  readonly thing: string;
  readonly attribute: string;
  readonly from: RoughDate;
  readonly value: Json;
  readonly eventId: string;
  readonly also?: string;
}

/** An event that rests on another, in short. */
export type Resting = Pick<Entry, 'id' | 'type' | 'validFrom'>;

/** What a projection may look at, as known just before the event. */
export interface Look {
  /** Events that rest on this one. */
  readonly restingOn: (eventId: string) => readonly Resting[];
}

export type Item = Readonly<Record<string, unknown>>;

interface Assembled {
  readonly item: Item;
  /** The facts it was made of: its basis. */
  readonly from: readonly HeldFact[];
}

/** What was posted to one account of a municipality in a booking year, as a moment shows it. */
export interface PostedSum {
  readonly municipality: string;
  readonly year: number;
  readonly account: Account;
  /** Cents. */
  readonly debit: bigint;
  readonly credit: bigint;
  /** Postings. */
  readonly count: number;
}

/** One posting between the earliest and the latest date of its event. */
export type RoughlyPosted = PostedSum & { readonly from: RoughDate };

/** A question about amounts: its items come from sums of postings, beside common facts. */
interface Amounts {
  readonly postings: (entry: Entry) => readonly Posting[];
  readonly items: (
    sums: readonly PostedSum[],
    common: readonly HeldFact[],
  ) => readonly (Assembled & { readonly thing: string })[];
  /** Whose postings, in which booking year, an item was summed of. */
  readonly summedOf: (item: Item) => {
    readonly municipalities: readonly string[];
    readonly year: number;
  };
}

export interface Projection {
  /** Name of the question, as the API has it. */
  readonly question: string;
  /** The only types of event that give it facts, where it says so: others need not be applied. */
  readonly types?: readonly EntryType[];
  readonly apply: (entry: Entry, look: Look) => readonly Fact[];
  /**
   * One item on a date, from the facts of its thing that hold then; `common` are those of the
   * thing `*`. Undefined: there is none. Assembling from `from` alone gives the same item.
   */
  readonly assemble: (
    thing: string,
    facts: readonly HeldFact[],
    common: readonly HeldFact[],
    validAt: string,
  ) => Assembled | undefined;
  /** The field that names the thing: a list that is filtered by it holds that thing alone. */
  readonly thingField?: string;
  /** Then `assemble` is not asked. */
  readonly amounts?: Amounts;
  /** A list goes in the order of this text. */
  readonly sortKey?: (item: Item) => string;
}

/** The thing whose facts every item of a question may use. */
export const common = '*';

/** A fact of the event itself, from its valid date. */
export const fact = (
  entry: Entry,
  thing: string,
  attribute: string,
  value: Json,
  from: RoughDate = entry.validFrom,
): Fact => ({ thing, attribute, from, value });

/** That a day is there: so a day that is known roughly makes an answer uncertain around it. */
const dayThere = (day: RoughDate): string => `there:${JSON.stringify(day)}`;

/** Facts of the days that an event names, beside its own. */
export const dayFacts = (
  entry: Entry,
  thing: string,
  ...days: readonly (RoughDate | undefined)[]
): readonly Fact[] =>
  days.flatMap((day) => (day === undefined ? [] : [fact(entry, thing, dayThere(day), true, day)]));

/** Whether a day that an event of this thing named is there. */
export const isThere = (facts: readonly HeldFact[], day: RoughDate): boolean =>
  valueOf(facts, dayThere(day)) !== undefined;

/** The value of the first fact with this attribute. */
export const valueOf = <T>(facts: readonly HeldFact[], attribute: string): T | undefined =>
  (facts.find((f) => f.attribute === attribute)?.value ?? undefined) as T | undefined;

export const withPrefix = (facts: readonly HeldFact[], prefix: string): readonly HeldFact[] =>
  facts.filter((f) => f.attribute.startsWith(prefix) && f.value !== null);

/** Evidence as items show it. */
export const evidenceOf = (entry: Entry): Json =>
  (entry.evidence ?? []).map((e: Evidence) => ({ ...e }));

export const isInferred = (entry: Entry): boolean =>
  entry.evidence !== undefined && entry.evidence.every((e) => e.basis === 'inferred');

/** Data of an event as a value, evidence beside it. */
export const valueFrom = (entry: Entry, more: { readonly [key: string]: Json | undefined } = {}) =>
  ({ ...(entry.data as object), ...more, evidence: evidenceOf(entry) }) as unknown as Json;

/** Sorts a list by these fields, the first one first. */
export const byField =
  (...fields: readonly string[]) =>
  (item: Item): string =>
    fields.map((field) => sortable(item[field])).join('\n');

/** Numbers within text compare as numbers: 2 before 10. */
const sortable = (value: unknown): string => {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  return /\d/.test(text) ? text.replace(/\d+/g, (digits) => digits.padStart(15, '0')) : text;
};
