/**
 * What is to be seen at (v, k), found by plain loops over the whole list: the events up to k,
 * without those that were taken back by then, and without what a source only inferred where
 * another states the same step.
 */
import type { Entry, EntryFor, EntryType } from '../../events/index.ts';
import type { RoughDate } from '../../events/values.ts';

export interface Seen {
  readonly v: string;
  /** Whether a date that may already have come, has: the answer `after` it instead of `before`. */
  readonly perhaps: boolean;
  /** In the order of the log. */
  readonly events: readonly Entry[];
}

const inferred = (e: Entry): boolean =>
  e.evidence !== undefined && e.evidence.every(({ basis }) => basis === 'inferred');

/** Which step of which thing an event is; undefined: a fact that may stand beside others. */
const stepOf = (e: Entry): string | undefined => {
  switch (e.type) {
    case 'DecisionAdvised':
    case 'DecisionDecided':
      return `${e.type} ${e.data.decisionId}`;
    case 'DecisionAdopted':
      return `${e.type} ${e.data.decisionId} ${e.data.municipality} ${e.data.organ ?? ''}`;
    default:
      return undefined;
  }
};

/** A stated fact takes the place of an inferred one for the same step (DESIGN, take or register). */
const isReplaced = (e: Entry, later: readonly Entry[]): boolean =>
  stepOf(e) !== undefined &&
  inferred(e) &&
  later.some((other) => stepOf(other) === stepOf(e) && !inferred(other));

export const seenAt = (
  all: readonly { readonly sequence: number; readonly entry: Entry }[],
  { v, k, perhaps }: { readonly v: string; readonly k: number; readonly perhaps: boolean },
): Seen => {
  const known = all.filter(({ sequence }) => sequence <= k).map(({ entry }) => entry);
  const standing = known.filter((e) => !known.some((other) => other.reverses === e.id));
  const events = standing.filter((e, i) => !isReplaced(e, standing.slice(i + 1)));
  return { v, perhaps, events };
};

/** Whether this date has come. */
export const come = ({ v, perhaps }: Seen, date: RoughDate): boolean =>
  date.latest <= v || (perhaps && (date.earliest === undefined || date.earliest <= v));

/** Events of these types that have come, by valid date, then in the order of the log. */
export const happened = <Type extends EntryType>(
  seen: Seen,
  ...types: readonly Type[]
): readonly EntryFor<Type>[] =>
  seen.events
    .filter((e): e is EntryFor<Type> => (types as readonly string[]).includes(e.type))
    .filter((e) => come(seen, e.validFrom))
    .sort((a, b) =>
      a.validFrom.latest < b.validFrom.latest
        ? -1
        : a.validFrom.latest > b.validFrom.latest
          ? 1
          : 0,
    );

/** The last of those for which something is so. */
export const last = <T>(list: readonly T[], so: (one: T) => boolean = () => true): T | undefined =>
  list.filter(so).at(-1);

export const unique = <T>(list: readonly T[]): readonly T[] => [...new Set(list)];

export const sum = (amounts: readonly (string | undefined)[]): bigint =>
  amounts.reduce((all, amount) => all + BigInt(amount ?? '0'), 0n);

/** An answer, by the name of the thing it is about. */
export type Answers = ReadonlyMap<string, unknown>;

/** One answer for each thing, where there is one. */
export const each = (things: readonly string[], answer: (thing: string) => unknown): Answers =>
  new Map(
    unique(things)
      .map((thing) => [thing, answer(thing)] as const)
      .filter(([, found]) => found !== undefined),
  );
