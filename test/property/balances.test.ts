/** Balances at any (v, k) against a plain sum over all postings, to the cent (law 4). */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Entry } from '../../events/index.ts';
import { Account, type Posting, postingsIn } from '../../events/postings.ts';
import { itemsOf } from '../../src/ledger/answers.ts';
import type { StoredEvent } from '../../src/ledger/event-log.ts';
import { smallestBlock } from '../../src/projector/postings.ts';
import { openTables } from '../../src/projector/tables.ts';
import { balances } from '../../projections/balances/index.ts';
import { entry } from '../support/entries.ts';
import { line } from '../support/money-programs.ts';
import { date as anyDate } from '../support/program-values.ts';
import { financialProgram } from '../support/programs.ts';
import { runAll } from '../support/running.ts';
import { id } from '../support/scenario.ts';

interface Balance {
  readonly municipality: string;
  readonly year: number;
  readonly accounts: readonly {
    readonly account: string;
    readonly debitCents: string;
    readonly creditCents: string;
    readonly balanceCents: string;
  }[];
  readonly owedCents: string;
  readonly certainty: string;
  readonly before?: object | null;
}

/** Debit less credit by municipality, year and account. */
type Sums = Map<string, bigint>;

/** Who holds the balance of a municipality on v, by what is known at k. */
const holders = (events: readonly StoredEvent[], v: string, k: number) => {
  const known = events.filter((e) => e.sequence <= k).map((e) => e.entry);
  const gone = new Set(known.map((e) => e.reverses));
  const mergers = known
    .filter((e) => e.type === 'MunicipalitiesMerged' && !gone.has(e.id))
    .filter((e) => e.validFrom.latest <= v)
    .sort((a, b) => (a.validFrom.latest < b.validFrom.latest ? -1 : 1));
  const next = new Map<string, string>();
  for (const e of mergers)
    if (e.type === 'MunicipalitiesMerged')
      for (const code of e.data.predecessors) next.set(code, e.data.successor);
  return (code: string): string => {
    const seen = [code];
    for (let at = next.get(code); at !== undefined; at = next.get(at)) {
      if (seen.includes(at)) return code;
      seen.push(at);
    }
    return seen.at(-1)!;
  };
};

const naive = (events: readonly StoredEvent[], v: string, k: number): Sums => {
  const holder = holders(events, v, k);
  const sums: Sums = new Map();
  for (const { sequence, entry: e } of events) {
    if (sequence > k || e.validFrom.latest > v) continue;
    for (const p of postingsIn(e.data)) {
      const key = `${holder(p.municipality)} ${p.year} ${p.account}`;
      const amount = BigInt(p.amountCents);
      sums.set(key, (sums.get(key) ?? 0n) + (p.side === 'debit' ? amount : -amount));
    }
  }
  return sums;
};

const answered = (items: readonly Balance[]): Sums =>
  new Map(
    items
      // What is not there before a rough date is shown as it is after it.
      .filter((item) => item.certainty === 'certain' || item.before !== null)
      .flatMap(({ municipality, year, accounts }) =>
        accounts.map(({ account, balanceCents }) => [
          `${municipality} ${year} ${account}`,
          BigInt(balanceCents),
        ]),
      ),
  );

const sorted = (sums: Sums) => [...sums].sort();

const balanced = ({ accounts, owedCents }: Balance): void => {
  const sum = accounts.reduce((all, a) => all + BigInt(a.debitCents) - BigInt(a.creditCents), 0n);
  expect(sum).toBe(0n);
  const payable = accounts.find((a) => a.account === 'payable');
  expect(owedCents).toBe((-BigInt(payable?.balanceCents ?? '0')).toString());
};

