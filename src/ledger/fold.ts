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
  type Resting,
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

/** Beyond any sequence; a small integer, for a million facts carry it. */
const never = 0x7fffffff;

interface Folded {
  readonly sequence: Sequence;
  readonly id: string;
  readonly inferred: boolean;
  /** From when it is taken back. */
  until: Sequence;
  /** The last of its facts. */
  facts: Kept | undefined;
  /** Facts, of others too, that are no longer known since it. */
  ended: Kept[] | undefined;
}

interface Kept {
  readonly answer: Answer;
  /** Of the thing and its attribute. */
  readonly name: string;
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
  /** The one before it of the same series, and of the same event: a list costs more. */
  readonly before: Kept | undefined;
  readonly beside: Kept | undefined;
}

/** Facts from this one back to the first. */
function* back(last: Kept | undefined, next: 'before' | 'beside'): Generator<Kept> {
  for (let fact = last; fact !== undefined; fact = fact[next]) yield fact;
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

  const keep = (told: Omit<Kept, 'until' | 'before' | 'beside'>): void => {
    const { answer, known, from, event, n, json, also } = told;
    const before = answer.series.get(told.name);
    const name = before?.name ?? told.name;
    const until = never;
    const beside = event.facts;
    const fact = { answer, name, known, until, from, event, n, json, also, before, beside };
    answer.series.set(name, fact);
    event.facts = fact;
    if (also !== undefined) addTo(alsoOf, also, fact);
  };
  const end = (facts: Iterable<Kept>, by: Folded): void => {
    for (const fact of facts) {
      if (fact.until !== never) continue;
      fact.until = by.sequence;
      (by.ended ??= []).push(fact);
    }
  };
  return {
    keep,
    end,
    take: (event: Folded): void => void events.set(event.id, event),
    /** Its facts end, and those come back that it had replaced. */
    takeBack: (id: string, by: Folded): void => {
      end(alsoOf.get(id) ?? [], by);
      const event = events.get(id);
      if (event === undefined) return;
      event.until = by.sequence;
      end(back(event.facts, 'beside'), by);
      for (const fact of event.ended ?? [])
        if (fact.event.until === never) keep({ ...fact, known: by.sequence });
    },
  };
};

/** @param questions that can be asked of it */
export const openFold = (questions: readonly Projection[] = projections): Fold => {
  const { keep, end, take, takeBack } = keeping();
  const restingOn = new Map<string, { readonly event: Folded; readonly shown: Resting }[]>();
  const one = sharedDates();
  const answers: readonly Answer[] = questions.map((projection) => ({
    projection,
    series: new Map(),
    posted: [],
  }));
  const look: Look = {
    restingOn: (id) =>
      (restingOn.get(id) ?? []).flatMap(({ event, shown }) => (event.until === never ? shown : [])),
  };

  const apply = ({ sequence, entry }: FoldedEvent): void => {
    const { id, type, validFrom } = entry;
    const shown = { id, type, validFrom };
    const inferred = isInferred(entry);
    const times = { until: never, facts: undefined, ended: undefined };
    const event: Folded = { sequence, id, inferred, ...times };
    take(event);
    for (const ground of entry.restsOn ?? []) addTo(restingOn, ground, { event, shown });
    if (entry.reverses !== undefined) takeBack(entry.reverses, event);
    for (const answer of answers) {
      const { projection, series, posted } = answer;
      for (const posting of projection.amounts?.postings(entry) ?? [])
        posted.push({ sequence, from: one(validFrom), posting });
      let n = 0;
      for (const fact of projection.apply(entry, look)) {
        const { also } = fact;
        const from = one(fact.from);
        const name = `${fact.thing}\n${fact.attribute}`;
        if (fact.replacesInferred && !inferred)
          end([...back(series.get(name), 'before')].filter(isOfInferred), event);
        const json = JSON.stringify(fact.value);
        keep({ answer, name, from, known: sequence, event, n, json, also });
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

/** Of dates that are alike the first: a million facts have a few thousand. */
const sharedDates = () => {
  const dates = new Map<string, RoughDate>();
  return (date: RoughDate): RoughDate => {
    const { earliest = '', latest, wording = '' } = date;
    const name = `${earliest} ${latest} ${wording}`;
    const known = dates.get(name);
    if (known === undefined) dates.set(name, date);
    return known ?? date;
  };
};

const isOfInferred = ({ event }: Kept): boolean => event.inferred;

/** What is kept for one question. */
interface Answer {
  readonly projection: Projection;
  /** The fact of each attribute of each thing that became known last. */
  readonly series: Map<string, Kept>;
  readonly posted: Posted[];
}

const factsOn = (
  { thing, validAt, knownAt }: AsOfQuery,
  { projection, series: all, posted }: Answer,
): AsOfFacts => {
  const isAsked = (name: string): boolean =>
    thing === undefined || [thing, common].includes(thingIn(name));
  const [certain, rough]: [Kept[], Kept[]] = [[], []];
  for (const [name, last] of all) {
    if (!isAsked(name)) continue;
    const known = [...back(last, 'before')].filter(
      ({ known, until }) => known <= knownAt && until > knownAt,
    );
    certain.push(...lastOn(validAt, known));
    rough.push(...known.filter(({ from }) => isInDoubt(validAt, from)));
  }
  const facts = { certain: held(certain), rough: held(rough) };
  if (projection.amounts === undefined) return facts;
  const known = posted.filter(({ sequence }) => sequence <= knownAt);
  return { ...facts, ...amountsOn(validAt, known) };
};

const addTo = <Value>(map: Map<string, Value[]>, name: string, value: Value): void => {
  const known = map.get(name);
  if (known === undefined) map.set(name, [value]);
  else known.push(value);
};

const thingIn = (name: string): string => name.slice(0, name.indexOf('\n'));

/** Whether that day is not certainly past, and may be. */
const isInDoubt = (validAt: string, { earliest, latest }: RoughDate): boolean =>
  latest > validAt && earliest !== latest && (earliest === undefined || earliest <= validAt);

/** The one with the latest date that has certainly come; of one date, what became known last. */
const lastOn = (validAt: string, facts: readonly Kept[]): readonly Kept[] => {
  const come = facts.filter(({ from }) => from.latest <= validAt);
  const [first, ...others] = come;
  if (first === undefined) return [];
  // They go back: of two that are alike, the first here came last.
  return [others.reduce((last, fact) => (isBefore(last, fact) ? fact : last), first)];
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
    .map(({ name, from, json, event, also }) => ({
      thing: thingIn(name),
      attribute: name.slice(name.indexOf('\n') + 1),
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
