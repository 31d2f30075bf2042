/** Questions that the shipped history must answer, asked on the command line. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ulidOf } from '../../src/ledger/import.ts';
import { newFolder, run, type Running, serve } from './support.ts';

const { folder, remove } = newFolder();
const env = { LEDGER_DATA: folder, LEDGER_DATASET: 'history' };
let service: Running;
beforeAll(async () => {
  service = await serve(env);
});
afterAll(async () => {
  await service.stop();
  remove();
});

type Fields = Readonly<Record<string, unknown>>;

const ask = async <T = Fields>(...words: readonly string[]): Promise<T> => {
  const ended = await run(env, ...words, '--json');
  expect(ended).toMatchObject({ code: 0, err: '' });
  return JSON.parse(ended.out) as T;
};
const list = async <T = Fields>(...words: readonly string[]): Promise<readonly T[]> =>
  (await ask<{ items: readonly T[] }>(...words)).items;

describe('members', () => {
  test('eleven on 2021-12-31, six on 2022-01-01', async () => {
    expect(await list('members', '--at', '2021-12-31')).toHaveLength(11);
    const later = await list('at', '2022-01-01', 'members');
    expect(later).toHaveLength(6);
    expect(later).toContainEqual(
      expect.objectContaining({ name: 'Maashorst', predecessors: ['gm1685', 'gm0856'] }),
    );
  });

  test('Landerd went into Maashorst', async () => {
    expect(await ask('members', 'gm1685', '--at', '2022-01-01')).toMatchObject({
      status: 'merged',
      mergedInto: 'gm1991',
      since: '2022-01-01',
    });
  });
});

describe('the basispakket', () => {
  test('five tasks on 2021-09-01, by decisions 3 and 4', async () => {
    expect(await ask('at', '2021-09-01', 'package')).toMatchObject({
      period: { from: '2021-07-01', until: '2023-01-01' },
      decisionIds: [ulidOf('decision-3'), ulidOf('decision-4')],
      tasks: [
        { task: 'wsw' },
        { task: 'beschut-main-contractor' },
        { task: 'employment-contracts' },
        { task: 'pre-employment-trajectories' },
        { task: 'expertise' },
      ],
    });
  });

  test('none on 2021-06-30: the covenant still runs', async () => {
    expect(await ask('package', '--at', '2021-06-30')).toMatchObject({
      tasks: [],
      agreements: [{ kind: 'covenant', status: 'running', runsUntil: { latest: '2021-07-01' } }],
    });
  });

  test('explain: the same five from its events alone', async () => {
    const { events, basis, foldedAgain } = await ask<{
      events: readonly { eventId: string; type: string }[];
      basis: readonly string[];
      foldedAgain: { same: boolean; items: readonly { tasks: readonly unknown[] }[] };
    }>('explain', 'package', '--at', '2021-09-01');
    expect(events.map((e) => e.eventId)).toEqual(basis);
    expect(events.filter((e) => e.type === 'DecisionAdopted')).toHaveLength(22);
    expect(events.filter((e) => e.type === 'PackageDetermined')).toHaveLength(1);
    expect(foldedAgain.same).toBe(true);
    expect(foldedAgain.items.map((i) => i.tasks.length)).toEqual([5]);
  });

  test('diff: what 2021-07-01 brought, and by which event', async () => {
    const [change, ...others] = await list<{ causedBy: readonly string[] }>(
      ...['diff', '2021-06-30', '2021-07-01', 'package'],
    );
    expect(change).toMatchObject({ before: { tasks: [] }, after: { tasks: { length: 5 } } });
    expect(others).toEqual([]);
    const [determined] = await list('events', 'type=PackageDetermined', 'limit=1');
    expect(change!.causedBy).toContain(determined!.id);
  });
});

describe('decisions and rules', () => {
  test('the course of decision 3', async () => {
    const [decision, ...others] = await list('decisions', 'number=3', '--at', '2021-07-01');
    expect(others).toEqual([]);
    expect(decision).toMatchObject({
      decisionId: ulidOf('decision-3'),
      status: 'in-force',
      course: [
        { step: 'proposed', body: 'project-group' },
        { step: 'advised', body: 'stuurgroep', date: { latest: '2020-11-24' } },
        {
          step: 'decided',
          body: 'bestuurlijk-overleg',
          date: { latest: '2021-01-27' },
          evidence: [{ basis: 'inferred' }],
        },
        { step: 'adopted', date: { latest: '2021-06-30' }, evidence: [{ basis: 'inferred' }] },
      ],
    });
  });

  test('the surcharge: no rule on 2021-06-30, 3 % from 2021-07-01 by decision 11', async () => {
    const before = await run(env, 'rules', 'R7', '--at', '2021-06-30', '--json');
    expect(before.code).toBe(1);
    expect(JSON.parse(before.out)).toMatchObject({ status: 404, code: 'not-found' });
    expect(await ask('rules', 'R7', '--at', '2021-07-01')).toMatchObject({
      decisionIds: [ulidOf('decision-11')],
      figures: [{ name: 'surcharge-percent', value: '3', unit: 'percent' }],
    });
  });
});

describe('the lump sums', () => {
  test('2025 is proposed: 42.2 % above 2024, Meierijstad 457,601 euro', async () => {
    const [proposed, ...others] = await list<{
      years: readonly { shares: readonly unknown[] }[];
    }>('lump-sums', 'status=proposed');
    expect(others).toEqual([]);
    const [of2025] = proposed!.years;
    expect(of2025).toMatchObject({
      year: 2025,
      totalStatedCents: '460369900',
      surcharge: { percent: '3', amountCents: '13408832', withoutCents: '446961068' },
      changeFromYearBefore: { totalBeforeCents: '323700000', changePercent: '42.2' },
    });
    expect(of2025!.shares).toContainEqual(
      expect.objectContaining({ municipality: 'gm1948', amountCents: '45760100' }),
    );
  });

  test('only an expectation before the proposal was recorded', async () => {
    const [event] = await list('events', 'type=LumpSumProposed');
    const before = String(Number(event!.sequence) - 1);
    const then = await ask('lump-sums', ulidOf('lump-sum-2025-2026'), '--known', before);
    expect(then).toMatchObject({
      asOf: { knownAt: Number(before) },
      status: 'expected',
      years: [],
    });
  });

  test('two tables whose rows differ from their total', async () => {
    const found = await list<{ figures: readonly { name: string; value: string }[] }>(
      ...['findings', 'kind=rows-differ-from-total'],
    );
    expect(found.map((f) => f.figures.map((figure) => figure.value))).toEqual([
      ['2025', '460369900', '460369800', '-100'],
      ['2026', '518764700', '518764800', '100'],
    ]);
  });
});

describe('goals, assignments and practices', () => {
  test('the final report of the assignment came 361 and 302 days late', async () => {
    expect(await ask('assignments', ulidOf('assignment-2019'))).toMatchObject({
      daysAfterTarget: 361,
      daysAfterLatest: 302,
      subAssignments: { length: 10 },
    });
  });

  test('a job coach is a function of its own from 2024-01-01', async () => {
    const arrangedOn = async (day: string) =>
      (await ask('practices', 'job-coach', '--at', day)).arrangement;
    expect(await arrangedOn('2023-12-31')).toBe('combined-with-trajectory-director');
    expect(await arrangedOn('2024-01-01')).toBe('own-function');
  });

  test('civic integration was discussed and not chosen', async () => {
    expect(await list('options')).toContainEqual(
      expect.objectContaining({
        optionId: ulidOf('option-civic-integration'),
        reason: expect.stringMatching(/niet even ver/),
      }),
    );
  });
});
