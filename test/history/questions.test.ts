/** What the shipped history must answer; every answer comes from its events. */
import { beforeAll, describe, expect, test } from 'vitest';
import { type Item, projections } from '../../projections/index.ts';
import { itemsOf } from '../../src/ledger/answers.ts';
import { basisEvents, foldAlone } from '../../src/ledger/basis.ts';
import { ulidOf } from '../../src/ledger/import.ts';
import { historyLedger, type TestLedger } from '../support/ledger.ts';

let made: TestLedger;
beforeAll(async () => {
  made = await historyLedger();
});

const ask = async (question: string, validAt: string, where = {}, knownAt?: string) =>
  (await made.ledger.ask({ question, validAt, where, knownAt })).items;
const one = async (question: string, thing: string, validAt: string) =>
  (await made.ledger.ask({ question, thing, validAt })).items[0];
const numbered = (items: readonly Item[]) =>
  items.filter((item) => item.series === '2021-01-27' || Number(item.number) <= 18);
const today = '2026-11-24';

describe('members', () => {
  test('eleven on 2021-12-31, six on 2022-01-01', async () => {
    expect(await ask('members', '2021-12-31', { status: 'member' })).toHaveLength(11);
    const later = await ask('members', '2022-01-01', { status: 'member' });
    expect(later.map((m) => m.name)).toEqual([
      'Boekel',
      'Oss',
      'Bernheze',
      'Meierijstad',
      'Land van Cuijk',
      'Maashorst',
    ]);
    const maashorst = later.find((m) => m.municipality === 'gm1991')!;
    expect(maashorst.predecessors).toEqual(['gm1685', 'gm0856']);
    const merger = await made.log.byId(maashorst.mergedBy as string);
    expect(merger?.entry.type).toBe('MunicipalitiesMerged');
  });

  test('Landerd is no member on 2022-01-01: Maashorst stands in its place', async () => {
    expect(await one('members', 'gm1685', '2022-01-01')).toMatchObject({
      status: 'merged',
      mergedInto: 'gm1991',
      since: '2022-01-01',
    });
  });
});

describe('the basispakket', () => {
  test('five tasks on 2021-09-01, by decisions 3 and 4', async () => {
    const item = await one('package', 'basispakket', '2021-09-01');
    expect(item).toMatchObject({ period: { from: '2021-07-01', until: '2023-01-01' } });
    expect((item!.tasks as { task: string }[]).map((t) => t.task)).toEqual([
      'wsw',
      'beschut-main-contractor',
      'employment-contracts',
      'pre-employment-trajectories',
      'expertise',
    ]);
    expect(item!.decisionIds).toEqual([ulidOf('decision-3'), ulidOf('decision-4')]);
    const missing = await ask('findings', '2021-09-01', { kind: 'package-incomplete' });
    expect(missing).toHaveLength(1);
  });

  test('rests on the decisions, their adoption and the determination', async () => {
    const { events, foldedAgain } = await made.ledger.explain({
      question: 'package',
      validAt: '2021-09-01',
    });
    const types = events.map((e) => e.type);
    expect(types).toContain('PackageDetermined');
    expect(types.filter((t) => t === 'DecisionDecided')).toHaveLength(2);
    expect(types.filter((t) => t === 'DecisionAdopted')).toHaveLength(22);
    expect(foldedAgain.same).toBe(true);
  });

  test('none on 2021-06-30: the covenant of 2016 runs, extended by half a year', async () => {
    const item = await one('package', 'basispakket', '2021-06-30');
    expect(item).toMatchObject({ tasks: [], decisionIds: [] });
    expect(item!.agreements).toContainEqual(
      expect.objectContaining({
        kind: 'covenant',
        status: 'running',
        runsUntil: { earliest: '2021-07-01', latest: '2021-07-01' },
      }),
    );
  });
});

