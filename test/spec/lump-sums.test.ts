import { describe, expect, test } from 'vitest';
import {
  expectAccepted,
  expectRefused,
  id,
  partnership,
  type Scenario,
} from '../support/scenario.ts';

const rows2025 = [
  ['gm1721', '28420400'],
  ['gm0755', '12320000'],
  ['gm1982', '109487100'],
  ['gm1991', '71965900'],
  ['gm1948', '45760100'],
  ['gm0828', '192416300'],
] as const;
const rows2026 = [
  ['gm1721', '32031700'],
  ['gm0755', '13878900'],
  ['gm1982', '123356400'],
  ['gm1991', '81090200'],
  ['gm1948', '51554100'],
  ['gm0828', '216853500'],
] as const;
const shares = (rows: readonly (readonly [string, string])[]) =>
  rows.map(([municipality, amountCents]) => ({ municipality, amountCents, origin: 'published' }));

const merged = (): Scenario =>
  partnership()
    .registered(
      'merge-municipalities',
      {
        successor: 'gm1982',
        name: 'Land van Cuijk',
        predecessors: ['gm0756', 'gm1684', 'gm0786', 'gm0815', 'gm1702'],
      },
      { on: '2022-01-01' },
    )
    .registered(
      'merge-municipalities',
      { successor: 'gm1991', name: 'Maashorst', predecessors: ['gm1685', 'gm0856'] },
      { on: '2022-01-01' },
    );

const lumpSumId = id('lump');
const proposal = {
  lumpSumId,
  from: '2025-01-01',
  until: '2027-01-01',
  years: [
    { year: 2025, totalCents: '460369900', shares: shares(rows2025) },
    { year: 2026, totalCents: '518764700', shares: shares(rows2026) },
  ],
};
const determination = { ...proposal, decisionIds: [id('ground')] };
const on = '2024-11-01';
const proposed = () => merged().registered('propose-lump-sum', proposal, { on });
const budgeted = () =>
  proposed().given('adopt-budget', { budgetId: id('budget'), year: 2025, title: '2025' }, { on });

describe('R8: rows against totals, and one key behind two years', () => {
  test('the published tables are recorded as they are, one euro short and one over', () => {
    const scenario = proposed();
    const differences = scenario
      .of('FindingRecorded')
      .filter((e) => e.data.kind === 'rows-differ-from-total')
      .map((e) => e.data.figures.find((f) => f.name === 'difference-cents')?.value);
    expect(differences).toEqual(['-100', '100']);
  });

  test('the rows of 2025 do not scale to those of 2026: Oss by 304.50 euro', () => {
    const finding = proposed()
      .of('FindingRecorded')
      .find((e) => e.data.kind === 'years-not-by-one-key');
    expect(finding?.data.figures).toContainEqual({
      name: 'difference-cents-gm0828',
      value: '30450',
    });
  });

  test('shares are computed from the key when none are given, and add up', () => {
    const scenario = budgeted().given(
      'set-distribution-key',
      {
        keyId: id('key'),
        title: 'Participatiebudget',
        measure: 'nieuwe doelgroepen',
        years: [2025],
        weights: rows2025.map(([municipality], i) => ({ municipality, weight: String(i + 1) })),
        decisionIds: [id('ground')],
      },
      { on },
    );
    scenario.given(
      'determine-lump-sum',
      {
        ...determination,
        keyId: id('key'),
        budgetId: id('budget'),
        years: [
          { year: 2025, totalCents: '100000001', shares: [] },
          { year: 2026, totalCents: '100000000', shares: [] },
        ],
      },
      { on },
    );
    const [year] = scenario.of('LumpSumDetermined')[0]!.data.years;
    expect(year!.shares.every((s) => s.origin === 'computed')).toBe(true);
    expect(year!.shares.reduce((sum, s) => sum + BigInt(s.amountCents), 0n)).toBe(100000001n);
  });

  test('a municipality twice, one that is no member, a year outside the period', () => {
    const scenario = merged();
    const attempt = (years: object[]) => () =>
      scenario.try('propose-lump-sum', { ...proposal, years }, { on });
    const row = { municipality: 'gm0828', amountCents: '1', origin: 'published' };
    expectRefused(scenario, attempt([{ year: 2025, shares: [row, row] }]), 'contradiction');
    expectRefused(
      scenario,
      attempt([{ year: 2025, shares: [{ ...row, municipality: 'gm0856' }] }]),
      'not-a-member',
    );
    expectRefused(scenario, attempt([{ year: 2027, shares: [] }]), 'contradiction');
  });
});

const open = (scenario: Scenario) => {
  const settled = scenario.of('FindingResolved').map(({ data }) => data.findingId);
  return scenario.of('FindingRecorded').filter(({ data }) => !settled.includes(data.findingId));
};
const openKinds = (scenario: Scenario): readonly string[] =>
  open(scenario).map(({ data }) => data.kind);

