/** Holds an answer of the ledger against that of the naive model, at one (v, k). */
import type { TestLedger } from '../support/ledger.ts';
import { naive, type Read } from './index.ts';
import { type Answers, seenAt } from './seen.ts';

interface Point {
  readonly v: string;
  readonly k: number;
}

interface Disagreement extends Point {
  readonly question: string;
  readonly when: 'before' | 'after';
  readonly naive: unknown;
  readonly real: unknown;
}

/** What an item is without, or with, what may already have come. */
const atOnce = (item: Read, when: 'before' | 'after'): Read => {
  if (item.certainty === 'certain') return item;
  const patch = item[when] as object | null;
  if (patch === null) return undefined;
  const merged = { ...(item as object), ...patch };
  // A field that is not there is shown as null.
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null));
};

/** With the fields of every object in one order, and none that is undefined. */
const plain = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => [key, plain(inner)]),
  );
};

const inOrder = (answers: Answers): unknown =>
  [...answers].sort(([a], [b]) => (a < b ? -1 : 1)).map(plain);

/** Answers of one question at a point that differ. */
export const disagreements = async (
  { ledger, log }: TestLedger,
  { v, k }: Point,
): Promise<readonly Disagreement[]> => {
  const all = await log.read('all');
  const found: Disagreement[] = [];
  for (const [question, { answer, thing, read }] of Object.entries(naive)) {
    const { items } = await ledger.ask({ question, validAt: v, knownAt: String(k) });
    for (const when of ['before', 'after'] as const) {
      const perhaps = when === 'after';
      const real = new Map<string, unknown>();
      for (const item of items) {
        const then = atOnce(item, when);
        const name = then === undefined ? undefined : thing(then);
        if (name !== undefined) real.set(name, read(then));
      }
      const everything = {
        v,
        perhaps,
        events: all.filter((e) => e.sequence <= k).map((e) => e.entry),
      };
      const expected = answer(seenAt(all, { v, k, perhaps }), everything);
      const [a, b] = [inOrder(expected), inOrder(real)];
      if (JSON.stringify(a) !== JSON.stringify(b))
        found.push({ question, when, v, k, naive: a, real: b });
    }
  }
  return found;
};
