/** What a moment shows: late arrivals, rough dates, what was taken back or replaced. */
import { beforeEach, describe, expect, test } from 'vitest';
import { codes2021, id, inferred, stated } from '../support/scenario.ts';
import { type TestLedger, testLedger } from '../support/ledger.ts';

let made: TestLedger;
beforeEach(async () => {
  made = await testLedger();
});

const on = (date: string) => ({ earliest: date, latest: date });
const register = (
  command: string,
  body: Record<string, unknown>,
  validFrom: { earliest?: string; latest: string },
  evidence = [stated],
) => made.take(command, body, { mode: 'register', validFrom, evidence });

const rule = (value: string) => ({
  rule: 'R7',
  title: 'opslag',
  summary: 'opslag',
  authority: 'design',
  decisionIds: [],
  figures: [{ name: 'surcharge-percent', value, unit: 'percent' }],
});
const ruleAt = async (validAt: string, knownAt?: number) => {
  const known = knownAt === undefined ? {} : { knownAt: String(knownAt) };
  const { items } = await made.ledger.ask({ question: 'rules', validAt, ...known });
  return items[0];
};
const percent = async (validAt: string, knownAt?: number) =>
  ((await ruleAt(validAt, knownAt))?.figures as { value: string }[] | undefined)?.[0]?.value;

describe('late arrivals', () => {
  test('change answers from then on, and none as known before', async () => {
    await register('set-rule', rule('3'), on('2021-07-01'));
    const before = made.log.head().sequence;
    await register('set-rule', rule('5'), on('2019-01-01'));
    expect(await percent('2020-01-01')).toBe('5');
    expect(await percent('2020-01-01', before)).toBeUndefined();
    expect(await percent('2022-01-01')).toBe('3');
    expect(await percent('2022-01-01', before)).toBe('3');
  });

  test('of two for the same day, the one recorded last holds', async () => {
    await register('set-rule', rule('3'), on('2021-07-01'));
    await register('set-rule', rule('4'), on('2021-07-01'));
    expect(await percent('2021-07-01')).toBe('4');
  });
});

describe('what is taken back', () => {
  test('is gone from its reversal on, never before', async () => {
    await register('set-rule', rule('3'), on('2021-07-01'));
    const { events } = await register('set-rule', rule('4'), on('2022-01-01'));
    const before = made.log.head().sequence;
    await made.take('reverse-fact', { event: events[0]!.eventId, reason: 'vergissing' });
    expect(await percent('2023-01-01')).toBe('3');
    expect(await percent('2023-01-01', before)).toBe('4');
  });

  test('is the cause of a difference between the sequences around it', async () => {
    const { events } = await register('set-rule', rule('3'), on('2021-07-01'));
    const before = String(made.log.head().sequence);
    const event = events[0]!.eventId;
    const taken = await made.take('reverse-fact', { event, reason: 'vergissing' });
    const { items } = await made.ledger.differences(
      { question: 'rules' },
      { validAt: '2022-01-01', knownAt: before },
      { validAt: '2022-01-01' },
    );
    expect(items).toMatchObject([{ change: 'removed', causedBy: [taken.events[0]!.eventId] }]);
  });

  test('what rested on it stays, with a finding', async () => {
    const [first, ...others] = codes2021;
    for (const municipality of [first!, ...others])
      await register('join-member', { municipality, name: municipality }, on('2017-01-01'));
    const proposal = {
      decisionId: id('d'),
      title: 'besluit',
      needsAdoptionBy: [first],
      organs: ['college'],
    };
    const { events } = await register('propose-decision', proposal, on('2021-01-01'));
    await register('withdraw-decision', { decisionId: id('d'), reason: 'x' }, on('2021-02-01'));
    await made.take('reverse-fact', { event: events[0]!.eventId, reason: 'vergissing' });
    const where = { kind: 'rests-on-reversed' };
    const { items } = await made.ledger.ask({ question: 'findings', where, validAt: '2022-01-01' });
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ severity: 'warning' });
  });
});

