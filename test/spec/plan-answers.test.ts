/** What came of action points, assignments, plans and practices, and what is found with time. */
import { beforeEach, describe, expect, test } from 'vitest';
import type { Item } from '../../projections/index.ts';
import { id } from '../support/scenario.ts';
import { type TestLedger, testLedger } from '../support/ledger.ts';

let made: TestLedger;
beforeEach(async () => {
  made = await testLedger();
});

const on = (date: string) => ({ validFrom: { earliest: date, latest: date } });
const within = (earliest: string, latest: string) => ({ validFrom: { earliest, latest } });
const ask = async (question: string, validAt: string, where = {}): Promise<readonly Item[]> =>
  (await made.ledger.ask({ question, validAt, where })).items;
const found = (kind: string, validAt: string) => ask('findings', validAt, { kind });

test('an action point shows at its evaluation, and is open after its period until it is done', async () => {
  await made.take(
    'hold-evaluation',
    { evaluationId: id('e'), title: 'Evaluatie', from: '2021-07-01' },
    on('2022-11-01'),
  );
  const actionPointId = id('punt');
  const point = { actionPointId, evaluationId: id('e'), title: 'Impuls', until: '2025-01-01' };
  await made.take('set-action-point', point, on('2022-11-01'));
  expect(await ask('evaluations', '2023-01-01')).toMatchObject([
    { actionPoints: [{ title: 'Impuls', outcome: 'unknown' }] },
  ]);
  await made.take(
    'report-action-point',
    { actionPointId, outcome: 'not-done', note: 'geen tijd' },
    on('2024-06-01'),
  );
  expect(await ask('evaluations', '2024-06-01')).toMatchObject([
    { actionPoints: [{ outcome: 'not-done', reported: { note: 'geen tijd' } }] },
  ]);
  expect(await ask('action-points', '2024-06-01', { evaluationId: id('e') })).toHaveLength(1);
  expect(await found('action-point-open', '2024-12-31')).toEqual([]);
  expect(await found('action-point-open', '2025-01-01')).toMatchObject([
    { description: 'Actiepunt "Impuls" moest klaar zijn vóór 2025-01-01; het is niet uitgevoerd.' },
  ]);
  await made.take('report-action-point', { actionPointId, outcome: 'done' }, on('2025-03-01'));
  expect(await found('action-point-open', '2025-02-28')).toHaveLength(1);
  expect(await found('action-point-open', '2025-03-01')).toEqual([]);
});

describe('an assignment', () => {
  const assignmentId = id('opdracht');
  const give = (more = {}) =>
    made.take(
      'give-assignment',
      {
        assignmentId,
        title: 'De toekomst',
        decisionIds: [],
        subAssignments: [
          { number: 'I', title: 'Evaluatie' },
          { number: 'II', title: 'Taken' },
        ],
        target: { earliest: '2020-02-01', latest: '2020-02-01' },
        latest: { earliest: '2020-03-31', latest: '2020-03-31' },
        ...more,
      },
      on('2019-07-03'),
    );
  const deliver = (validFrom: object) =>
    made.take('deliver-assignment', { assignmentId, title: 'Eindrapport' }, validFrom);
  const late = async (validAt: string) =>
    (await found('plan-not-met', validAt)).map((f) => f.description);

  test('that comes late says how late, after target and latest date', async () => {
    await give();
    expect(await late('2020-02-01')).toEqual([]);
    expect(await late('2020-02-02')).toEqual([
      'Opdracht "De toekomst" niet opgeleverd: de streefdatum 2020-02-01 is voorbij.',
    ]);
    await deliver(on('2021-01-27'));
    expect(await ask('assignments', '2021-01-26')).toMatchObject([{ status: 'given' }]);
    expect(await ask('assignments', '2021-01-27')).toMatchObject([
      { status: 'delivered', daysAfterTarget: 361, daysAfterLatest: 302 },
    ]);
    expect(await late('2021-01-27')).toEqual([
      'Opdracht "De toekomst" opgeleverd op 2021-01-27: 361 dagen na de streefdatum 2020-02-01 en 302 dagen na de uiterste datum 2020-03-31.',
    ]);
  });

  test('on the very day is in time; nothing is counted from a day that is not known', async () => {
    await give();
    await deliver(on('2020-02-01'));
    expect(await ask('assignments', '2020-06-01')).toMatchObject([
      { daysAfterTarget: 0, daysAfterLatest: -59 },
    ]);
    expect(await late('2021-01-01')).toEqual([]);
  });

  test('between two days: late only when certainly so, and no number of days', async () => {
    await give();
    await deliver(within('2020-02-15', '2020-04-30'));
    const [item] = await ask('assignments', '2021-01-01');
    expect(item!.daysAfterTarget).toBeUndefined();
    expect(await late('2021-01-01')).toEqual([
      'Opdracht "De toekomst" opgeleverd op 2020-04-30: na de streefdatum 2020-02-01.',
    ]);
  });

  test('without a target is never late', async () => {
    await give({ target: undefined, latest: undefined });
    expect(await late('2030-01-01')).toEqual([]);
  });

  test('keeps what was last said of each sub-assignment; nothing said is open', async () => {
    await give();
    const report = (outcome: string, date: string) =>
      made.take('report-sub-assignment', { assignmentId, number: 'I', outcome }, on(date));
    await report('in-part', '2019-10-01');
    await report('delivered', '2021-01-27');
    const outcomes = async (validAt: string) =>
      ((await ask('assignments', validAt))[0]!.subAssignments as Item[]).map((s) => s.outcome);
    expect(await outcomes('2019-09-30')).toEqual(['open', 'open']);
    expect(await outcomes('2020-01-01')).toEqual(['in-part', 'open']);
    expect(await outcomes('2021-01-27')).toEqual(['delivered', 'open']);
  });
});