test('random programs: late arrivals, corrections, closings, reversals, mergers', async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(
      financialProgram,
      fc.array(fc.tuple(anyDate, fc.nat()), { minLength: 8, maxLength: 8 }),
      async (steps, points) => {
        const { ledger, log } = await runAll(steps);
        const events = await log.read('all');
        const [[validAt]] = points as [[string, number]];
        const explained = await ledger.explain({ question: 'balances', validAt });
        expect(explained.foldedAgain.items).toEqual(explained.items);
        for (const { entry: e } of events) seen.add(e.type);
        for (const [v, n] of [...points, ['2026-01-01', -1] as const]) {
          const k = n < 0 ? events.length - 1 : n % events.length;
          const moment = { validAt: v, knownAt: String(k) };
          const { items } = await ledger.ask({ question: 'balances', ...moment });
          const found = items as unknown as readonly Balance[];
          found.forEach(balanced);
          expect(sorted(answered(found))).toEqual(sorted(naive(events, v, k)));
          // Each names the postings it is the sum of.
          for (const { municipality, year, accounts, certainty } of found) {
            if (certainty !== 'certain' || accounts.length === 0) continue;
            const balance = `${municipality}-${year}`;
            const { items: lines } = await ledger.postings({ balance, ...moment }, 1_000);
            const sum = (of: (p: Posting) => boolean) =>
              lines
                .filter(of)
                .reduce((all, p) => all + BigInt(p.amountCents), 0n)
                .toString();
            for (const { account, debitCents, creditCents } of accounts) {
              expect(sum((p) => p.account === account && p.side === 'debit')).toBe(debitCents);
              expect(sum((p) => p.account === account && p.side === 'credit')).toBe(creditCents);
            }
          }
        }
      },
    ),
    { numRuns: 40 },
  );
  // The programs reach what they are about.
  for (const type of ['BookingYearClosed', 'CorrectionPosted', 'FactReversed', 'PaymentMade'])
    expect([...seen]).toContain(type);
});

describe('sums over blocks', () => {
  const count = smallestBlock * 9 + 500;
  const dayOf = (n: number): string =>
    new Date(Date.UTC(2000, 0, 1 + n)).toISOString().slice(0, 10);
  const mixed = (n: number, below: number): number =>
    ((Math.imul(n + 1, 0x9e3779b1) ^ (n << 7)) >>> 3) % below;
  const codes = ['gm0001', 'gm0002', 'gm0003'];

  const eventAt = (n: number, days: number): Entry => {
    if (n === 5_000)
      return entry(
        'MunicipalitiesMerged',
        { successor: 'gm0009', name: 'x', predecessors: ['gm0001', 'gm0002'] },
        { validFrom: { earliest: dayOf(days / 2), latest: dayOf(days / 2) } },
      );
    const latest = dayOf(mixed(n, days));
    const [code, year] = [codes[mixed(n + 3, 3)]!, 2000 + mixed(n + 7, 3)];
    const other = Account.options[1 + mixed(n + 11, 4)]!;
    const amount = String(1 + mixed(n, 9_999_999));
    return entry(
      'CorrectionPosted',
      {
        correctionId: id('c'),
        reason: 'x',
        postings: [
          line(code, year, other, 'debit', amount),
          line(code, year, 'payable', 'credit', amount),
        ] as Posting[],
      },
      { validFrom: { earliest: latest, latest } },
    );
  };

  test.each([
    ['shuffled dates', 3_000],
    ['a few days', 4],
  ])('%s: everywhere on the two axes, at the edges of blocks too', (_name, days) => {
    const events = Array.from({ length: count }, (_, sequence) => ({
      sequence,
      text: '',
      entry: eventAt(sequence, days),
    }));
    const tables = openTables(':memory:');
    for (let from = 0; from < count; from += 1_111) tables.apply(events.slice(from, from + 1_111));
    const edges = [1, 8, 9].flatMap((n) => [-1, 0, 1].map((off) => n * smallestBlock + off));
    const ks = [
      -1,
      0,
      ...edges,
      count - 1,
      ...Array.from({ length: 9 }, (_, i) => mixed(i, count)),
    ];
    for (const [i, k] of ks.entries()) {
      const v = dayOf(i % 3 === 0 ? days : mixed(i + 99, days));
      const facts = tables.asOf({ question: 'balances', validAt: v, knownAt: k });
      const items = itemsOf(balances, facts, v).map((found) => found.item as unknown as Balance);
      expect(sorted(answered(items))).toEqual(sorted(naive(events, v, k)));
    }
    tables.close();
  });
});
