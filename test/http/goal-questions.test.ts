/** Questions about goals, evaluations, assignments and practices that the history must answer. */
import { beforeAll, describe, expect, test } from 'vitest';
import { ulidOf } from '../../src/ledger/import.ts';
import { historyApp, type TestApp } from './support.ts';

type Fields = Readonly<Record<string, unknown>>;

interface Assignment extends Fields {
  readonly subAssignments: readonly (Fields & { readonly number: string })[];
}
interface Indicator extends Fields {
  readonly results: readonly Fields[];
}

let t: TestApp;
beforeAll(async () => {
  t = await historyApp();
});

const get = async <T = Fields>(path: string): Promise<T> => {
  const reply = await t.get(`/v1/${path}`);
  expect(reply.statusCode, reply.body).toBe(200);
  return reply.json<T>();
};
const list = async <T = Fields>(path: string): Promise<readonly T[]> =>
  (await get<{ items: readonly T[] }>(path)).items;
const today = 'validAt=2026-11-24';

describe('the assignment of 2019', () => {
  const path = `assignments/${ulidOf('assignment-2019')}`;

  test('How late was the final report of the assignment?', async () => {
    expect(await get(`${path}?${today}`)).toMatchObject({
      status: 'delivered',
      target: { earliest: '2020-02-01', latest: '2020-02-01' },
      latest: { earliest: '2020-03-31', latest: '2020-03-31' },
      delivered: { date: { earliest: '2021-01-27', latest: '2021-01-27' } },
      daysAfterTarget: 361,
      daysAfterLatest: 302,
      decisionIds: [ulidOf('decision-assignment-2019')],
    });
    const then = await get(`${path}?validAt=2020-12-31`);
    expect(then).toMatchObject({ status: 'given' });
    expect(then).not.toHaveProperty('daysAfterTarget');
    expect(await list(`findings?kind=plan-not-met&${today}`)).toMatchObject([
      { description: expect.stringMatching(/361 dagen .*2020-02-01 en 302 dagen .*2020-03-31/) },
    ]);
  });

  test('The ten sub-assignments of 2019 and what became of them?', async () => {
    const { subAssignments } = await get<Assignment>(`${path}?${today}`);
    expect(subAssignments.map(({ number, outcome }) => [number, outcome])).toEqual([
      ['I', 'delivered'],
      ['II', 'delivered'],
      ['III', 'in-part'],
      ['IV', 'in-part'],
      ['V', 'deferred'],
      ['VI', 'delivered'],
      ['VII', 'delivered'],
      ['VIII', 'delivered'],
      ['IX', 'delivered'],
      ['X', 'open'],
    ]);
    const sub = (number: string) => subAssignments.find((s) => s.number === number);
    expect(sub('I')).toMatchObject({ date: { wording: 'oktober 2019' } });
    expect(sub('III')).toMatchObject({ note: expect.stringMatching(/minimale omvang .* niet/) });
    expect(sub('IV')).toMatchObject({ note: expect.stringMatching(/eerste berekening/) });
    expect(sub('V')).toMatchObject({ note: expect.stringMatching(/uitvoeringsovereenkomst/) });
    expect(sub('X')).toMatchObject({ plannedFor: { latest: '2021-04-14' } });
    for (const { number, date } of subAssignments.slice(1))
      expect(date, number).toEqual({ earliest: '2021-01-27', latest: '2021-01-27' });
    for (const { evidence } of subAssignments)
      expect(evidence).toMatchObject([{ source: 'S3', place: expect.stringContaining('§2.2') }]);
    const before = await get<Assignment>(`${path}?validAt=2019-07-03`);
    expect(before.subAssignments.map((s) => s.outcome)).toEqual(Array(10).fill('open'));
  });
});