describe('a stated step in the place of an inferred one', () => {
  const decisionId = id('d');
  const decide = { decisionId, body: 'bestuurlijk-overleg' };
  const status = async (validAt: string) =>
    (await made.ledger.ask({ question: 'decisions', validAt })).items[0]?.status;

  beforeEach(async () => {
    const proposal = { decisionId, title: 'besluit', needsAdoptionBy: [], organs: [] };
    await register('propose-decision', proposal, on('2020-01-01'));
    await register('decide-decision', decide, on('2021-01-01'), [inferred]);
  });

  test('counts alone; and when it is taken back, the inferred one is there again', async () => {
    const { events } = await register('decide-decision', decide, on('2021-06-01'));
    expect([await status('2021-03-01'), await status('2021-06-01')]).toEqual([
      'proposed',
      'in-force',
    ]);
    await made.take('reverse-fact', { event: events[0]!.eventId, reason: 'vergissing' });
    expect(await status('2021-03-01')).toBe('in-force');
  });

  test('an explanation names what replaced a fact that it rests on', async () => {
    await register('join-member', { municipality: 'gm0828', name: 'Oss' }, on('2017-01-01'));
    await made.take('amend-decision', { decisionId, title: 'anders', reason: 'x' });
    await register('decide-decision', decide, on('2022-06-01'));
    const { foldedAgain } = await made.ledger.explain({
      question: 'decisions',
      validAt: '2021-03-01',
    });
    expect(foldedAgain.same).toBe(true);
  });

  test('taken back while it was replaced, the inferred one does not return', async () => {
    const [first] = await made.log.read([{ types: ['DecisionDecided'] }]);
    const { events } = await register('decide-decision', decide, on('2021-06-01'));
    await made.take('reverse-fact', { event: first!.entry.id, reason: 'vergissing' });
    await made.take('reverse-fact', { event: events[0]!.eventId, reason: 'vergissing' });
    expect(await status('2022-01-01')).toBe('proposed');
  });
});

describe('rough dates', () => {
  test('between the bounds: both values and the span; from the latest on: certain', async () => {
    await register('set-rule', rule('3'), on('2020-01-01'));
    await register('set-rule', rule('4'), { earliest: '2021-03-01', latest: '2021-06-20' });
    expect(await ruleAt('2021-02-28')).toMatchObject({ certainty: 'certain' });
    expect(await ruleAt('2021-03-01')).toMatchObject({
      certainty: 'uncertain',
      span: { earliest: '2021-03-01', latest: '2021-06-20' },
      before: { figures: [{ value: '3' }] },
      after: { figures: [{ value: '4' }] },
    });
    expect(await ruleAt('2021-06-20')).toMatchObject({ certainty: 'certain' });
    expect(await percent('2021-06-20')).toBe('4');
  });

  test('without an earliest bound it is uncertain on every day before', async () => {
    await register('set-rule', rule('3'), { latest: '2021-06-30' });
    expect(await ruleAt('2000-01-01')).toMatchObject({ certainty: 'uncertain', before: null });
  });

  test('a rough end is part of what an item rests on', async () => {
    await register('set-rule', rule('3'), on('2020-01-01'));
    await register('end-rule', { rule: 'R7', reason: 'klaar' }, { latest: '2022-02-01' });
    const explained = await made.ledger.explain({ question: 'rules', validAt: '2021-01-01' });
    expect(explained.events.map((e) => e.type)).toEqual(['RuleSet', 'RuleEnded']);
    expect(explained.foldedAgain.same).toBe(true);
  });
});

describe('known at', () => {
  test('the empty ledger knows nothing', async () => {
    await register('set-rule', rule('3'), on('2020-01-01'));
    expect(await ruleAt('2021-01-01', -1)).toBeUndefined();
  });

  test('a date or an instant finds the last sequence before it', async () => {
    await register('set-rule', rule('3'), on('2020-01-01'));
    const ask = async (knownAt: string) =>
      (await made.ledger.ask({ question: 'rules', validAt: '2021-01-01', knownAt })).asOf;
    expect(await ask('2025-12-31')).toMatchObject({ knownAt: -1 });
    // The ledger was opened at midnight UTC, which is one o'clock in Amsterdam.
    expect(await ask('2026-01-01T00:59:59.999+01:00')).toMatchObject({ knownAt: -1 });
    expect(await ask('2026-01-01T01:00:00.001+01:00')).toMatchObject({ knownAt: 0 });
    expect(await ask('2999-01-01')).toMatchObject({ knownAt: 1, open: true });
    expect((await ask('1')).open).toBeUndefined();
  });

  test.each(['2', '-2', '1.5', '01', 'morgen', '2021-02-30', '2021-01-01T25:00:00Z', ''])(
    'refuses %j',
    async (knownAt) => {
      await register('set-rule', rule('3'), on('2020-01-01'));
      await expect(made.ledger.ask({ question: 'rules', knownAt })).rejects.toMatchObject({
        problem: { code: 'invalid' },
      });
    },
  );
});

