/** Items of a question from the facts that a moment shows, certain or between two dates. */
import type { RoughDate } from '../../events/values.ts';
import { common, type HeldFact, type Item, type Projection } from '../../projections/index.ts';
import type { AsOfFacts } from './read-tables.ts';

export interface AnswerItem {
  readonly thing: string;
  readonly item: Item;
  /** The events whose facts it was made of. */
  readonly eventIds: readonly string[];
}

/** Every item of a question on a date; in its order. */
export const itemsOf = (
  projection: Projection,
  facts: AsOfFacts,
  validAt: string,
): readonly AnswerItem[] => {
  const certain = byThing(facts.certain);
  const rough = byThing(facts.rough);
  const things = new Set([...certain.keys(), ...rough.keys()]);
  things.delete(common);
  const items = [...things].flatMap((thing) => {
    const item = itemOf(projection, thing, certain, rough, validAt);
    return item === undefined ? [] : [item];
  });
  const { sortKey } = projection;
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
  const difference = changedFields(before?.item, after?.item);
  // What may end or change something counts, also where nothing of it is left to be shown.
  const roughly = difference === undefined ? ownRough : [...ownRough, ...sharedRough];
  const eventIds = eventsOf([...(before?.from ?? []), ...(after?.from ?? []), ...roughly]);
  if (difference === undefined)
    return { thing, item: { ...before!.item, certainty: 'certain' }, eventIds };
  const span = spanOf([...ownRough, ...sharedRough]);
  const shown = before?.item ?? after!.item;
  return { thing, item: { ...shown, certainty: 'uncertain', span, ...difference }, eventIds };
};

/** Rough facts over the certain ones; the latest of each attribute stays. */
const overlay = (certain: readonly HeldFact[], rough: readonly HeldFact[]): readonly HeldFact[] => {
  const byAttribute = new Map(certain.map((f) => [f.attribute, f]));
  for (const f of rough) byAttribute.set(f.attribute, f);
  return [...byAttribute.values()];
};

const eventsOf = (facts: readonly HeldFact[]): readonly string[] => [
  ...new Set(facts.flatMap((f) => (f.also === undefined ? [f.eventId] : [f.eventId, f.also]))),
];

/** The fields in which two items differ, before and after; undefined when they are the same. */
const changedFields = (
  before: Item | undefined,
  after: Item | undefined,
): { readonly before: Item | null; readonly after: Item | null } | undefined => {
  if (before === undefined || after === undefined)
    return { before: before ?? null, after: after ?? null };
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
  );
  if (names.length === 0) return undefined;
  const pick = (item: Item): Item =>
    Object.fromEntries(names.map((name) => [name, item[name] ?? null]));
  return { before: pick(before), after: pick(after) };
};

const spanOf = (rough: readonly HeldFact[]): RoughDate => {
  const latest = rough.map((f) => f.from.latest).reduce((a, b) => (a > b ? a : b));
  const bounds = rough.map((f) => f.from.earliest);
  const wording = rough.find((f) => f.from.wording !== undefined)?.from.wording;
  const earliest = bounds.every((d) => d !== undefined)
    ? bounds.reduce((a, b) => (a < b ? a : b))
    : undefined;
  return {
    ...(earliest === undefined ? {} : { earliest }),
    latest,
    ...(wording === undefined ? {} : { wording }),
  };
};