describe('the goals', () => {
  const indicator = (name: string, validAt: string) =>
    get<Indicator>(`indicators/${ulidOf(`indicator-${name}`)}?validAt=${validAt}`);

  test('The goals for 2023–2024 and what was reached?', async () => {
    const beschut = await indicator('beschut', '2024-12-31');
    expect(beschut).toMatchObject({
      kind: 'goal',
      targetValue: '75',
      unit: 'percent',
      from: '2023-01-01',
      until: '2025-01-01',
      reached: 'in-progress',
      results: [{ value: '65', approximate: true, final: false }],
    });
    const demandLed = await indicator('demand-led', '2024-12-31');
    expect(demandLed).toMatchObject({
      targetValue: '20',
      reached: 'in-progress',
      ambiguity: expect.stringMatching(/elk van beide jaren, of .* samen/),
      results: [
        { value: '0', final: true, from: '2023-01-01', until: '2024-01-01' },
        { value: '0', final: false, from: '2024-01-01', until: '2025-01-01' },
      ],
    });
    for (const name of ['beschut', 'demand-led'])
      expect(await indicator(name, '2026-11-24')).toMatchObject({ reached: 'unknown' });
  });

  test('The action points for 2023–2024?', async () => {
    const id = ulidOf('evaluation-2022');
    const points = await list(`action-points?evaluationId=${id}&${today}`);
    const named = points.filter((p) => p.outcome !== 'unknown');
    expect(named.map((p) => [p.actionPointId, p.outcome]).sort()).toEqual(
      [
        [ulidOf('action-point-young'), 'in-progress'],
        [ulidOf('action-point-beschut'), 'not-done'],
        [ulidOf('action-point-demand-led'), 'not-done'],
      ].sort(),
    );
    expect(points).toHaveLength(8);
    const evaluation = await get(`evaluations/${id}?${today}`);
    expect(evaluation).toMatchObject({
      actionPoints: { length: 8 },
      lumpSumId: ulidOf('lump-sum-2023-2024'),
    });
  });

  test('The 100 more contracts a year are a goal from the start, and not reached', async () => {
    expect(await indicator('contracts', '2026-11-24')).toMatchObject({
      targetValue: '100',
      per: 'year',
      from: '2021-07-01',
      reached: false,
      results: [{ reached: false, evidence: [{ basis: 'inferred' }] }],
    });
    expect(await list(`findings?kind=target-missed&${today}`)).toMatchObject([
      { description: expect.stringContaining('100 gesubsidieerde dienstverbanden') },
    ]);
  });

  test('An assumption is no goal', async () => {
    const [assumed, ...others] = await list(`indicators?kind=planning-assumption&${today}`);
    expect(assumed).toMatchObject({ targetValue: '200', per: 'year' });
    expect(assumed).not.toHaveProperty('reached');
    expect(others).toEqual([]);
    expect(await indicator('return', '2026-11-24')).toMatchObject({
      kind: 'goal',
      targetValue: '3',
      unit: 'percent',
    });
  });

  test('The ratio of staff in January 2021, and since?', async () => {
    expect(await list(`staff-ratios?${today}`)).toMatchObject([
      {
        measuredOn: '2021-01-27',
        targetPerRegular: '4',
        note: expect.stringMatching(/8 op 1 of 10 op 1/),
      },
    ]);
    expect(await list('findings?kind=ratio-not-reported&validAt=2023-06-01')).toMatchObject([
      { rule: 'R18', description: expect.stringMatching(/over: 2021, 2022\.$/) },
    ]);
  });
});

test('Is a job coach a function of its own on 2023-12-31? on 2024-01-01?', async () => {
  expect(await get('practices/job-coach?validAt=2023-12-31')).toMatchObject({
    arrangement: 'combined-with-trajectory-director',
    certainty: 'certain',
  });
  expect(await get('practices/job-coach?validAt=2024-01-01')).toMatchObject({
    arrangement: 'own-function',
    date: { earliest: '2024-01-01' },
    evidence: [{ source: 'S1', place: expect.stringContaining('hoofdstuk 5') }],
  });
});

test('Was civic integration taken into the basispakket for 2025–2026?', async () => {
  expect(await get(`options/${ulidOf('option-civic-integration')}?${today}`)).toMatchObject({
    title: expect.stringContaining('inburgering'),
    reason: expect.stringMatching(/niet even ver/),
    about: expect.arrayContaining(['year:2025', 'year:2026']),
    evidence: [{ source: 'S1', place: 'hoofdstuk 4' }],
  });
});

test('Who signs the covenant, who the execution agreement?', async () => {
  const planned = await list('agreements?status=planned&validAt=2021-01-27');
  expect(planned.map(({ kind, signedBy }) => [kind, signedBy])).toEqual([
    ['covenant', ['portfolio-holder-work-and-income', 'general-director']],
    ['execution-agreement', ['head-of-work-and-income', 'general-director']],
  ]);
  for (const { evidence } of planned) expect(evidence).toMatchObject([{ source: 'S2' }]);
  expect(await get(`agreements/${ulidOf('agreement-execution-2021')}?${today}`)).toMatchObject({
    status: 'running',
    signedBy: ['head-of-work-and-income', 'general-director'],
  });
});

test('What became of the steps that were planned for decision 3?', async () => {
  const path = `decisions/${ulidOf('decision-3')}`;
  const outcomes = async (validAt: string) =>
    (await get<{ plans: readonly Fields[] }>(`${path}?validAt=${validAt}`)).plans.map(
      ({ step, body, outcome }) => [step, body, outcome],
    );
  expect(await outcomes('2021-03-01')).toEqual([
    ['decide', 'bestuurlijk-overleg', 'taken'],
    ['adopt', 'college', 'awaited'],
    ['adopt', 'raad', 'awaited'],
  ]);
  expect((await outcomes('2021-07-01')).map(([, , outcome]) => outcome)).toEqual(
    Array(3).fill('taken'),
  );
});

test('When was the partnership evaluated?', async () => {
  const held = await list(`evaluations?${today}`);
  expect(held.map(({ from, until }) => [from, until])).toEqual([
    ['2017-01-01', undefined],
    ['2021-07-01', '2023-01-01'],
    ['2023-01-01', '2025-01-01'],
  ]);
  expect(await list(`findings?kind=evaluation-overdue&${today}`)).toEqual([]);
  expect(await list('findings?kind=evaluation-overdue&validAt=2027-01-01')).toMatchObject([
    { rule: 'R17', figures: [{ name: 'due-year', value: '2026' }] },
  ]);
});
