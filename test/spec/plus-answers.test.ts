/** What the questions about pluspakket, pilots and area agreements answer, on two time axes. */
import { beforeEach, describe, expect, test } from 'vitest';
import { onDay, type RoughDate } from '../../events/values.ts';
import { type TestLedger, testLedger } from '../support/ledger.ts';
import { id } from '../support/scenario.ts';

let made: TestLedger;
beforeEach(async () => {
  made = await testLedger();
});

const take = (command: string, body: Record<string, unknown>, on: string | RoughDate) =>
  made.take(command, body, { validFrom: typeof on === 'string' ? onDay(on) : on });
const ask = async (question: string, validAt: string, where: Record<string, string> = {}) =>
  (await made.ledger.ask({ question, validAt, where })).items;
const one = async (question: string, validAt: string) => (await ask(question, validAt))[0];

describe('a service of the pluspakket', () => {
  const serviceId = id('lessons');
  const offer = { serviceId, name: 'Taallessen', targetGroup: 'other-language' };
  const september = { earliest: '2023-09-01', latest: '2023-09-30', wording: 'september 2023' };
  const given = (provider: string, municipality = 'gm0755') => ({
    serviceId,
    provider,
    municipality,
  });

  beforeEach(async () => {
    await take('offer-plus-service', offer, '2022-01-01');
    await take('arrange-plus-service', given('Vluchtelingenwerk'), '2022-01-01');
  });

  test('has its provider of the day; within a rough date, both and the span', async () => {
    await take('arrange-plus-service', given('IBN'), september);
    const provider = async (validAt: string) => await one('plus-services', validAt);
    expect(await provider('2023-08-31')).toMatchObject({
      certainty: 'certain',
      arrangements: [{ provider: 'Vluchtelingenwerk' }],
    });
    expect(await provider('2023-09-15')).toMatchObject({
      certainty: 'uncertain',
      span: september,
      before: { arrangements: [{ provider: 'Vluchtelingenwerk' }] },
      after: { arrangements: [{ provider: 'IBN' }] },
    });
    expect(await provider('2023-10-01')).toMatchObject({
      certainty: 'certain',
      arrangements: [{ municipality: 'gm0755', provider: 'IBN', since: september }],
    });
  });

  test('is found by a municipality in which it runs, or may run', async () => {
    await take('arrange-plus-service', given('IBN', 'gm0828'), september);
    const inOss = async (validAt: string) =>
      (await ask('plus-services', validAt, { municipalities: 'gm0828' })).map((i) => i.certainty);
    expect(await inOss('2023-08-31')).toEqual([]);
    expect(await inOss('2023-09-15')).toEqual(['uncertain']);
    expect(await inOss('2023-10-01')).toEqual(['certain']);
  });

  test('stands in the package of the day, and is gone from where it ended', async () => {
    await take('arrange-plus-service', given('IBN', 'gm0828'), '2022-06-01');
    await take(
      'end-plus-service',
      { serviceId, municipality: 'gm0755', reason: 'x' },
      '2023-01-01',
    );
    await take('end-plus-service', { serviceId, reason: 'x' }, '2024-01-01');
    const services = async (validAt: string) => (await one('package', validAt))?.plusServices;
    expect(await services('2022-12-31')).toEqual([
      { ...offer, municipalities: ['gm0755', 'gm0828'] },
    ]);
    expect(await services('2023-01-01')).toEqual([{ ...offer, municipalities: ['gm0828'] }]);
    expect(await services('2024-01-01')).toEqual([]);
    expect(await one('plus-services', '2024-01-01')).toMatchObject({
      status: 'ended',
      municipalities: [],
    });
  });

  test('that moves on a day known roughly is in the package uncertainly until then', async () => {
    const sometime = { earliest: '2023-01-01', latest: '2023-12-31' };
    const move = { serviceId, decisionIds: [], scope: 'wat werkt' };
    await take('move-plus-service', move, sometime);
    expect(await one('package', '2023-06-01')).toMatchObject({
      certainty: 'uncertain',
      before: { plusServices: [{ serviceId }], moved: [] },
      after: { plusServices: [], moved: [{ serviceId, scope: 'wat werkt' }] },
    });
    expect(await one('package', '2023-12-31')).toMatchObject({
      certainty: 'certain',
      plusServices: [],
      moved: [{ serviceId, name: 'Taallessen', since: sometime, decisionIds: [] }],
    });
    expect(await one('plus-services', '2023-12-31')).toMatchObject({
      status: 'in-package',
      moved: { since: sometime },
    });
  });

  test('what moved stays in the package of the next period, which rests on it', async () => {
    await take('move-plus-service', { serviceId, decisionIds: [] }, '2023-01-01');
    const explained = await made.ledger.explain({ question: 'package', validAt: '2024-01-01' });
    expect(explained.foldedAgain.same).toBe(true);
    expect(explained.events.map((e) => e.type)).toContain('PlusServiceMoved');
  });
});