describe('R6: a determination', () => {
  test('without a reference to a budget of IBN it is refused, naming R6 and its decision', () => {
    const scenario = proposed();
    expectRefused(
      scenario,
      () => scenario.try('determine-lump-sum', determination, { on }),
      'rule',
      { rule: 'R6', authority: 'decision', decisionIds: [id('ground')] },
    );
  });

  test('with one it is accepted, and the rounding findings are now about what is determined', () => {
    const scenario = budgeted();
    const before = openKinds(scenario);
    expectAccepted(
      scenario.try('determine-lump-sum', { ...determination, budgetId: id('budget') }, { on }),
      'LumpSumDetermined',
      ...before.map(() => 'FindingResolved' as const),
      ...before.map(() => 'FindingRecorded' as const),
    );
    expect(openKinds(scenario)).toEqual(before);
    const [determined] = scenario.of('LumpSumDetermined');
    for (const { data } of open(scenario)) expect(data.foundIn).toBe(determined!.id);
  });

  test('with a table that is mended, what was wrong in the proposal is settled', () => {
    const mended = [
      { year: 2025, totalCents: '460369800', shares: shares(rows2025) },
      { year: 2026, totalCents: '518764800', shares: shares(rows2026) },
    ];
    const scenario = budgeted().given(
      'determine-lump-sum',
      { ...determination, budgetId: id('budget'), years: mended },
      { on },
    );
    expect(openKinds(scenario)).toEqual(['years-not-by-one-key']);
  });

  test('with a proposal that is withdrawn goes what was found in it, and nothing else', () => {
    const other = { ...proposal, lumpSumId: id('other') };
    const scenario = proposed().registered('propose-lump-sum', other, { on });
    const both = openKinds(scenario);
    scenario.given('withdraw-lump-sum', { lumpSumId: id('other'), reason: 'x' }, { on });
    expect(openKinds(scenario)).toEqual(both.slice(0, both.length / 2));
  });

  test('registered without budget, decision or shares it is kept, with findings', () => {
    const scenario = merged().registered(
      'determine-lump-sum',
      {
        lumpSumId: id('2023'),
        from: '2023-01-01',
        until: '2025-01-01',
        years: [
          { year: 2023, shares: [] },
          { year: 2024, totalCents: '323700000', shares: [] },
        ],
        decisionIds: [],
      },
      { on: '2022-12-31' },
    );
    expect(new Set(scenario.findings())).toEqual(
      new Set(['no-budget-reference', 'no-decision', 'amount-unknown', 'shares-unknown']),
    );
  });

  test('another lump sum for the same time is a contradiction', () => {
    const scenario = budgeted().given(
      'determine-lump-sum',
      { ...determination, budgetId: id('budget') },
      { on },
    );
    expectRefused(
      scenario,
      () =>
        scenario.try(
          'determine-lump-sum',
          { ...determination, lumpSumId: id('again'), budgetId: id('budget') },
          { on },
        ),
      'contradiction',
    );
  });
});

describe('R3, R9: changing a lump sum', () => {
  const determined = () =>
    budgeted().given('determine-lump-sum', { ...determination, budgetId: id('budget') }, { on });
  const higher = {
    ...determination,
    budgetId: id('budget'),
    years: proposal.years.map((y) => ({ ...y, totalCents: '600000000' })),
  };

  test('within its time it needs compelling circumstances', () => {
    const scenario = determined();
    const attempt = (more: object) =>
      scenario.try('determine-lump-sum', { ...higher, ...more }, { on, today: '2025-06-01' });
    expectRefused(scenario, () => attempt({}), 'rule', { rule: 'R3' });
    expect(attempt({ circumstances: 'wetswijziging' }).ok).toBe(true);
  });

  test('afterwards it is not adjusted', () => {
    const scenario = determined();
    expectRefused(
      scenario,
      () =>
        scenario.try(
          'determine-lump-sum',
          { ...higher, circumstances: 'werkelijke kosten' },
          { on, today: '2026-02-01' },
        ),
      'rule',
      { rule: 'R9', authority: 'agreement' },
    );
  });

  test('determining the same again changes nothing', () => {
    const scenario = determined();
    expectRefused(
      scenario,
      () =>
        scenario.try('determine-lump-sum', { ...determination, budgetId: id('budget') }, { on }),
      'nothing-to-do',
    );
  });
});

describe('keys', () => {
  const key = {
    keyId: id('key'),
    title: 'sleutel',
    measure: 'x',
    years: [2025],
    decisionIds: [],
  };
  test.each([
    ['all zero', [{ municipality: 'gm0828', weight: '0' }]],
    ['negative', [{ municipality: 'gm0828', weight: '-1' }]],
    [
      'a municipality twice',
      [
        { municipality: 'gm0828', weight: '1' },
        { municipality: 'gm0828', weight: '2' },
      ],
    ],
  ])('%s is refused', (_name, weights) => {
    const scenario = merged();
    expectRefused(
      scenario,
      () => scenario.try('set-distribution-key', { ...key, weights }),
      'contradiction',
    );
  });
});
