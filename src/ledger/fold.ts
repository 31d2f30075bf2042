/**
 * Events folded in memory, by nothing but going through them: what the read tables answer from
 * indexes, said again in the plainest way. Explanations and the verifier ask this one, so that an
 * answer is never checked by what gave it.
 */
import {
  common,
  type HeldFact,
  type Json,
  type Look,
  type PostedSum,
  type Projection,
  projections,
  type RoughlyPosted,
} from '../../projections/index.ts';
import type { EntryType } from '../../events/index.ts';
import { isInferred } from '../../projections/core.ts';
import type { Posting } from '../../events/postings.ts';
import type { RoughDate } from '../../events/values.ts';
import type { StoredEvent } from './event-log.ts';
import { type Kept, keeping } from './kept.ts';
import { type Column, column, type Texts, texts } from './packed.ts';
import type { AsOfFacts, AsOfQuery } from './read-tables.ts';

/** An event as it is folded. */
export type FoldedEvent = Pick<StoredEvent, 'sequence' | 'entry'>;

interface Fold {
  /** In the order of the log. */
  apply(events: readonly FoldedEvent[]): void;
  asOf(query: AsOfQuery): AsOfFacts;
}

/** What is kept for one question. */
interface Answer {
  readonly projection: Projection;
  /** Each attribute of each thing, in the order in which they came. */
  readonly series: Column;
  readonly posted: Posted;
}

/** Postings, side by side. */
interface Posted {
  readonly sequence: Column;
  readonly from: Column;
  /** Each as JSON. */
  readonly posting: Texts;
}

/** @param questions that can be asked of it */
export const openFold = (questions: readonly Projection[] = projections): Fold => {
  const kept = keeping();
  const answers: readonly Answer[] = questions.map((projection) => ({
    projection,
    series: column(),
    posted: { sequence: column(), from: column(), posting: texts() },
  }));
  const look: Look = { restingOn: kept.restingOn };
  const byType = new Map<EntryType, readonly (readonly [number, Answer])[]>();
  /** The answers that an event of this type may change, with their numbers. */
  const changedBy = (type: EntryType) => {
    const known = byType.get(type);
    if (known !== undefined) return known;
    const changed = [...answers.entries()].filter(
      ([, { projection }]) => projection.types?.includes(type) !== false,
    );
    byType.set(type, changed);
    return changed;
  };

  const apply = ({ sequence, entry }: FoldedEvent): void => {
    const inferred = isInferred(entry);
    const event = kept.take(sequence, entry, inferred);
    if (entry.reverses !== undefined) kept.takeBack(entry.reverses, event);
    for (const [i, { projection, series, posted }] of changedBy(entry.type)) {
      for (const posting of projection.amounts?.postings(entry) ?? []) {
        posted.sequence.push(sequence);
        posted.from.push(kept.dates.add(entry.validFrom));
        posted.posting.add(JSON.stringify(posting));
      }
      let n = 0;
      for (const fact of projection.apply(entry, look)) {
        const { thing, attribute, from, value, also } = fact;
        const one = kept.seriesOf(i, `${thing}\n${attribute}`, series);
        if (fact.replacesInferred && !inferred) kept.endInferred(one, event);
        kept.keep({ series: one, from, event, n, value: JSON.stringify(value), also });
        n += 1;
      }
    }
  };

  return {
    apply: (more) => more.forEach(apply),
    asOf: (query) => {
      const found = answers.find(({ projection }) => projection.question === query.question)!;
      return factsOn(query, found, kept);
    },
  };
};

const factsOn = (
  { thing, validAt, knownAt }: AsOfQuery,
  { projection, series, posted }: Answer,
  kept: Kept,
): AsOfFacts => {
  const isAsked = (one: number): boolean =>
    thing === undefined || [thing, common].includes(thingIn(kept.nameOf(one)));
  const [certain, rough]: [number[], number[]] = [[], []];
  for (let i = 0; i < series.length(); i += 1) {
    const one = series.at(i);
    if (!isAsked(one)) continue;
    const known = kept.known(one, knownAt);
    certain.push(...lastOn(validAt, known, kept));
    rough.push(...known.filter((fact) => isInDoubt(validAt, kept.from(fact))));
  }
  const facts = { certain: held(certain, kept), rough: held(rough, kept) };
  return projection.amounts === undefined
    ? facts
    : { ...facts, ...amountsOn({ validAt, knownAt }, posted, kept) };
};

const thingIn = (name: string): string => name.slice(0, name.indexOf('\n'));

/** Whether that day is not certainly past, and may be. */
const isInDoubt = (validAt: string, { earliest, latest }: RoughDate): boolean =>
  latest > validAt && earliest !== latest && (earliest === undefined || earliest <= validAt);

/** The one with the latest date that has certainly come; of one date, what became known last. */
const lastOn = (validAt: string, facts: readonly number[], kept: Kept): readonly number[] => {
  const come = facts.filter((fact) => kept.from(fact).latest <= validAt);
  const [first, ...others] = come;
  if (first === undefined) return [];
  // They go back: of two that are alike, the first here came last.
  const isBefore = (a: number, b: number): boolean =>
    (compare(kept.from(a).latest, kept.from(b).latest) || kept.knownFrom(a) - kept.knownFrom(b)) <
    0;
  return [others.reduce((last, fact) => (isBefore(last, fact) ? fact : last), first)];
};

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** By date, then by event. */
const held = (facts: readonly number[], kept: Kept): readonly HeldFact[] =>
  facts
    .map((fact) => ({ ...kept.placeOf(fact), fact, from: kept.from(fact) }))
    .sort((a, b) => compare(a.from.latest, b.from.latest) || a.sequence - b.sequence || a.n - b.n)
    .map(({ fact, from }) => {
      const { name, json, eventId, also } = kept.told(fact);
      return {
        thing: thingIn(name),
        attribute: name.slice(name.indexOf('\n') + 1),
        from,
        value: JSON.parse(json) as Json,
        eventId,
        ...(also === undefined ? {} : { also }),
      };
    });

const amountsOn = (
  { validAt, knownAt }: Pick<AsOfQuery, 'validAt' | 'knownAt'>,
  posted: Posted,
  { dates }: Kept,
): { readonly sums: readonly PostedSum[]; readonly roughSums: readonly RoughlyPosted[] } => {
  const sums = new Map<string, PostedSum>();
  const roughSums: RoughlyPosted[] = [];
  for (let i = 0; i < posted.sequence.length(); i += 1) {
    if (posted.sequence.at(i) > knownAt) continue;
    const from = dates.at(posted.from.at(i));
    const { earliest, latest } = from;
    const isCertain = latest <= validAt;
    if (!isCertain && !isInDoubt(validAt, from)) continue;
    const posting = JSON.parse(posted.posting.at(i)) as Posting;
    if (!isCertain) {
      const days = earliest === undefined ? { latest } : { earliest, latest };
      roughSums.push({ ...plus(undefined, posting), from: days });
      continue;
    }
    const { municipality, year, account } = posting;
    const name = `${municipality} ${year} ${account}`;
    sums.set(name, plus(sums.get(name), posting));
  }
  return { sums: [...sums.values()], roughSums };
};

const plus = (
  sum: PostedSum | undefined,
  { municipality, year, account, side, amountCents }: Posting,
): PostedSum => {
  const cents = BigInt(amountCents);
  return {
    municipality,
    year,
    account,
    debit: (sum?.debit ?? 0n) + (side === 'debit' ? cents : 0n),
    credit: (sum?.credit ?? 0n) + (side === 'credit' ? cents : 0n),
    count: (sum?.count ?? 0) + 1,
  };
};
