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

/** The same by numbers; `also` of an id, or none. */
type Row = Readonly<Record<'series' | 'from' | 'event' | 'n' | 'value' | 'also', number>>;

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

type Dates = ReturnType<typeof sharedDates>;

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

/** Events, and which rest on which. */
const eventRows = (dates: Dates) => {
  const ids = identities();
  const types: EntryType[] = [];
  const typeNumbers = new Map<EntryType, number>();
  const rows = {
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
  const rests = { event: column(), before: column() };

  const typeOf = (type: EntryType): number => {
    const known = typeNumbers.get(type);
    if (known !== undefined) return known;
    typeNumbers.set(type, types.length);
    return types.push(type) - 1;
  };
  const isTakenBack = (event: number): boolean => rows.until.at(event) !== never;

  return {
    ids,
    ...rows,
    isTakenBack,
    /** @returns its number */
    take: (sequence: Sequence, entry: Entry, isInferred: boolean): number => {
      const id = ids.add(entry.id);
      const event = rows.id.length();
      rows.id.push(id);
      rows.sequence.push(sequence);
      rows.type.push(typeOf(entry.type));
      rows.validFrom.push(dates.add(entry.validFrom));
      rows.isInferred.push(isInferred ? 1 : 0);
      rows.until.push(never);
      rows.fact.push(none);
      rows.ended.push(none);
      ids.event.set(id, event);
      for (const ground of entry.restsOn ?? []) {
        const on = ids.add(ground);
        rests.event.push(event);
        rests.before.push(ids.rest.at(on));
        ids.rest.set(on, rests.event.length() - 1);
      }
      return event;
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
          id: ids.at(rows.id.at(event)),
          type: types[rows.type.at(event)]!,
          validFrom: dates.at(rows.validFrom.at(event)),
        }));
    },
  };
};
type EventRows = ReturnType<typeof eventRows>;

/** Facts, and what ended them. */
const factRows = (events: EventRows) => {
  const { ids } = events;
  const series = { names: names(), last: column() };
  const ends = { fact: column(), before: column() };
  const rows = {
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
  return {
    names: series.names,
    last: series.last,
    ends,
    ...rows,
    /** @param known since when */
    add: (known: Sequence, fact: Row): void => {
      const number = rows.n.length();
      rows.series.push(fact.series);
      rows.from.push(fact.from);
      rows.known.push(known);
      rows.until.push(never);
      rows.event.push(fact.event);
      rows.n.push(fact.n);
      rows.value.push(fact.value);
      rows.also.push(fact.also);
      rows.before.push(series.last.at(fact.series));
      rows.beside.push(events.fact.at(fact.event));
      rows.alike.push(fact.also === none ? none : ids.alsoFact.at(fact.also));
      series.last.set(fact.series, number);
      events.fact.set(fact.event, number);
      if (fact.also !== none) ids.alsoFact.set(fact.also, number);
    },
    end: (fact: number, by: number): void => {
      if (rows.until.at(fact) !== never) return;
      rows.until.set(fact, events.sequence.at(by));
      ends.fact.push(fact);
      ends.before.push(events.ended.at(by));
      events.ended.set(by, ends.fact.length() - 1);
    },
  };
};
type FactRows = ReturnType<typeof factRows>;

/** Facts of an event end, and those come back that it had replaced. */
const takingBack =
  (events: EventRows, facts: FactRows) =>
  (id: string, by: number): void => {
    const number = events.ids.find(id);
    if (number === undefined) return;
    // In the order in which they came.
    for (const fact of along(events.ids.alsoFact.at(number), facts.alike).reverse())
      facts.end(fact, by);
    const event = events.ids.event.at(number);
    if (event === none) return;
    const known = events.sequence.at(by);
    events.until.set(event, known);
    for (const fact of along(events.fact.at(event), facts.beside)) facts.end(fact, by);
    for (const one of along(events.ended.at(event), facts.ends.before).reverse()) {
      const fact = facts.ends.fact.at(one);
      if (events.isTakenBack(facts.event.at(fact))) continue;
      facts.add(known, {
        series: facts.series.at(fact),
        from: facts.from.at(fact),
        event: facts.event.at(fact),
        n: facts.n.at(fact),
        value: facts.value.at(fact),
        also: facts.also.at(fact),
      });
    }
  };

export const keeping = () => {
  const dates = sharedDates();
  const events = eventRows(dates);
  const facts = factRows(events);
  const values = texts();
  return {
    dates,
    take: events.take,
    restingOn: events.restingOn,
    takeBack: takingBack(events, facts),
    /** Its number; one that is new is added to those of its question. */
    seriesOf: (question: number, name: string, all: Column): number => {
      const number = facts.names.add(`${question}\n${name}`);
      if (number === facts.last.length()) {
        facts.last.push(none);
        all.push(number);
      }
      return number;
    },
    nameOf: (series: number): string => nameIn(facts.names.at(series)),
    keep: ({ series, from, event, n, value, also }: Fact): void =>
      facts.add(events.sequence.at(event), {
        series,
        from: dates.add(from),
        event,
        n,
        value: values.add(value),
        also: also === undefined ? none : events.ids.add(also),
      }),
    endInferred: (series: number, by: number): void => {
      for (const fact of along(facts.last.at(series), facts.before))
        if (events.isInferred.at(facts.event.at(fact)) === 1) facts.end(fact, by);
    },
    /** Facts of a series that were known then, from the last one back. */
    known: (series: number, at: Sequence): readonly number[] => {
      const found: number[] = [];
      for (let fact = facts.last.at(series); fact !== none; fact = facts.before.at(fact))
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
      name: nameIn(facts.names.at(facts.series.at(fact))),
      json: values.at(facts.value.at(fact)),
      eventId: events.ids.at(events.id.at(facts.event.at(fact))),
      also: facts.also.at(fact) === none ? undefined : events.ids.at(facts.also.at(fact)),
    }),
  };
};

/** Without its question. */
const nameIn = (name: string): string => name.slice(name.indexOf('\n') + 1);