test('a change in one package leaves the tasks of another alone', async () => {
  const task = (name: string) => ({ task: name, title: name });
  const decisionId = id('d');
  await register(
    'propose-decision',
    { decisionId, title: 'x', needsAdoptionBy: [], organs: [] },
    on('2020-01-01'),
  );
  const determine = (name: string, from: string, until: string) =>
    register(
      'determine-package',
      { packageId: id(name), until, tasks: ['a', 'b'].map(task), decisionIds: [decisionId] },
      on(from),
    );
  await determine('p1', '2020-01-01', '2022-07-01');
  await determine('p2', '2022-01-01', '2024-01-01');
  await register(
    'change-package',
    { packageId: id('p1'), added: [task('c')], removed: ['b'], decisionIds: [decisionId] },
    on('2022-03-01'),
  );
  const { items } = await made.ledger.ask({ question: 'package', validAt: '2022-04-01' });
  expect(items).toMatchObject([{ packageId: id('p2'), tasks: [{ task: 'a' }, { task: 'b' }] }]);
});

test('who left or merged does not take part again because that was recorded anew', async () => {
  const join = { municipality: 'gm0001', name: 'Eén' };
  const joined = await register('join-member', join, on('2020-01-01'));
  await register(
    'leave-partnership',
    { municipality: 'gm0001', alsoLeavesGr: true, reason: 'x' },
    on('2021-01-01'),
  );
  await made.take('reverse-fact', { event: joined.events[0]!.eventId, reason: 'verkeerde dag' });
  await expect(register('join-member', join, on('2022-01-01'))).rejects.toMatchObject({
    problem: { detail: 'gm0001 neemt per 2021-01-01 al niet meer deel.' },
  });
  await register('join-member', join, on('2020-07-01'));
  const statusOn = async (validAt: string) =>
    (await made.ledger.ask({ question: 'members', validAt })).items[0]?.status;
  expect(await statusOn('2020-12-31')).toBe('member');
  expect(await statusOn('2022-01-01')).toBe('left');
  // The ledger itself goes by it too.
  await expect(
    register(
      'leave-partnership',
      { municipality: 'gm0001', alsoLeavesGr: true, reason: 'x' },
      on('2023-01-01'),
    ),
  ).rejects.toMatchObject({
    problem: { detail: 'gm0001 neemt op de dag voor 2023-01-01 niet deel.' },
  });
});

test('a part that was left unused is no longer named once it has gone out of the package', async () => {
  const decisionId = id('d');
  await register('join-member', { municipality: 'gm0828', name: 'Oss' }, on('2020-01-01'));
  await register(
    'propose-decision',
    { decisionId, title: 'd', needsAdoptionBy: [], organs: [] },
    on('2020-01-01'),
  );
  await register(
    'determine-package',
    {
      packageId: id('p'),
      until: '2023-01-01',
      tasks: ['a', 'b'].map((task) => ({ task, title: task })),
      decisionIds: [decisionId],
    },
    on('2021-01-01'),
  );
  await register('leave-part-unused', { municipality: 'gm0828', task: 'b' }, on('2021-03-01'));
  await register(
    'change-package',
    { packageId: id('p'), added: [], removed: ['b'], decisionIds: [decisionId] },
    on('2022-01-01'),
  );
  const unused = async (validAt: string) =>
    (await made.ledger.ask({ question: 'package', validAt })).items[0]?.notUsed;
  expect(await unused('2021-12-31')).toMatchObject([{ municipality: 'gm0828', task: 'b' }]);
  expect(await unused('2022-01-01')).toEqual([]);
});