describe('a pluspakket contract', () => {
  const contractId = id('contract');
  const contract = {
    contractId,
    title: 'Taallessen',
    municipalities: ['gm0755'],
    organisations: [],
    runsFrom: onDay('2022-02-01'),
    runsUntil: onDay('2023-02-01'),
    costCents: '100',
    priceCents: '104',
  };
  const conclude = (more: object = {}) =>
    take('conclude-plus-contract', { ...contract, ...more }, '2022-01-01');
  const stateOn = async (...days: readonly string[]) =>
    Promise.all(days.map(async (day) => (await one('pluspakket-contracts', day))?.state));

  test('is concluded, runs, and expires by itself', async () => {
    await conclude();
    const days = ['2021-12-31', '2022-01-01', '2022-02-01', '2023-01-31', '2023-02-01'];
    expect(await stateOn(...days)).toEqual([
      undefined,
      'concluded',
      'running',
      'running',
      'expired',
    ]);
  });

  test('is completed or terminated from the day that this says', async () => {
    await conclude();
    await take('complete-plus-contract', { contractId }, '2023-03-01');
    expect(await stateOn('2023-02-28', '2023-03-01')).toEqual(['expired', 'completed']);
    const other = id('other');
    await conclude({ contractId: other, title: 'Andere' });
    await take('terminate-plus-contract', { contractId: other, reason: 'x' }, '2022-06-01');
    const running = await ask('pluspakket-contracts', '2022-06-01', { state: 'terminated' });
    expect(running.map((c) => c.contractId)).toEqual([other]);
    expect(await stateOn('2022-05-31')).toEqual(['running']);
  });

  test('has the terms of the day, and when it was shared', async () => {
    await conclude();
    const amend = { contractId, runsUntil: onDay('2024-02-01'), size: 'meer', reason: 'groei' };
    await take('amend-plus-contract', amend, '2022-06-01');
    await take('share-plus-contract', { contractId }, '2022-07-01');
    expect(await one('pluspakket-contracts', '2022-05-31')).not.toHaveProperty('size');
    expect(await one('pluspakket-contracts', '2023-06-01')).toMatchObject({
      state: 'running',
      size: 'meer',
      priceCents: '104',
      concludedOn: onDay('2022-01-01'),
      sharedOn: onDay('2022-07-01'),
      amendments: [{ reason: 'groei', date: onDay('2022-06-01') }],
    });
    expect(await stateOn('2024-02-01')).toEqual(['expired']);
  });

  test('whose end is known roughly is over uncertainly until then', async () => {
    await conclude({ runsUntil: { earliest: '2023-01-01', latest: '2023-12-31' } });
    expect(await one('pluspakket-contracts', '2023-06-01')).toMatchObject({
      certainty: 'uncertain',
      before: { state: 'running' },
      after: { state: 'expired' },
    });
  });

  test('carries the findings about it', async () => {
    await conclude();
    const { findings } = (await one('pluspakket-contracts', '2022-01-01')) as {
      findings: readonly { kind: string; rule: string }[];
    };
    expect(new Set(findings.map((f) => f.rule))).toEqual(new Set(['R10']));
    expect(findings.map((f) => f.kind)).toContain('contract-term-missing');
  });
});

