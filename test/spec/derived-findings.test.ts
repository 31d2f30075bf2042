/** Findings that nobody records: they begin and end by themselves. */
import { beforeEach, describe, expect, test } from 'vitest';
import { id } from '../support/scenario.ts';
import { type TestLedger, testLedger } from '../support/ledger.ts';

let made: TestLedger;
const on = (date: string) => ({ validFrom: { earliest: date, latest: date } });
const found = async (kind: string, validAt: string, knownAt?: number) => {
  const known = knownAt === undefined ? {} : { knownAt: String(knownAt) };
  const where = { kind };
  return (await made.ledger.ask({ question: 'findings', validAt, ...known, where })).items;
};

beforeEach(async () => {
  made = await testLedger();
});

describe('a member without a seat in a body of all members', () => {
  const bodyId = id('overleg');
  const seat = (municipality: string) => ({
    bodyId,
    seatId: id(municipality),
    municipality,
    office: 'portfolio-holder',
    chair: false,
  });

  beforeEach(async () => {
    await made.take('join-member', { municipality: 'gm0001', name: 'Een' }, on('2017-01-01'));
    await made.take('join-member', { municipality: 'gm0002', name: 'Twee' }, on('2019-01-01'));
    const body = { bodyId, kind: 'bestuurlijk-overleg', name: 'Overleg', role: 'stuurt' };
    await made.take('establish-body', body, on('2018-01-01'));
    await made.take('appoint-representative', seat('gm0001'), on('2018-01-01'));
  });

  test('is a finding from the day it takes part', async () => {
    expect(await found('member-not-represented', '2018-06-01')).toEqual([]);
    const [finding] = await found('member-not-represented', '2019-06-01');
    expect(finding).toMatchObject({
      severity: 'warning',
      description: 'In Overleg is geen zetel vastgelegd voor: gm0002.',
      since: { latest: '2019-01-01' },
    });
  });

  test('is none once it has one, also when that is told late', async () => {
    const before = made.log.head().sequence;
    await made.take('appoint-representative', seat('gm0002'), on('2019-01-01'));
    expect(await found('member-not-represented', '2019-06-01')).toEqual([]);
    expect(await found('member-not-represented', '2019-06-01', before)).toHaveLength(1);
  });

  test('is one again when the seat lapses, from then on', async () => {
    await made.take('appoint-representative', seat('gm0002'), on('2019-01-01'));
    const withdrawn = { bodyId, seatId: id('gm0002'), reason: 'vertrokken' };
    await made.take('withdraw-representative', withdrawn, on('2020-01-01'));
    expect(await found('member-not-represented', '2019-06-01')).toEqual([]);
    expect(await found('member-not-represented', '2020-06-01')).toMatchObject([
      { since: { latest: '2020-01-01' } },
    ]);
  });

  test('rests on the body, its seats and the members', async () => {
    const { ledger } = made;
    const explained = await ledger.explain({
      question: 'findings',
      where: { kind: 'member-not-represented' },
      validAt: '2019-06-01',
    });
    expect(explained.foldedAgain.same).toBe(true);
    expect(explained.events.map((e) => e.type)).toEqual([
      'MemberJoined',
      'MemberJoined',
      'BodyEstablished',
      'RepresentativeAppointed',
    ]);
  });

  test('is not asked of a body in which not all have a seat', async () => {
    const other = { bodyId: id('groep'), kind: 'project-group', name: 'Groep', role: 'werkt' };
    await made.take('establish-body', other, on('2018-01-01'));
    const about = (await found('member-not-represented', '2019-06-01')).map((f) => f.description);
    expect(about).toEqual(['In Overleg is geen zetel vastgelegd voor: gm0002.']);
  });
});

describe('a pluspakket contract that is not shared', () => {
  const contractId = id('contract');
  const contract = {
    contractId,
    title: 'Taallessen',
    municipalities: ['gm0755'],
    organisations: [],
    runsFrom: { earliest: '2022-02-01', latest: '2022-02-01' },
  };

  beforeEach(async () => {
    await made.take('conclude-plus-contract', contract, on('2022-01-01'));
  });

  test('is a finding from the day it was concluded, until the day it is shared', async () => {
    expect(await found('contract-not-shared', '2021-12-31')).toEqual([]);
    const before = made.log.head().sequence;
    await made.take('share-plus-contract', { contractId }, on('2022-03-01'));
    expect(await found('contract-not-shared', '2022-02-28')).toMatchObject([
      {
        rule: 'R10',
        derived: true,
        description: 'Niet gedeeld in de ambtelijke stuurgroep: Taallessen.',
        since: { latest: '2022-01-01' },
        about: [`contract:${contractId.toLowerCase()}`],
      },
    ]);
    expect(await found('contract-not-shared', '2022-03-01')).toEqual([]);
    expect(await found('contract-not-shared', '2022-03-01', before)).toHaveLength(1);
  });

  test('is one again when that it was shared is taken back', async () => {
    const { events } = await made.take('share-plus-contract', { contractId }, on('2022-03-01'));
    const reversal = { event: events[0]!.eventId, reason: 'vergissing' };
    await made.take('reverse-fact', reversal);
    expect(await found('contract-not-shared', '2023-01-01')).toHaveLength(1);
  });
});

