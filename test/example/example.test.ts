/** The example fills every question, has every kind of finding, and keeps the laws. */
import { beforeAll, describe, expect, test } from 'vitest';
import { findingKinds } from '../../events/finding-kinds/index.ts';
import { remarkKinds } from '../../events/people.ts';
import { projections } from '../../projections/index.ts';
import { withPostings } from '../../src/ledger/amounts.ts';
import { itemsOf } from '../../src/ledger/answers.ts';
import { basisEvents, foldAlone } from '../../src/ledger/basis.ts';
import { postingsIn } from '../../events/postings.ts';
import { onDay } from '../../events/values.ts';
import { exampleLedger, historyLedger, type TestLedger } from '../support/ledger.ts';

const date = '2026-06-30';
const questions = projections.map(({ question }) => question);

let example: TestLedger;
let history: TestLedger;
beforeAll(async () => {
  [example, history] = [await exampleLedger(), await historyLedger()];
});

const itemsOn = async ({ ledger }: TestLedger, question: string, validAt: string) =>
  (await ledger.ask({ question, validAt })).items as readonly { readonly kind?: string }[];

test('every step of the default size is accepted, and gives about as many events', () => {
  const made = example.log.head().sequence - history.log.head().sequence;
  expect(made).toBeGreaterThanOrEqual(600);
  expect(made).toBeLessThan(700);
});

test.each(questions)('%s has an answer on 30 June 2026', async (question) => {
  expect(await itemsOn(example, question, date)).not.toEqual([]);
});

describe('every kind of finding', () => {
  /** Remarks on a person are sealed; what shows is `person-record-with-remarks`. */
  const sealed: ReadonlySet<string> = new Set(remarkKinds);
  /** Before there were seats, during a judgement that did not last, later than any evaluation. */
  const dates = ['2023-06-30', '2025-04-15', date, '2031-01-01'];
  const found = new Set<string>();
  beforeAll(async () => {
    for (const { entry } of await example.log.read('all'))
      if (entry.type === 'FindingRecorded') found.add(entry.data.kind);
    for (const on of dates)
      for (const { kind = '' } of await itemsOn(example, 'findings', on)) found.add(kind);
  });

  test.each(Object.keys(findingKinds))('%s is there, or sealed', (kind) => {
    expect(found.has(kind)).toBe(!sealed.has(kind));
  });
});

const years = [...Array.from({ length: 12 }, (_, i) => 2016 + i), 2035];

interface LumpSum {
  readonly years?: readonly {
    readonly totalStatedCents?: string;
    readonly totalOfSharesCents?: string;
    readonly shares: readonly { readonly origin: string }[];
  }[];
}

/** Years whose shares the ledger computed by the key. */
let computed = 0;

/** Law 4: what each pays, computed by the key, is the total to the cent. */
const expectSharesToAddUp = (item: LumpSum): void => {
  for (const { totalStatedCents, totalOfSharesCents, shares } of item.years ?? []) {
    if (shares.length === 0 || shares.some(({ origin }) => origin !== 'computed')) continue;
    computed += 1;
    expect(totalOfSharesCents).toBe(totalStatedCents);
  }
};

describe.each(['example', 'history'] as const)('in the %s ledger', (which) => {
  const made = (): TestLedger => (which === 'example' ? example : history);

  test('postings add up to zero per municipality and year (law 4)', async () => {
    const sums = new Map<string, bigint>();
    for (const { entry } of await made().log.read('all'))
      for (const { municipality, year, side, amountCents } of postingsIn(entry.data)) {
        const place = `${municipality} ${year}`;
        const amount = BigInt(amountCents) * (side === 'debit' ? 1n : -1n);
        sums.set(place, (sums.get(place) ?? 0n) + amount);
      }
    expect(sums.size > 0).toBe(which === 'example');
    expect([...sums].filter(([, sum]) => sum !== 0n)).toEqual([]);
  });

  test('the accounts of every balance add up to zero (law 4)', async () => {
    const items = (await itemsOn(made(), 'balances', date)) as readonly {
      readonly accounts?: readonly { readonly balanceCents: string }[];
    }[];
    expect(items.length > 0).toBe(which === 'example');
    for (const { accounts = [] } of items)
      expect(accounts.reduce((sum, a) => sum + BigInt(a.balanceCents), 0n)).toBe(0n);
  });

  test.each(years)('every answer at the end of %s', async (year) => {
    const { log, tables } = made();
    const validAt = `${year}-12-31`;
    for (const part of [1, 0.8, 0.4]) {
      const knownAt = Math.floor(log.head().sequence * part);
      for (const projection of projections) {
        const { question } = projection;
        const at = { validAt, knownAt };
        const facts = tables.asOf({ question, ...at });
        const items = withPostings(tables, projection, itemsOf(projection, facts, validAt), at);
        if (question === 'lump-sums') for (const { item } of items) expectSharesToAddUp(item);
        for (const { thing, item, eventIds } of items) {
          const basis = await basisEvents({ log, tables: () => tables }, eventIds, knownAt);
          const fold = (events: typeof basis) =>
            foldAlone(events, projection, { validAt, thing }).find((found) => found.thing === thing)
              ?.item;
          expect(fold(basis), `${question} ${thing}`).toEqual(item);
          const without = basis.filter((e) => !eventIds.includes(e.entry.id));
          if (eventIds.length > 0) expect(fold(without)).not.toEqual(item);
        }
      }
    }
  });
});

test('the example has shares that were computed (law 4)', () => {
  expect(computed).toBeGreaterThan(0);
});

test('a contract at cost plus 4 % is refused, naming R10 and the agreement', async () => {
  const agreement = (await example.log.read('all')).find(
    ({ entry }) =>
      entry.type === 'AgreementConcluded' && entry.data.title === 'Uitvoeringsovereenkomst 2025',
  );
  const head = example.log.head().sequence;
  const attempt = example.take(
    'conclude-plus-contract',
    {
      title: 'Begeleiding in Boekel',
      municipalities: ['gm0755'],
      organisations: [],
      runsFrom: onDay('2026-07-01'),
      nature: 'Begeleiding.',
      size: 'Tien deelnemers.',
      runsUntil: onDay('2027-07-01'),
      interimTermination: 'Met drie maanden.',
      reporting: 'Elk kwartaal.',
      accountability: 'Jaarlijks.',
      costCents: '1000000',
      priceCents: '1040000',
      fitsPurpose: { fits: true, reasoning: 'Werk voor de doelgroep.' },
    },
    { validFrom: onDay('2026-06-15') },
  );
  await expect(attempt).rejects.toMatchObject({
    problem: {
      code: 'refused',
      refusal: {
        code: 'rule',
        rule: 'R10',
        authority: 'agreement',
        agreementId: (agreement?.entry.data as { readonly agreementId: string }).agreementId,
      },
    },
  });
  expect(example.log.head().sequence).toBe(head);
});
