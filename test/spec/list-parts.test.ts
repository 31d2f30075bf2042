/** A long list read in parts is the same list. */
import { beforeAll, describe, expect, it } from 'vitest';
import { projections } from '../../projections/index.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { historyLedger, testLedger } from '../support/ledger.ts';

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

describe('the pages of a list are together what the list is, in the order of the names', () => {
  it.each(questions)('%s', async (question) => {
    for (const [validAt, knownAt] of [
      ['2021-09-01', '606'],
      ['2021-06-30', '310'],
    ] as const) {
      const { items } = await ledger.ask({ question, validAt, knownAt, withBasis: true });
      const paged: unknown[] = [];
      let after: string | undefined;
      do {
        const page = await ledger.askPage(
          { question, validAt, knownAt, withBasis: true },
          after,
          7,
        );
        // A page that is not the last is full.
        if (page.next !== undefined) expect(page.items).toHaveLength(7);
        if (page.next !== undefined && after !== undefined) expect(page.next > after).toBe(true);
        paged.push(...page.items);
        after = page.next;
      } while (after !== undefined);
      expect(sorted(paged)).toEqual(sorted(items));
    }
  });
});

describe('pages of who sees only what is its own', () => {
  it('are full, and tell no name of what is not', async () => {
    const { ledger: own, take } = await testLedger();
    const on = { validFrom: { latest: '2017-01-01' } };
    await take('join-member', { municipality: 'gm0828', name: 'Oss' }, on);
    await take('join-member', { municipality: 'gm0856', name: 'Uden' }, on);
    const payment = (municipality: string, n: number) =>
      take('make-payment', { municipality, amountCents: String(n + 1) });
    for (let n = 0; n < 7; n += 1) await payment(n % 3 === 0 ? 'gm0828' : 'gm0856', n);
    const oss = own.as({
      id: 'oss',
      access: { roles: ['municipality'], municipalities: [] },
      municipality: 'gm0828',
    });
    const all = (await oss.ask({ question: 'payments' })).items;
    expect(all).toHaveLength(3);
    const first = await oss.askPage({ question: 'payments' }, undefined, 2);
    expect(first.items).toEqual(all.slice(0, 2));
    expect(first.next).toBe(all[1]?.paymentId);
    const second = await oss.askPage({ question: 'payments' }, first.next, 2);
    expect(second.items).toEqual(all.slice(2));
    // After it come payments of the other, of which it is not told that they are there.
    expect(second.next).toBeUndefined();
    const exactly = await oss.askPage({ question: 'payments' }, undefined, 3);
    expect(exactly.next).toBeUndefined();
  });
});

describe('whether there are more', () => {
  it('is known without making them', () => {
    expect(ledger.hasMore('decisions', 17)).toBe(true);
    expect(ledger.hasMore('decisions', 1_000)).toBe(false);
  });
});
