/** What differs between two answers, without what stayed the same around it. */
import { isRecord } from './fields.ts';

type Item = Readonly<Record<string, unknown>>;

/** What tells of which part of an item something is said; kept where the part itself differs. */
const naming = [
  ...['criterion', 'part', 'year', 'municipality', 'task', 'serviceId', 'rule', 'kind'],
  ...['findingId', 'eventId', 'name', 'title', 'description', 'what'],
];

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Before and after, each with only what the other has not; undefined: nothing. */
export const differing = (before: unknown, after: unknown): readonly [unknown, unknown] => {
  if (same(before, after)) return [undefined, undefined];
  if (isRecord(before) && isRecord(after)) return ofItems(before, after);
  if (Array.isArray(before) && Array.isArray(after)) return ofLists(before, after);
  return [before, after];
};

const ofItems = (before: Item, after: Item): readonly [Item, Item] => {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const pairs = names.map((name) => [name, ...differing(before[name], after[name])] as const);
  const kept = (side: 1 | 2): Item =>
    Object.fromEntries(
      pairs.flatMap((pair) => (pair[side] === undefined ? [] : [[pair[0], pair[side]]])),
    );
  return [kept(1), kept(2)];
};

/** Members of which the other list has no equal; two of the same name are one that changed. */
const ofLists = (before: readonly unknown[], after: readonly unknown[]) => {
  const gone = lacking(before, after);
  const come = [...lacking(after, before)];
  const was: unknown[] = [];
  const is: unknown[] = [];
  for (const old of gone) {
    const at = come.findIndex((one) => isSamePart(old, one));
    if (at < 0) {
      was.push(old);
      continue;
    }
    const [one] = come.splice(at, 1);
    if (isFinding(old)) continue;
    const [less, more] = ofItems(old as Item, one as Item);
    was.push({ ...nameOf(old as Item), ...less });
    is.push({ ...nameOf(one as Item), ...more });
  }
  return [listed(was), listed([...is, ...come])] as const;
};

const listed = (found: readonly unknown[]): readonly unknown[] | undefined =>
  found.length === 0 ? undefined : found;

/** Each as often as it stands there more than in the other. */
const lacking = (these: readonly unknown[], others: readonly unknown[]): readonly unknown[] => {
  const left = others.map((other) => JSON.stringify(other));
  return these.filter((one) => {
    const at = left.indexOf(JSON.stringify(one));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
};

/** Found again in the same words: another event says it, which no reader sees. */
const isFinding = (item: unknown): boolean =>
  isRecord(item) && item['severity'] !== undefined && item['description'] !== undefined;

const nameOf = (item: Item): Item => {
  const name = isFinding(item) ? 'description' : naming.find((one) => item[one] !== undefined);
  return name === undefined ? {} : { [name]: item[name] };
};

const isSamePart = (a: unknown, b: unknown): boolean =>
  isRecord(a) && isRecord(b) && Object.keys(nameOf(a)).length > 0 && same(nameOf(a), nameOf(b));