describe('the 18 decisions', () => {
  test('none in force on 2021-03-01, decided and on their way', async () => {
    const items = numbered(await ask('decisions', '2021-03-01'));
    expect(items).toHaveLength(18);
    expect(new Set(items.map((d) => d.status))).toEqual(new Set(['decided']));
    expect(items[0]).toMatchObject({
      certainty: 'uncertain',
      span: { latest: '2021-06-30' },
      after: { status: 'adopted' },
    });
  });

  test('18 in force on 2021-07-01, each adoption inferred, no later than 2021-06-30', async () => {
    const items = numbered(await ask('decisions', '2021-07-01'));
    expect(items.filter((d) => d.status === 'in-force')).toHaveLength(18);
    for (const { adoptions } of items) {
      expect(adoptions).toHaveLength(11);
      for (const adoption of adoptions as { evidence: { basis: string }[]; date: object }[]) {
        expect(adoption.evidence[0]!.basis).toBe('inferred');
        expect(adoption.date).toMatchObject({ latest: '2021-06-30' });
      }
    }
  });

  test('the course of decision 3', async () => {
    const item = await one('decisions', ulidOf('decision-3'), '2021-07-01');
    expect(item!.course).toMatchObject([
      { step: 'proposed', body: 'project-group' },
      { step: 'advised', body: 'stuurgroep', date: { latest: '2020-11-24' } },
      {
        step: 'decided',
        body: 'bestuurlijk-overleg',
        date: { latest: '2021-01-27' },
        evidence: [{ basis: 'inferred' }],
      },
      { step: 'adopted', date: { latest: '2021-06-30' } },
    ]);
    expect(item!.inForceFrom).toEqual({ earliest: '2021-07-01', latest: '2021-07-01' });
    const plans = item!.plans as { step: string; plannedFor: object }[];
    expect(plans.filter((p) => p.step === 'adopt').length).toBeGreaterThan(0);
  });
});

describe('rules', () => {
  test('the surcharge: no rule on 2021-06-30, 3 % from 2021-07-01 by decision 11', async () => {
    expect(await one('rules', 'R7', '2021-06-30')).toBeUndefined();
    expect(await one('rules', 'R7', '2021-07-01')).toMatchObject({
      authority: 'decision',
      decisionIds: [ulidOf('decision-11')],
      figures: [{ name: 'surcharge-percent', value: '3', unit: 'percent' }],
    });
  });

  test('between 2021-06-30 and 2021-07-01 rules and package change, with their causes', async () => {
    const [from, to] = [{ validAt: '2021-06-30' }, { validAt: '2021-07-01' }];
    const changed = async (question: string) =>
      (await made.ledger.differences({ question }, from, to)).items;
    const rules = await changed('rules');
    expect(rules.map((r) => r.thing)).toEqual(expect.arrayContaining(['R2', 'R6', 'R7', 'R8']));
    for (const { causedBy } of [...rules, ...(await changed('package'))])
      expect(causedBy.length).toBeGreaterThan(0);
    expect(
      (await changed('decisions')).filter((d) => (d.after as Item).status === 'in-force'),
    ).toHaveLength(18);
  });
});

