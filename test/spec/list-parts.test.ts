/** A long list read in parts is the same list. */
import { beforeAll, describe, expect, it } from 'vitest';
import { projections } from '../../projections/index.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { historyLedger } from '../support/ledger.ts';

let ledger: Ledger;
beforeAll(async () => {
  ({ ledger } = await historyLedger());
});

const questions = projections.filter((p) => p.amounts === undefined).map((p) => p.question);

const inParts = async (question: string, validAt: string, knownAt: string) => {
  const found: unknown[] = [];
  let before: string | undefined;
  do {
    const part = await ledger.askSome({ question, validAt, knownAt }, before, 7);
    expect(part.items.length).toBeLessThanOrEqual(7);
    found.push(...part.items);
    before = part.next;
  } while (before !== undefined);
  return found;
};

const sorted = (items: readonly unknown[]): readonly string[] =>
  items.map((item) => JSON.stringify(item)).sort();

describe('the parts of a list are together what the list is', () => {
  it.each(questions)('%s', async (question) => {
    for (const [validAt, knownAt] of [
      ['2021-09-01', '606'],
      ['2026-01-01', '606'],
      ['2021-06-30', '310'],
    ] as const) {
      const { items } = await ledger.ask({ question, validAt, knownAt });
      expect(sorted(await inParts(question, validAt, knownAt))).toEqual(sorted(items));
    }
  });
});

describe('whether there are more', () => {
  it('is known without making them', () => {
    expect(ledger.hasMore('decisions', 17)).toBe(true);
    expect(ledger.hasMore('decisions', 1_000)).toBe(false);
  });
});