describe('a planned step of a decision', () => {
  const decisionId = id('besluit');
  const plan = (step: string, body: string, date: string) =>
    made.take(
      'plan-decision-step',
      { decisionId, step, body, plannedFor: { earliest: date, latest: date } },
      on('2021-01-01'),
    );
  const outcomes = async (validAt: string) =>
    ((await ask('decisions', validAt))[0]!.plans as Item[]).map((p) => [p.step, p.outcome]);

  beforeEach(async () => {
    await made.take('join-member', { municipality: 'gm0001', name: 'Een' }, on('2017-01-01'));
    await made.take(
      'propose-decision',
      {
        decisionId,
        number: '7',
        title: 'x',
        needsAdoptionBy: ['gm0001'],
        organs: ['college', 'raad'],
        effectiveDate: '2021-07-01',
      },
      on('2020-12-01'),
    );
  });

  test('is awaited until its last day, then missed, until it is taken', async () => {
    await plan('decide', 'bestuurlijk-overleg', '2021-01-27');
    expect(await outcomes('2021-01-27')).toEqual([['decide', 'awaited']]);
    expect(await outcomes('2021-01-28')).toEqual([['decide', 'missed']]);
    const body = 'bestuurlijk-overleg';
    await made.take('decide-decision', { decisionId, body }, on('2021-02-01'));
    expect(await outcomes('2021-01-31')).toEqual([['decide', 'missed']]);
    expect(await outcomes('2021-02-01')).toEqual([['decide', 'taken']]);
  });

  test('of an organ of every member needs that organ of each', async () => {
    await plan('adopt', 'college', '2021-03-01');
    await plan('take-effect', 'bestuurlijk-overleg', '2021-07-01');
    const body = 'stuurgroep';
    await plan('advise', body, '2021-01-10');
    await made.take('advise-decision', { decisionId, body, outcome: 'positive' }, on('2021-01-05'));
    const decided = { decisionId, body: 'bestuurlijk-overleg' };
    await made.take('decide-decision', decided, on('2021-01-27'));
    const adopt = (organ: string, date: string) =>
      made.take('adopt-decision', { decisionId, municipality: 'gm0001', organ }, on(date));
    await adopt('raad', '2021-02-15');
    const at = async (validAt: string): Promise<object> =>
      Object.fromEntries(await outcomes(validAt)) as object;
    expect(await at('2021-03-02')).toEqual({
      advise: 'taken',
      adopt: 'missed',
      'take-effect': 'awaited',
    });
    await adopt('college', '2021-03-15');
    expect(await at('2021-03-15')).toMatchObject({ adopt: 'taken', 'take-effect': 'awaited' });
    expect(await at('2021-07-02')).toMatchObject({ 'take-effect': 'taken' });
  });

  test('that may have been taken is uncertain; of what was withdrawn it lapses', async () => {
    await plan('decide', 'bestuurlijk-overleg', '2021-01-27');
    const body = 'bestuurlijk-overleg';
    await made.take('decide-decision', { decisionId, body }, within('2021-01-01', '2021-03-01'));
    expect(await ask('decisions', '2021-02-01')).toMatchObject([
      {
        certainty: 'uncertain',
        before: { plans: [{ outcome: 'missed' }] },
        after: { plans: [{ outcome: 'taken' }] },
      },
    ]);
    await made.take('withdraw-decision', { decisionId, reason: 'vervallen' }, on('2021-02-10'));
    expect(await outcomes('2021-02-15')).toEqual([['decide', 'lapsed']]);
  });
});