describe('a pilot, and what an area agrees', () => {
  const areaId = id('area');
  const pilotId = id('pilot');

  beforeEach(async () => {
    await take('join-member', { municipality: 'gm0001', name: 'Een' }, '2017-01-01');
    await take('form-area', { areaId, name: 'Gebied', municipalities: ['gm0001'] }, '2021-01-01');
  });

  test('a pilot names its latest end, with the rule and its authority', async () => {
    await take('start-pilot', { pilotId, areaId, title: 'Proef', scenario: 'III' }, '2021-07-01');
    expect(await one('pilots', '2022-01-01')).not.toHaveProperty('latestEnd.until');
    const rule = {
      rule: 'R11',
      title: 'pilot',
      summary: 'pilot',
      authority: 'explanation',
      decisionIds: [],
      figures: [{ name: 'pilot-years', value: '3', unit: 'years' }],
    };
    await take('set-rule', rule, '2021-07-01');
    const evaluation = { pilotId, outcome: 'adapt', note: 'wennen' };
    await take('evaluate-pilot', evaluation, '2022-06-01');
    // Stored text sorts its fields: the same evaluation is known again all the same.
    await expect(take('evaluate-pilot', evaluation, '2022-06-01')).rejects.toMatchObject({
      problem: { refusal: { code: 'nothing-to-do' } },
    });
    await take('end-pilot', { pilotId, how: 'made-structural', reason: 'goed' }, '2023-01-01');
    expect(await one('pilots', '2022-06-01')).toMatchObject({
      status: 'running',
      startedOn: onDay('2021-07-01'),
      latestEnd: { until: '2024-07-01', years: '3', rule: 'R11', authority: 'explanation' },
      evaluations: [{ outcome: 'adapt', date: onDay('2022-06-01') }],
    });
    expect(await one('pilots', '2023-01-01')).toMatchObject({ status: 'made-structural' });
  });

  test('an area agreement has no force once a conflict is noted', async () => {
    const areaAgreementId = id('agreement');
    const decisionId = id('decision');
    const decision = { decisionId, number: '4', title: 'x', needsAdoptionBy: [], organs: [] };
    await take('propose-decision', decision, '2021-01-01');
    await take('make-area-agreement', { areaAgreementId, areaId, title: 'Intake' }, '2022-01-01');
    const conflict = { areaAgreementId, decisionId, reasoning: 'andere prijs' };
    await take('note-area-agreement-conflict', conflict, '2022-06-01');
    await take('end-area-agreement', { areaAgreementId, reason: 'x' }, '2023-01-01');
    expect(await one('area-agreements', '2022-05-31')).toMatchObject({
      status: 'running',
      hasForce: true,
      conflicts: [],
    });
    expect(await one('area-agreements', '2022-06-01')).toMatchObject({
      hasForce: false,
      conflicts: [{ decisionIds: [decisionId], reasoning: 'andere prijs' }],
    });
    expect(await one('area-agreements', '2023-01-01')).toMatchObject({ status: 'ended' });
  });

  test('a member that left is asked for by itself', async () => {
    const leave = { municipality: 'gm0001', alsoLeavesGr: false, reason: 'x' };
    await take('leave-partnership', leave, '2023-01-01');
    expect(await one('members', '2022-12-31')).toMatchObject({ status: 'member' });
    expect(await one('members', '2023-01-01')).toMatchObject({
      status: 'left',
      name: 'Een',
      since: '2023-01-01',
      alsoLeavesGr: false,
    });
  });
});