describe('lump sums', () => {
  const proposal = ulidOf('lump-sum-2025-2026');

  test('Meierijstad 2025: proposed, 457,601 euro, published', async () => {
    const item = await one('lump-sums', proposal, today);
    expect(item!.status).toBe('proposed');
    const [year] = item!.years as { shares: object[] }[];
    expect(year!.shares).toContainEqual(
      expect.objectContaining({
        municipality: 'gm1948',
        amountCents: '45760100',
        origin: 'published',
      }),
    );
  });

  test('two tables that do not add up, and no single key', async () => {
    const wrong = await ask('findings', today, { kind: 'rows-differ-from-total' });
    const value = (finding: Item, name: string) =>
      (finding.figures as { name: string; value: string }[]).find((f) => f.name === name)?.value;
    expect(wrong.map((f) => [value(f, 'rows-cents'), value(f, 'stated-cents')])).toEqual([
      ['460369800', '460369900'],
      ['518764800', '518764700'],
    ]);
    const [key] = await ask('findings', today, { kind: 'years-not-by-one-key' });
    expect(value(key!, 'difference-cents-gm0828')).toBe('30450');
  });

  test('the surcharge in 2025, and the rise from 2024', async () => {
    const item = await one('lump-sums', proposal, today);
    expect((item!.years as object[])[0]).toMatchObject({
      totalStatedCents: '460369900',
      surcharge: { percent: '3', amountCents: '13408832', withoutCents: '446961068' },
      changeFromYearBefore: { totalBeforeCents: '323700000', changePercent: '42.2' },
    });
  });

  test('2024: 3,237,000 euro, shares not known; the beschut means stand apart', async () => {
    const items = await ask('lump-sums', today);
    const years = items.flatMap((i) => i.years as { year: number; totalStatedCents?: string }[]);
    expect(years.find((y) => y.year === 2024)).toMatchObject({
      totalStatedCents: '323700000',
      shares: [],
    });
    const amounts = await ask('stated-amounts', today);
    expect(amounts).toContainEqual(
      expect.objectContaining({ amountCents: '62500000', approximate: true }),
    );
  });

  test('the first period ran a year and a half, because of the pandemic', async () => {
    const [first] = await ask('lump-sums', '2021-09-01');
    expect(first).toMatchObject({ period: { from: '2021-07-01', until: '2023-01-01' } });
    expect(first!.decisionIds).toContain(ulidOf('decision-12'));
    expect(first!.circumstances).toMatch(/pandemie/);
  });

  test('before the evaluation of 2024 was recorded: only an expectation for 2025', async () => {
    const proposedAt = (await made.log.read([{ types: ['LumpSumProposed'] }]))[0]!.sequence;
    const [item] = await ask('lump-sums', today, {}, String(proposedAt - 1)).then((items) =>
      items.filter((i) => i.lumpSumId === proposal),
    );
    expect(item).toMatchObject({ status: 'expected', years: [] });
    expect(item!.expectation).toEqual(expect.any(String));
  });
});

describe('people', () => {
  const candidate = (estimatedLoonwaardePercent: string) => ({
    personId: ulidOf('candidate'),
    municipality: 'gm0828',
    details: {
      route: 'own-application',
      direction: 'demand-led',
      workSkills: 'sufficient',
      voortrajectNeeded: false,
      estimatedLoonwaardePercent,
      canStartSoon: true,
      meetsVacancy: true,
    },
  });

  test('a candidate with a loonwaarde of 45 % for a demand-led contract today: refused by R12', async () => {
    const head = made.log.head().sequence;
    const refused: unknown = await made
      .take('record-referral', candidate('45'), { validFrom: { latest: today } })
      .catch((error: unknown) => error);
    expect(refused).toMatchObject({
      problem: {
        refusal: {
          code: 'rule',
          rule: 'R12',
          authority: 'agreement',
          detail: expect.stringContaining('60 tot 100 %'),
        },
      },
    });
    expect(made.log.head().sequence).toBe(head);
    const { ruleEventId } = (refused as { problem: { refusal: { ruleEventId: string } } }).problem
      .refusal;
    const rule = await made.log.byId(ruleEventId);
    expect(rule?.entry.evidence?.[0]).toMatchObject({
      source: 'S1',
      place: 'hoofdstuk 3, actie 3',
    });
  });

  test('in 2021 the sources name no percentage: then R12 only explains', async () => {
    const [rule] = await ask('rules', '2021-09-01', { rule: 'R12' });
    expect(rule).toMatchObject({ authority: 'explanation', refuses: false });
  });

  test('the legal maximum of a wage-cost subsidy is a rule of its own, by law', async () => {
    const [rule] = await ask('rules', today, { rule: 'R23' });
    expect(rule).toMatchObject({
      authority: 'law',
      figures: [{ name: 'subsidy-maximum-percent', value: '70', unit: 'percent' }],
    });
  });
});

test('every item of the history, on several dates, folds again from its basis alone', async () => {
  const knownAt = made.log.head().sequence;
  for (const validAt of ['2020-10-15', '2021-03-01', '2021-07-01', '2023-01-01', today]) {
    for (const projection of projections) {
      const { question } = projection;
      const items = itemsOf(projection, made.tables.asOf({ question, validAt, knownAt }), validAt);
      for (const { thing, item, eventIds } of items) {
        const events = await basisEvents(
          { log: made.log, tables: () => made.tables },
          eventIds,
          knownAt,
        );
        const again = foldAlone(events, projection, {
          validAt,
          thing,
        });
        expect(again.find((f) => f.thing === thing)?.item).toEqual(item);
      }
    }
  }
}, 60_000);
