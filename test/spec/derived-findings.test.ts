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
