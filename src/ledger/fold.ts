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

/** An event as it is folded. */
export type FoldedEvent = Pick<StoredEvent, 'sequence' | 'entry'>;

interface Fold {
  /** In the order of the log. */
  apply(events: readonly FoldedEvent[]): void;
  asOf(query: AsOfQuery): AsOfFacts;
}

const never = Infinity;

interface Folded {
  readonly sequence: Sequence;
  readonly id: string;
  readonly type: StoredEvent['entry']['type'];
  readonly validFrom: RoughDate;
  readonly inferred: boolean;
  /** From when it is taken back. */
  until: Sequence;
  facts: Kept[] | undefined;
  /** Facts, of others too, that are no longer known since it. */
  ended: Kept[] | undefined;
}

interface Kept {
  readonly answer: Answer;
  readonly thing: string;
  readonly attribute: string;
  readonly from: RoughDate;
  /** The sequences between which it is known. */
  readonly known: Sequence;
  until: Sequence;
  readonly event: Folded;
  /** Place among the facts of its event. */
  readonly n: number;
  /** The value as JSON: less memory than what it is made of. */
  readonly json: string;
  readonly also: string | undefined;
}

interface Posted {
  readonly sequence: Sequence;
  readonly from: RoughDate;
  readonly posting: Posting;
}

/** Facts with what ends them, and what brings them back. */
const keeping = () => {
  const events = new Map<string, Folded>();
  const alsoOf = new Map<string, Kept[]>();

  const keep = (fact: Kept): void => {
    const { answer, thing, attribute, event, also } = fact;
    addTo(answer.series, seriesName(thing, attribute), fact);
    event.facts = added(event.facts, fact);
    if (also !== undefined) addTo(alsoOf, also, fact);
  };
  const end = (facts: readonly Kept[] | undefined, by: Folded): void => {
    for (const fact of facts ?? []) {
      if (fact.until !== never) continue;
      fact.until = by.sequence;
      by.ended = added(by.ended, fact);
    }
  };
  return {
    keep,
    end,
    take: (event: Folded): void => void events.set(event.id, event),
    /** Its facts end, and those come back that it had replaced. */
    takeBack: (id: string, by: Folded): void => {
      end(alsoOf.get(id), by);
      const event = events.get(id);
      if (event === undefined) return;
      event.until = by.sequence;
      end(event.facts, by);
      for (const fact of event.ended ?? [])
        if (fact.event.until === never) keep({ ...fact, known: by.sequence, until: never });
    },
  };
};

/** @param questions that can be asked of it */
export const openFold = (questions: readonly Projection[] = projections): Fold => {
  const { keep, end, take, takeBack } = keeping();
  const restingOn = new Map<string, Folded[]>();
  const answers: readonly Answer[] = questions.map((projection) => ({
    projection,
    series: new Map(),
    posted: [],
  }));
  const look: Look = {
    restingOn: (id) => (restingOn.get(id) ?? []).filter(({ until }) => until === never),
  };

  const apply = ({ sequence, entry }: FoldedEvent): void => {
    const { id, type, validFrom } = entry;
    const inferred = isInferred(entry);
    const times = { until: never, facts: undefined, ended: undefined };
    const event: Folded = { sequence, id, type, validFrom, inferred, ...times };
    take(event);
    for (const ground of entry.restsOn ?? []) addTo(restingOn, ground, event);
    if (entry.reverses !== undefined) takeBack(entry.reverses, event);
    for (const answer of answers) {
      const { projection, series, posted } = answer;
      for (const posting of projection.amounts?.postings(entry) ?? [])
        posted.push({ sequence, from: validFrom, posting });
      let n = 0;
      for (const fact of projection.apply(entry, look)) {
        const { thing, attribute, from, also } = fact;
        if (fact.replacesInferred && !inferred)
          end(series.get(seriesName(thing, attribute))?.filter(isOfInferred), event);
        const json = JSON.stringify(fact.value);
        const times = { known: sequence, until: never };
        keep({ answer, thing, attribute, from, ...times, event, n, json, also });
        n += 1;
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

const seriesName = (thing: string, attribute: string): string => `${thing}\n${attribute}`;
const isOfInferred = ({ event }: Kept): boolean => event.inferred;

/** What is kept for one question. */
interface Answer {
  readonly projection: Projection;
  /** The facts of each attribute of each thing, in the order in which they became known. */
  readonly series: Map<string, Kept[]>;
  readonly posted: Posted[];
}

const factsOn = (
  { thing, validAt, knownAt }: AsOfQuery,
  { projection, series: all, posted }: Answer,
): AsOfFacts => {
  const series = [...all.values()].filter(
    ([first]) => thing === undefined || first!.thing === thing || first!.thing === common,
  );
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

/** A list of one is made as short as that: most of them never grow. */
const added = <Value>(list: Value[] | undefined, value: Value): Value[] => {
  if (list === undefined) return [value];
  list.push(value);
  return list;
};

const addTo = <Value>(map: Map<string, Value[]>, name: string, value: Value): void => {
  const known = map.get(name);
  if (known === undefined) map.set(name, [value]);
  else known.push(value);
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
    sums.set(name, plus(sums.get(name), posting));
  }
  return {
    sums: [...sums.values()],
    roughSums: posted
      .filter(({ from }) => isInDoubt(validAt, from))
      .map(({ posting, from: { earliest, latest } }) => ({
        ...plus(undefined, posting),
        from: earliest === undefined ? { latest } : { earliest, latest },
      })),
  };
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
