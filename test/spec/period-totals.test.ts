/** Totals as reported: what is small is hidden before it is recorded, and stays so in every sum. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { testLedger } from '../support/ledger.ts';
import { expectAccepted, expectRefused, id, partnership } from '../support/scenario.ts';

const report = (more: object = {}) => ({
  reportId: id('report'),
  municipality: 'gm0828',
  from: '2022-01-01',
  until: '2023-01-01',
  counts: [{ measure: 'placed', count: 12 }],
  ...more,
});

type Counts = readonly { measure: string; count: number; partOf?: string }[];

const recorded = (counts: Counts) => {
  const scenario = partnership().given('report-period-totals', report({ counts }));
  return scenario
    .of('PeriodTotalsReported')[0]!
    .data.counts.map(({ measure, count }) => [measure, count]);
};

describe('what is recorded', () => {
  test('numbers from five on as they are; fewer, none included, only as fewer than five', () => {
    const counts = [4, 5, 0].map((count, i) => ({ measure: `m${i}`, count }));
    expect(recorded(counts)).toEqual([
      ['m0', '<5'],
      ['m1', 5],
      ['m2', '<5'],
    ]);
  });

  test('a total that would tell a hidden part is hidden, and what that is a part of', () => {
    expect(
      recorded([
        { measure: 'all', count: 40 },
        { measure: 'placed', count: 20, partOf: 'all' },
        { measure: 'beschut', count: 3, partOf: 'placed' },
        { measure: 'other', count: 17, partOf: 'placed' },
      ]),
    ).toEqual([
      ['all', 'hidden'],
      ['placed', 'hidden'],
      ['beschut', '<5'],
      ['other', 17],
    ]);
  });
});

describe('a total is hidden too', () => {
  test.each([
    ['where the rest of a part is fewer than five', { all: 20 }, { beschut: 17 }],
    ['where that rest is nobody', { all: 20 }, { beschut: 20 }],
    ['where what is in no part is fewer than five', { all: 20 }, { one: 9, two: 8 }],
  ])('%s', (_what, total, parts) => {
    const counts = [
      ...Object.entries(total).map(([measure, count]) => ({ measure, count })),
      ...Object.entries(parts).map(([measure, count]) => ({ measure, count, partOf: 'all' })),
    ];
    expect(Object.fromEntries(recorded(counts))).toEqual({ ...parts, all: 'hidden' });
  });

  test('but not where parts of five and more are all there is', () => {
    const parts = { one: 12, two: 8 };
    const counts = Object.entries(parts).map(([measure, count]) => ({
      measure,
      count,
      partOf: 'all',
    }));
    const all = recorded([{ measure: 'all', count: 20 }, ...counts]);
    expect(Object.fromEntries(all)).toEqual({ ...parts, all: 20 });
  });
});

describe('what was told before it was taken back', () => {
  const again = (first: object, ...then: readonly object[]) => {
    const told = partnership().given('report-period-totals', report(first));
    const { id: event } = told.of('PeriodTotalsReported')[0]!;
    const taken = told.given('reverse-fact', { event, reason: 'vergissing' });
    const scenario = then.reduce<typeof taken>(
      (now, more, i) =>
        now.given('report-period-totals', report({ reportId: id(`again${i}`), ...more })),
      taken,
    );
    return scenario
      .of('PeriodTotalsReported')
      .slice(1)
      .map(({ data }) => data.counts.map(({ count }) => count));
  };
  const placed = (count: number) => ({ counts: [{ measure: 'placed', count }] });

  test('is told anew over the same period', () => {
    expect(again(placed(12), placed(13))).toEqual([[13]]);
  });

  test('gives nothing away by a part of that period, nor by a longer one', () => {
    const [first, rest] = [{ until: '2022-07-01' }, { from: '2022-07-01' }];
    expect(again(placed(10), { ...first, ...placed(7) }, { ...rest, ...placed(3) })).toEqual([
      ['hidden'],
      ['<5'],
    ]);
    expect(again({ ...first, ...placed(7) }, placed(10))).toEqual([['hidden']]);
    const other = { counts: [{ measure: 'referred', count: 9 }] };
    expect(again(placed(10), { ...first, ...other })).toEqual([[9]]);
  });

  test('gives nothing away by its parts', () => {
    const counts = [
      { measure: 'placed', count: 10 },
      { measure: 'one', count: 7, partOf: 'placed' },
      { measure: 'two', count: 3, partOf: 'placed' },
    ];
    expect(again(placed(10), { counts })).toEqual([['hidden', 'hidden', '<5']]);
  });
});

describe('a report is refused', () => {
  const attempt = (more: object, on = '2023-02-01') => {
    const scenario = partnership().given('report-period-totals', report());
    return [
      scenario,
      () => scenario.try('report-period-totals', report({ reportId: id('x'), ...more }), { on }),
    ] as const;
  };
  test.each([
    ['that exists', { reportId: id('report') }, 'already-exists'],
    ['over the same period', {}, 'already-exists'],
    ['over a part of it, which would tell the rest', { until: '2022-07-01' }, 'already-exists'],
    ['that ends before it begins', { from: '2022-01-01', until: '2022-01-01' }, 'contradiction'],
    ['over more than a year', { from: '2022-12-01', until: '2023-02-01' }, 'contradiction'],
    ['over a period not yet past', { from: '2024-01-01', until: '2025-01-01' }, 'contradiction'],
    ['of who does not take part', { municipality: 'gm9999' }, 'not-a-member'],
    [
      'with a measure twice',
      {
        from: '2023-01-01',
        until: '2023-02-01',
        counts: [5, 6].map((count) => ({ measure: 'a', count })),
      },
      'contradiction',
    ],
    [
      'with a part of what is not there',
      {
        from: '2023-01-01',
        until: '2023-02-01',
        counts: [{ measure: 'a', count: 5, partOf: 'b' }],
      },
      'unknown-reference',
    ],
  ])('%s', (_what, more, code) => {
    expectRefused(...attempt(more), code);
  });

  test('with a negative number, or one that is not whole', () => {
    for (const count of [-1, 5.5])
      expect(() => attempt({ counts: [{ measure: 'a', count }] })[1]()).toThrow();
  });

  test('but not over the next period, or of another measure', () => {
    expectAccepted(
      attempt({ from: '2023-01-01', until: '2023-07-01' })[1](),
      'PeriodTotalsReported',
    );
    expectAccepted(
      attempt({ counts: [{ measure: 'referred', count: 9 }] })[1](),
      'PeriodTotalsReported',
    );
  });
});

const ask = async (reports: readonly object[], groupBy: string) => {
  const { ledger, take } = await testLedger();
  for (const municipality of ['gm0001', 'gm0002'])
    await take(
      'join-member',
      { municipality, name: municipality },
      { validFrom: { latest: '2017-01-01' } },
    );
  for (const given of reports) await take('report-period-totals', { ...report(), ...given });
  const { items } = await ledger.ask({ question: 'placement-counts', where: { groupBy } });
  const told = [...(await ledger.log.read('all'))].flatMap(({ entry }) =>
    entry.type === 'PeriodTotalsReported' ? [entry.data] : [],
  );
  return { items, told };
};

const two = (a: number, b: number) => [
  { reportId: id('a'), municipality: 'gm0001', counts: [{ measure: 'placed', count: a }] },
  { reportId: id('b'), municipality: 'gm0002', counts: [{ measure: 'placed', count: b }] },
];

describe('what is answered', () => {
  test('added up per measure and per year, of one report as it is', async () => {
    for (const groupBy of ['measure', 'year'])
      expect((await ask(two(12, 30), groupBy)).items).toMatchObject([
        { groupBy, measure: 'placed', count: 42, reports: 2, hidden: 0 },
      ]);
    expect((await ask(two(12, 3), 'municipality')).items).toMatchObject([
      { municipality: 'gm0001', count: 12 },
      { municipality: 'gm0002', count: '<5' },
    ]);
  });

  test('a sum of which a part is hidden tells only what is seen of it', async () => {
    expect((await ask(two(12, 3), 'measure')).items).toMatchObject([
      { count: 'hidden', atLeast: 12, reports: 2, hidden: 1 },
    ]);
  });

  test('two ledgers that differ only in small numbers tell the same', async () => {
    const small = fc.integer({ min: 0, max: 4 });
    await fc.assert(
      fc.asyncProperty(small, small, async (a, b) => {
        for (const groupBy of ['report', 'municipality', 'measure', 'year']) {
          const [one, other] = [await ask(two(12, a), groupBy), await ask(two(12, b), groupBy)];
          expect(one).toEqual(other);
        }
      }),
      { numRuns: 10 },
    );
  });
});
