/**
 * Facts with what ends them, and what brings them back, as rows of numbers: a ledger has millions.
 * Events, facts, series (one attribute of one thing, for one question) and dates go by number.
 */
import type { Entry, EntryType } from '../../events/index.ts';
import type { RoughDate } from '../../events/values.ts';
import type { Resting } from '../../projections/index.ts';
import type { Sequence } from './event-log.ts';
import { type Column, column, names, texts } from './packed.ts';

/** Beyond any sequence. */
const never = 0x7fffffff;
/** After the last of a chain. */
const none = -1;

interface Fact {
  readonly series: number;
  readonly from: RoughDate;
  readonly event: number;
  /** Place among the facts of its event. */
  readonly n: number;
  /** As JSON. */
  readonly value: string;
  readonly also: string | undefined;
}

export type Kept = ReturnType<typeof keeping>;

/** Of dates that are alike the first: a million facts have a few thousand. */
const sharedDates = () => {
  const all: RoughDate[] = [];
  /** Of days that are known, by the day; of others by all that is said of them. */
  const [days, others] = [new Map<string, number>(), new Map<string, number>()];
  /** The facts of an event mostly have its own date. */
  let last: { readonly date: RoughDate; readonly number: number } | undefined;
  const numberOf = (date: RoughDate): number => {
    const { earliest, latest, wording } = date;
    const isDay = earliest === latest && wording === undefined;
    const [numbers, name] = isDay
      ? [days, latest]
      : [others, JSON.stringify([earliest, latest, wording])];
    const known = numbers.get(name);
    if (known !== undefined) return known;
    numbers.set(name, all.length);
    return all.push(date) - 1;
  };
  return {
    at: (number: number): RoughDate => all[number]!,
    add: (date: RoughDate): number => {
      if (last?.date !== date) last = { date, number: numberOf(date) };
      return last.number;
    },
  };
};

/** From this one along the chain. */
const along = (first: number, next: Column): number[] => {
  const found: number[] = [];
  for (let one = first; one !== none; one = next.at(one)) found.push(one);
  return found;
};

/** Ids, with what hangs from each: the event itself, and the last of those that name it. */
const identities = () => {
  const ids = names();
  const [event, alsoFact, rest] = [column(), column(), column()];
  return {
    event,
    alsoFact,
    rest,
    at: ids.at,
    find: ids.find,
    add: (id: string): number => {
      const number = ids.add(id);
      if (number === event.length()) for (const one of [event, alsoFact, rest]) one.push(none);
      return number;
    },
  };
};

