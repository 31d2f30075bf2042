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
import { isInferred } from '../../projections/core.ts';
import type { Posting } from '../../events/postings.ts';
import type { RoughDate } from '../../events/values.ts';
import type { Sequence, StoredEvent } from './event-log.ts';
import type { AsOfFacts, AsOfQuery } from './read-tables.ts';

export interface Fold {
  /** In the order of the log. */
  apply(events: readonly StoredEvent[]): void;
  asOf(query: AsOfQuery): AsOfFacts;
}

const never = Infinity;

interface Folded {
  readonly sequence: Sequence;
  readonly id: string;
  readonly type: StoredEvent['entry']['type'];
  readonly validFrom: RoughDate;
  /** From when it is taken back. */
  until: Sequence;
  readonly facts: Kept[];
  /** Facts, of others too, that are no longer known since it. */
  readonly ended: Kept[];
}

interface Kept {
  readonly series: Kept[];
  readonly thing: string;
  readonly attribute: string;
  readonly from: RoughDate;
  /** The sequences between which it is known. */
  readonly known: Sequence;
  until: Sequence;
  readonly event: Folded;
  /** Place among the facts of its event. */
  readonly n: number;
  readonly inferred: boolean;
  /** The value as JSON: less memory than what it is made of. */
  readonly json: string;
  readonly also: string | undefined;
}

interface Posted {
  readonly sequence: Sequence;
  readonly from: RoughDate;
  readonly posting: Posting;
}

/** @param questions that can be asked of it */
export const openFold = (questions: readonly Projection[] = projections): Fold => {
  const events = new Map<string, Folded>();
  const restingOn = new Map<string, Folded[]>();
  const alsoOf = new Map<string, Kept[]>();
  const answers: readonly Answer[] = questions.map((projection) => ({
    projection,
    things: new Map(),
    posted: [],
  }));
  const look: Look = {
    restingOn: (id) => (restingOn.get(id) ?? []).filter(({ until }) => until === never),
  };

  const keep = (fact: Kept): void => {
    fact.series.push(fact);
    fact.event.facts.push(fact);
    if (fact.also !== undefined) listed(alsoOf, fact.also).push(fact);
  };
  const end = (facts: readonly Kept[], by: Folded): void => {
    for (const fact of facts) {
      if (fact.until !== never) continue;
      fact.until = by.sequence;
      by.ended.push(fact);
    }
  };
  /** Its facts end, and those come back that it had replaced. */
  const takeBack = (id: string, by: Folded): void => {
    end(alsoOf.get(id) ?? [], by);
    const event = events.get(id);
    if (event === undefined) return;
    event.until = by.sequence;
    end(event.facts, by);
    for (const fact of event.ended)
      if (fact.event.until === never) keep({ ...fact, known: by.sequence, until: never });
  };

  const apply = ({ sequence, entry }: StoredEvent): void => {
    const { id, type, validFrom } = entry;
    const event: Folded = { sequence, id, type, validFrom, until: never, facts: [], ended: [] };
    events.set(id, event);
    for (const ground of entry.restsOn ?? []) listed(restingOn, ground).push(event);
    if (entry.reverses !== undefined) takeBack(entry.reverses, event);
    const inferred = isInferred(entry);
    for (const { projection, things, posted } of answers) {
      for (const posting of projection.amounts?.postings(entry) ?? [])
        posted.push({ sequence, from: validFrom, posting });
      for (const [n, fact] of projection.apply(entry, look).entries()) {
        const { thing, attribute, from, also } = fact;
        const series = listed(mapped(things, thing), attribute);
        if (fact.replacesInferred && !inferred)
          end(
            series.filter((old) => old.inferred),
            event,
          );
        const json = JSON.stringify(fact.value);
        const times = { known: sequence, until: never };
        keep({ series, thing, attribute, from, ...times, event, n, inferred, json, also });
      }
    }
  };

  return {
    apply: (more) => more.forEach(apply),
    asOf: (query) =>
      factsOn(
        query,
        answers.find(({ projection }) => projection.question === query.question)!,
      ),
  };
};

/** What is kept for one question. */
interface Answer {
  readonly projection: Projection;
  readonly things: Map<string, Map<string, Kept[]>>;
  readonly posted: Posted[];
}

const factsOn = (
  { thing, validAt, knownAt }: AsOfQuery,
  { projection, things, posted }: Answer,
): AsOfFacts => {
  const wanted =
    thing === undefined
      ? [...things.values()]
      : [...new Set([thing, common])].flatMap((name) => things.get(name) ?? []);
  const series = wanted.flatMap((attributes) => [...attributes.values()]);
  const isKnown = ({ known, until }: Kept): boolean => known <= knownAt && until > knownAt;
  const certain = series.flatMap((facts) => lastOn(validAt, facts.filter(isKnown)) ?? []);
  const rough = series.flatMap((facts) =>
    facts.filter((fact) => isKnown(fact) && isInDoubt(validAt, fact.from)),
  );
  const facts = { certain: held(certain), rough: held(rough) };
  if (projection.amounts === undefined) return facts;
  const known = posted.filter(({ sequence }) => sequence <= knownAt);
  return { ...facts, ...amountsOn(validAt, known) };
};

const mapped = <Value>(map: Map<string, Map<string, Value>>, name: string): Map<string, Value> => {
  const known = map.get(name);
  if (known !== undefined) return known;
  const made = new Map<string, Value>();
  map.set(name, made);
  return made;
};

const listed = <Value>(map: Map<string, Value[]>, name: string): Value[] => {
  const known = map.get(name);
  if (known !== undefined) return known;
  const made: Value[] = [];
  map.set(name, made);
  return made;
};

/** Whether that day is not certainly past, and may be. */
const isInDoubt = (validAt: string, { earliest, latest }: RoughDate): boolean =>
  latest > validAt && earliest !== latest && (earliest === undefined || earliest <= validAt);

/** The one with the latest date that has certainly come; of one date, what became known last. */
const lastOn = (validAt: string, facts: readonly Kept[]): Kept | undefined => {
  let last: Kept | undefined;
  for (const fact of facts)
    if (fact.from.latest <= validAt && (last === undefined || !isBefore(fact, last))) last = fact;
  return last;
};

const isBefore = (a: Kept, b: Kept): boolean =>
  (compare(a.from.latest, b.from.latest) || a.known - b.known) < 0;

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** By date, then by event. */
const held = (facts: readonly Kept[]): readonly HeldFact[] =>
  [...facts]
    .sort(
      (a, b) =>
        compare(a.from.latest, b.from.latest) || a.event.sequence - b.event.sequence || a.n - b.n,
    )
    .map(({ thing, attribute, from, json, event, also }) => ({
      thing,
      attribute,
      from,
      value: JSON.parse(json) as Json,
      eventId: event.id,
      ...(also === undefined ? {} : { also }),
    }));

const amountsOn = (
  validAt: string,
  posted: readonly Posted[],
): { readonly sums: readonly PostedSum[]; readonly roughSums: readonly RoughlyPosted[] } => {
  const sums = new Map<string, PostedSum>();
  for (const { from, posting } of posted) {
    if (from.latest > validAt) continue;
    const { municipality, year, account } = posting;
    const name = `${municipality} ${year} ${account}`;
    sums.set(name, added(sums.get(name), posting));
  }
  return {
    sums: [...sums.values()],
    roughSums: posted
      .filter(({ from }) => isInDoubt(validAt, from))
      .map(({ posting, from: { earliest, latest } }) => ({
        ...added(undefined, posting),
        from: earliest === undefined ? { latest } : { earliest, latest },
      })),
  };
};

const added = (
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
