/** Items that hang on dates known only roughly: what they are before and after, and between when. */
import type { RoughDate } from '../../events/values.ts';
import type { HeldFact, Item } from '../../projections/index.ts';

export interface AnswerItem {
  readonly thing: string;
  readonly item: Item;
  /** The events whose facts it was made of. */
  readonly eventIds: readonly string[];
}

/** Rough facts over the certain ones; the latest of each attribute stays. */
export const overlay = (
  certain: readonly HeldFact[],
  rough: readonly HeldFact[],
): readonly HeldFact[] => {
  const byAttribute = new Map(certain.map((f) => [f.attribute, f]));
  for (const f of rough) byAttribute.set(f.attribute, f);
  return [...byAttribute.values()];
};

/** The certain facts that would give way to rough ones. */
export const shadowed = (
  certain: readonly HeldFact[],
  rough: readonly HeldFact[],
): readonly HeldFact[] => {
  const taken = new Set(rough.map((f) => f.attribute));
  return certain.filter((f) => taken.has(f.attribute));
};

export const eventsOf = (facts: readonly HeldFact[]): readonly string[] => [
  ...new Set(facts.flatMap((f) => (f.also === undefined ? [f.eventId] : [f.eventId, f.also]))),
];

/** What lies between two items; undefined when they are the same. */
export const between = (before: Item | undefined, after: Item | undefined) => {
  const changed = changedFields(before, after);
  return (
    changed && {
      /** @param dates those on which it hangs; at least one */
      uncertain: (dates: readonly RoughDate[]): Item => ({
        certainty: 'uncertain',
        span: spanOf(dates),
        ...changed,
      }),
    }
  );
};

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

const spanOf = (rough: readonly RoughDate[]): RoughDate => {
  const latest = rough.map((date) => date.latest).reduce((a, b) => (a > b ? a : b));
  const bounds = rough.map((date) => date.earliest);
  const wording = rough.find((date) => date.wording !== undefined)?.wording;
  const earliest = bounds.every((d) => d !== undefined)
    ? bounds.reduce((a, b) => (a < b ? a : b))
    : undefined;
  return {
    ...(earliest === undefined ? {} : { earliest }),
    latest,
    ...(wording === undefined ? {} : { wording }),
  };
};
