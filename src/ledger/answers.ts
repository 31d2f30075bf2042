/** Items of a question from the facts that a moment shows, certain or between two dates. */
import { amountItems } from './amounts.ts';
import { type AnswerItem, between, eventsOf, overlay, shadowed } from './certainty.ts';
import { common, type HeldFact, type Projection } from '../../projections/index.ts';
import type { AsOfFacts } from './read-tables.ts';

/** Every item of a question on a date; in its order. */
export const itemsOf = (
  projection: Projection,
  facts: AsOfFacts,
  validAt: string,
): readonly AnswerItem[] => {
  if (projection.amounts) return inOrder(projection, amountItems(projection.amounts, facts));
  const certain = byThing(facts.certain);
  const rough = byThing(facts.rough);
  const things = new Set([...certain.keys(), ...rough.keys()]);
  things.delete(common);
  const items = [...things].flatMap((thing) => {
    const item = itemOf(projection, thing, certain, rough, validAt);
    return item === undefined ? [] : [item];
  });
  return inOrder(projection, items);
};

const inOrder = ({ sortKey }: Projection, items: readonly AnswerItem[]): readonly AnswerItem[] => {
  if (sortKey === undefined) return items;
  const keyed = items.map((item) => ({ item, key: sortKey(item.item) }));
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return keyed.map(({ item }) => item);
};

type ByThing = ReadonlyMap<string, readonly HeldFact[]>;

const byThing = (facts: readonly HeldFact[]): ByThing => {
  const map = new Map<string, HeldFact[]>();
  for (const fact of facts) {
    const list = map.get(fact.thing);
    if (list) list.push(fact);
    else map.set(fact.thing, [fact]);
  }
  return map;
};

const itemOf = (
  projection: Projection,
  thing: string,
  certain: ByThing,
  rough: ByThing,
  validAt: string,
): AnswerItem | undefined => {
  const [own, shared] = [certain.get(thing) ?? [], certain.get(common) ?? []];
  const [ownRough, sharedRough] = [rough.get(thing) ?? [], rough.get(common) ?? []];
  const before = projection.assemble(thing, own, shared, validAt);
  if (ownRough.length + sharedRough.length === 0) {
    return (
      before && {
        thing,
        item: { ...before.item, certainty: 'certain' },
        eventIds: eventsOf(before.from),
      }
    );
  }
  const after = projection.assemble(
    thing,
    overlay(own, ownRough),
    overlay(shared, sharedRough),
    validAt,
  );
  if (before === undefined && after === undefined) return undefined;
  const difference = between(before?.item, after?.item);
  // What may end or change something counts, also where nothing of it is left to be shown.
  const roughly = difference === undefined ? ownRough : [...ownRough, ...sharedRough];
  // That there is no item yet may rest on the facts whose place the rough ones take.
  const from = before?.from ?? [...shadowed(own, ownRough), ...shadowed(shared, sharedRough)];
  const eventIds = eventsOf([...from, ...(after?.from ?? []), ...roughly]);
  if (difference === undefined)
    return { thing, item: { ...before!.item, certainty: 'certain' }, eventIds };
  const dates = [...ownRough, ...sharedRough].map((f) => f.from);
  const shown = before?.item ?? after!.item;
  return { thing, item: { ...shown, ...difference.uncertain(dates) }, eventIds };
};
