/** Items of a question about amounts: from sums of postings, certain or between two dates. */
import type { RoughDate } from '../../events/values.ts';
import type { HeldFact, Item, Projection } from '../../projections/index.ts';
import { type AnswerItem, between, eventsOf, overlay } from './certainty.ts';
import { invalid } from './errors.ts';
import type { Sequence } from './event-log.ts';
import type { AsOfFacts, PostedBy, ReadTables } from './read-tables.ts';

type Amounts = NonNullable<Projection['amounts']>;

/** Every item, without the order of the list. */
export const amountItems = (amounts: Amounts, facts: AsOfFacts): readonly AnswerItem[] => {
  const { certain, rough, sums = [], roughSums = [] } = facts;
  const before = amounts.items(sums, certain);
  if (rough.length + roughSums.length === 0)
    return before.map(({ thing, item, from }) => certainly(thing, item, from));
  const after = amounts.items([...sums, ...roughSums], overlay(certain, rough));
  const [was, is] = [byThing(before), byThing(after)];
  const dates = (item: Item): readonly RoughDate[] => {
    const { municipalities, year } = amounts.summedOf(item);
    const own = roughSums.filter((s) => s.year === year && municipalities.includes(s.municipality));
    return [...rough, ...own].map(({ from }) => from);
  };
  return [...new Set([...was.keys(), ...is.keys()])].map((thing) => {
    const [b, a] = [was.get(thing), is.get(thing)];
    const difference = between(b?.item, a?.item);
    if (difference === undefined) return certainly(thing, b!.item, b!.from);
    const shown = b ?? a!;
    return {
      thing,
      item: { ...shown.item, ...difference.uncertain(dates((a ?? b!).item)) },
      eventIds: eventsOf([...(b?.from ?? []), ...(a?.from ?? []), ...rough]),
    };
  });
};

const byThing = <T extends { readonly thing: string }>(items: readonly T[]) =>
  new Map(items.map((item) => [item.thing, item]));

const certainly = (thing: string, item: Item, from: readonly HeldFact[]): AnswerItem => ({
  thing,
  item: { ...item, certainty: 'certain' },
  eventIds: eventsOf(from),
});

// --- what an item was summed of

/** Postings' events behind one answer that are looked at, at most; a basis only counts more. */
const mostEvents = 5_000;

interface At {
  readonly validAt: string;
  readonly knownAt: Sequence;
}

/** The events that posted what an item was summed of, in the order of the log. */
export const postedBehind = (
  tables: ReadTables,
  amounts: Amounts,
  item: Item,
  { validAt, knownAt }: At,
): Iterable<PostedBy> => tables.postedBy(amounts.summedOf(item), validAt, knownAt);

/**
 * The same items, each with the events that posted it.
 * @throws ProblemError `invalid` when these are too many to tell one by one
 */
export const withPostings = (
  tables: ReadTables,
  projection: Projection,
  items: readonly AnswerItem[],
  at: At,
): readonly AnswerItem[] => {
  const { amounts } = projection;
  if (amounts === undefined) return items;
  let left = mostEvents;
  return items.map((found) => {
    const eventIds = [...found.eventIds];
    for (const { eventId } of postedBehind(tables, amounts, found.item, at)) {
      if ((left -= 1) < 0)
        throw invalid(
          'of',
          `rust op meer dan ${mostEvents} boekingen; vraag één gemeente en één jaar, of een vroeger moment`,
        );
      eventIds.push(eventId);
    }
    return { ...found, eventIds };
  });
};