test('a practice is as it was last set, and uncertain before that day when no day is known', async () => {
  const set = (arrangement: string, validFrom: object) =>
    made.take(
      'set-practice',
      { practice: 'job-coach', title: 'Jobcoach', arrangement, description: 'x' },
      { validFrom },
    );
  await set('combined', { latest: '2023-12-31' });
  await set('own-function', { earliest: '2024-01-01', latest: '2024-01-01' });
  expect(await ask('practices', '2023-12-31')).toMatchObject([
    { arrangement: 'combined', certainty: 'certain' },
  ]);
  expect(await ask('practices', '2023-06-01')).toMatchObject([{ certainty: 'uncertain' }]);
  expect(await ask('practices', '2024-01-01')).toMatchObject([{ arrangement: 'own-function' }]);
});

test('an agreement that is planned is not taken for concluded', async () => {
  const agreement = {
    agreementId: id('convenant'),
    kind: 'covenant',
    title: 'Convenant',
    municipalities: ['gm0828'],
    organisations: ['ibn'],
    signedBy: ['portfolio-holder', 'general-director'],
  };
  await made.take('plan-agreement', agreement, on('2021-01-27'));
  expect(await ask('agreements', '2021-03-01')).toMatchObject([
    { status: 'planned', signedBy: ['portfolio-holder', 'general-director'] },
  ]);
  await made.take('conclude-agreement', { ...agreement, signedBy: ['mayor'] }, on('2021-06-30'));
  expect(await ask('agreements', '2021-06-30')).toMatchObject([
    { status: 'running', signedBy: ['mayor'] },
  ]);
});

test('an agreement whose days are known roughly begins and is over uncertainly', async () => {
  const agreementId = id('a');
  const agreement = {
    ...{ agreementId, kind: 'covenant', title: 'Convenant', municipalities: [] },
    ...{ organisations: [], signedBy: [] },
    runsFrom: { earliest: '2021-01-01', latest: '2021-04-01' },
    runsUntil: { earliest: '2022-01-01', latest: '2022-04-01' },
  };
  await made.take('conclude-agreement', agreement, on('2020-12-01'));
  const statusOn = (validAt: string) => ask('agreements', validAt);
  expect(await statusOn('2020-12-31')).toMatchObject([{ status: 'concluded' }]);
  expect(await statusOn('2021-03-31')).toMatchObject([
    { certainty: 'uncertain', before: { status: 'concluded' }, after: { status: 'running' } },
  ]);
  expect(await statusOn('2021-04-01')).toMatchObject([{ status: 'running' }]);
  expect(await statusOn('2022-01-01')).toMatchObject([
    {
      certainty: 'uncertain',
      span: agreement.runsUntil,
      before: { status: 'running' },
      after: { status: 'ended' },
    },
  ]);
  expect(await statusOn('2022-04-01')).toMatchObject([{ status: 'ended', certainty: 'certain' }]);
  const runsUntil = { latest: '2023-01-01' };
  await made.take(
    'extend-agreement',
    { agreementId, runsUntil, reason: 'corona' },
    on('2021-12-01'),
  );
  expect(await statusOn('2022-04-01')).toMatchObject([
    { certainty: 'uncertain', before: { status: 'running' }, after: { status: 'ended' } },
  ]);
});

test('a finding that was resolved is gone, also where it was about a thing, and on any day', async () => {
  const lumpSumId = id('l');
  const lumpSum = {
    lumpSumId,
    from: '2021-01-01',
    until: '2023-01-01',
    years: [{ year: 2021, shares: [] }],
  };
  await made.take('propose-lump-sum', lumpSum, on('2021-01-01'));
  const findingId = id('f');
  const finding = {
    ...{ findingId, kind: 'source-conflict', severity: 'note', description: 'x', figures: [] },
    about: [`lump-sum:${lumpSumId.toLowerCase()}`],
  };
  await made.take('note-finding', finding, on('2021-06-01'));
  const shown = async (validAt: string) => {
    const [item] = await ask('lump-sums', validAt);
    const within = (item!.findings as { findingId: string }[]).some(
      (f) => f.findingId === findingId,
    );
    return [within, (await found('source-conflict', validAt)).length === 1];
  };
  expect(await shown('2021-05-31')).toEqual([false, false]);
  expect(await shown('2021-06-01')).toEqual([true, true]);
  // The source says a day before the one on which the finding was noted.
  await made.take('resolve-finding', { findingId, reason: 'uitgezocht' }, on('2021-03-01'));
  expect(await shown('2021-06-01')).toEqual([false, false]);
});