export const keeping = () => {
  const ids = identities();
  const dates = sharedDates();
  const types: EntryType[] = [];
  const typeNumbers = new Map<EntryType, number>();
  const events = {
    id: column(),
    sequence: column(),
    type: column(),
    validFrom: column(),
    isInferred: column(),
    /** From when it is taken back. */
    until: column(),
    /** The last of its facts. */
    fact: column(),
    /** The last of the ends it gave to facts, of others too. */
    ended: column(),
  };
  const ends = { fact: column(), before: column() };
  /** That one event rests on another. */
  const rests = { event: column(), before: column() };
  const series = { names: names(), last: column() };
  const values = texts();
  const facts = {
    series: column(),
    from: column(),
    /** The sequences between which it is known. */
    known: column(),
    until: column(),
    event: column(),
    n: column(),
    value: column(),
    also: column(),
    /** The one before it of the same series, of the same event, and that depends on the same. */
    before: column(),
    beside: column(),
    alike: column(),
  };

  const typeOf = (type: EntryType): number => {
    const known = typeNumbers.get(type);
    if (known !== undefined) return known;
    typeNumbers.set(type, types.length);
    return types.push(type) - 1;
  };

  /** @param known since when */
  const add = (
    fact: Omit<Fact, 'from' | 'value' | 'also'>,
    known: Sequence,
    row: readonly [from: number, value: number, also: number],
  ): void => {
    const [from, value, also] = row;
    const number = facts.n.length();
    facts.series.push(fact.series);
    facts.from.push(from);
    facts.known.push(known);
    facts.until.push(never);
    facts.event.push(fact.event);
    facts.n.push(fact.n);
    facts.value.push(value);
    facts.also.push(also);
    facts.before.push(series.last.at(fact.series));
    facts.beside.push(events.fact.at(fact.event));
    series.last.set(fact.series, number);
    events.fact.set(fact.event, number);
    facts.alike.push(also === none ? none : ids.alsoFact.at(also));
    if (also !== none) ids.alsoFact.set(also, number);
  };

  const end = (fact: number, by: number): void => {
    if (facts.until.at(fact) !== never) return;
    facts.until.set(fact, events.sequence.at(by));
    ends.fact.push(fact);
    ends.before.push(events.ended.at(by));
    events.ended.set(by, ends.fact.length() - 1);
  };

  const isTakenBack = (event: number): boolean => events.until.at(event) !== never;

  return {
    dates,
    /** @returns its number */
    take: (sequence: Sequence, entry: Entry, isInferred: boolean): number => {
      const id = ids.add(entry.id);
      const event = events.id.length();
      events.id.push(id);
      events.sequence.push(sequence);
      events.type.push(typeOf(entry.type));
      events.validFrom.push(dates.add(entry.validFrom));
      events.isInferred.push(isInferred ? 1 : 0);
      events.until.push(never);
      events.fact.push(none);
      events.ended.push(none);
      ids.event.set(id, event);
      for (const ground of entry.restsOn ?? []) {
        const on = ids.add(ground);
        rests.event.push(event);
        rests.before.push(ids.rest.at(on));
        ids.rest.set(on, rests.event.length() - 1);
      }
      return event;
    },
    /** Its number; one that is new is added to those of its question. */
    seriesOf: (question: number, name: string, all: Column): number => {
      const number = series.names.add(`${question}\n${name}`);
      if (number === series.last.length()) {
        series.last.push(none);
        all.push(number);
      }
      return number;
    },
    nameOf: (number: number): string => nameIn(series.names.at(number)),
    keep: ({ from, value, also, ...fact }: Fact): void =>
      add(fact, events.sequence.at(fact.event), [
        dates.add(from),
        values.add(value),
        also === undefined ? none : ids.add(also),
      ]),
    endInferred: (one: number, by: number): void => {
      for (const fact of along(series.last.at(one), facts.before))
        if (events.isInferred.at(facts.event.at(fact)) === 1) end(fact, by);
    },
    /** Its facts end, and those come back that it had replaced. */
    takeBack: (id: string, by: number): void => {
      const number = ids.find(id);
      if (number === undefined) return;
      // In the order in which they came.
      for (const fact of along(ids.alsoFact.at(number), facts.alike).reverse()) end(fact, by);
      const event = ids.event.at(number);
      if (event === none) return;
      const known = events.sequence.at(by);
      events.until.set(event, known);
      for (const fact of along(events.fact.at(event), facts.beside)) end(fact, by);
      for (const one of along(events.ended.at(event), ends.before).reverse()) {
        const fact = ends.fact.at(one);
        const of = facts.event.at(fact);
        if (isTakenBack(of)) continue;
        const row = [facts.from.at(fact), facts.value.at(fact), facts.also.at(fact)] as const;
        add({ series: facts.series.at(fact), event: of, n: facts.n.at(fact) }, known, row);
      }
    },
    /** Those that rest on an event, and were not taken back. */
    restingOn: (id: string): readonly Resting[] => {
      const number = ids.find(id);
      if (number === undefined) return [];
      const resting = along(ids.rest.at(number), rests.before).reverse();
      return resting
        .map((one) => rests.event.at(one))
        .filter((event) => !isTakenBack(event))
        .map((event) => ({
          id: ids.at(events.id.at(event)),
          type: types[events.type.at(event)]!,
          validFrom: dates.at(events.validFrom.at(event)),
        }));
    },
    /** Facts of a series that were known then, from the last one back. */
    known: (one: number, at: Sequence): readonly number[] => {
      const found: number[] = [];
      for (let fact = series.last.at(one); fact !== none; fact = facts.before.at(fact))
        if (facts.known.at(fact) <= at && facts.until.at(fact) > at) found.push(fact);
      return found;
    },
    from: (fact: number): RoughDate => dates.at(facts.from.at(fact)),
    knownFrom: (fact: number): Sequence => facts.known.at(fact),
    placeOf: (fact: number) => ({
      sequence: events.sequence.at(facts.event.at(fact)),
      n: facts.n.at(fact),
    }),
    told: (fact: number) => ({
      name: nameIn(series.names.at(facts.series.at(fact))),
      json: values.at(facts.value.at(fact)),
      eventId: ids.at(events.id.at(facts.event.at(fact))),
      also: facts.also.at(fact) === none ? undefined : ids.at(facts.also.at(fact)),
    }),
  };
};

/** Without its question. */
const nameIn = (name: string): string => name.slice(name.indexOf('\n') + 1);