describe('a pilot', () => {
  const pilotId = id('pilot');
  const limit = (value: string, authority = 'explanation') => ({
    rule: 'R11',
    title: 'pilot',
    summary: 'pilot',
    authority,
    decisionIds: [],
    figures: [{ name: 'pilot-years', value, unit: 'years' }],
  });
  const start = async (validFrom: { earliest?: string; latest: string }) => {
    const area = { areaId: id('area'), name: 'Gebied', municipalities: ['gm0001'] };
    await made.take('join-member', { municipality: 'gm0001', name: 'Een' }, on('2017-01-01'));
    await made.take('form-area', area, on('2021-01-01'));
    const pilot = { pilotId, areaId: id('area'), title: 'Proef', scenario: 'III' };
    await made.take('start-pilot', pilot, { validFrom });
  };
  const evaluation = { pilotId, outcome: 'continue', note: 'goed' };

  test('past its years is a finding from that day, while it runs', async () => {
    await made.take('set-rule', limit('3'), on('2021-01-01'));
    await start({ earliest: '2021-07-01', latest: '2021-07-01' });
    expect(await found('pilot-past-limit', '2024-06-30')).toEqual([]);
    expect(await found('pilot-past-limit', '2024-07-01')).toMatchObject([
      { rule: 'R11', since: { earliest: '2024-07-01', latest: '2024-07-01' } },
    ]);
    await made.take('end-pilot', { pilotId, how: 'ended', reason: 'klaar' }, on('2025-01-01'));
    expect(await found('pilot-past-limit', '2024-12-31')).toHaveLength(1);
    expect(await found('pilot-past-limit', '2025-01-01')).toEqual([]);
  });

  test('has as long as the rule that is in force then says, and no limit without one', async () => {
    await start({ earliest: '2021-07-01', latest: '2021-07-01' });
    expect(await found('pilot-past-limit', '2030-01-01')).toEqual([]);
    await made.take('set-rule', limit('3'), on('2021-01-01'));
    const before = made.log.head().sequence;
    await made.take('set-rule', limit('5'), on('2024-01-01'));
    expect(await found('pilot-past-limit', '2025-01-01')).toEqual([]);
    expect(await found('pilot-past-limit', '2025-01-01', before)).toHaveLength(1);
    expect(await found('pilot-past-limit', '2026-07-01')).toHaveLength(1);
    await made.take('end-rule', { rule: 'R11', reason: 'vervallen' }, on('2027-01-01'));
    expect(await found('pilot-past-limit', '2027-01-01')).toEqual([]);
  });

  test('whose start is known roughly is past its years when that is certain', async () => {
    await made.take('set-rule', limit('3'), on('2021-01-01'));
    await start({ earliest: '2021-07-01', latest: '2021-12-31' });
    expect(await found('pilot-past-limit', '2024-12-30')).toEqual([]);
    expect(await found('pilot-past-limit', '2024-12-31')).toMatchObject([
      { since: { earliest: '2024-07-01', latest: '2024-12-31' } },
    ]);
  });

  test('past its years rests on the pilot and the rule', async () => {
    await made.take('set-rule', limit('3'), on('2021-01-01'));
    await start({ earliest: '2021-07-01', latest: '2021-07-01' });
    const where = { kind: 'pilot-past-limit' };
    const question = { question: 'findings', where, validAt: '2024-07-01' };
    const explained = await made.ledger.explain(question);
    expect(explained.foldedAgain.same).toBe(true);
    expect(explained.events.map((e) => e.type)).toEqual(
      expect.arrayContaining(['RuleSet', 'PilotStarted']),
    );
  });

  test('that is over and was not evaluated is a finding until it is', async () => {
    await start({ earliest: '2021-07-01', latest: '2021-07-01' });
    await made.take('end-pilot', { pilotId, how: 'ended', reason: 'klaar' }, on('2023-01-01'));
    await made.take('evaluate-pilot', evaluation, on('2023-06-01'));
    expect(await found('pilot-not-evaluated', '2022-12-31')).toEqual([]);
    expect(await found('pilot-not-evaluated', '2023-01-01')).toMatchObject([
      { rule: 'R11', since: { latest: '2023-01-01' } },
    ]);
    expect(await found('pilot-not-evaluated', '2023-06-01')).toEqual([]);
  });
});

test('a member that left needs no seat any more', async () => {
  await made.take('join-member', { municipality: 'gm0001', name: 'Een' }, on('2017-01-01'));
  const body = { bodyId: id('overleg'), kind: 'bestuurlijk-overleg', name: 'O', role: 'stuurt' };
  await made.take('establish-body', body, on('2018-01-01'));
  const leave = { municipality: 'gm0001', alsoLeavesGr: true, reason: 'x' };
  await made.take('leave-partnership', leave, on('2020-01-01'));
  expect(await found('member-not-represented', '2019-12-31')).toHaveLength(1);
  expect(await found('member-not-represented', '2020-01-01')).toEqual([]);
});

test('what shows a criterion may be dated roughly alone: then the finding is uncertain', async () => {
  const join = { municipality: 'gm0001', name: 'x' };
  await made.take('join-member', join, { validFrom: { latest: '2022-01-01' } });
  const { items } = await made.ledger.ask({
    ...{ question: 'findings', validAt: '2021-01-01' },
    where: { kind: 'criterion-not-shown' },
  });
  expect(items).toHaveLength(3);
  for (const item of items) expect(item).toMatchObject({ certainty: 'uncertain', before: null });
});
