/** Counts by year hold only what the asker sees whole, as far as it was known and not taken back. */
import { beforeAll, expect, it } from 'vitest';
import type { Access } from '../../src/ledger/access/index.ts';
import { entry, memberJoined } from '../support/entries.ts';
import { type TestLedger, testLedger } from '../support/ledger.ts';

const on = (date: string) => ({ validFrom: { earliest: date, latest: date } });
const access = (role: Access['roles'][number], ...municipalities: string[]): Access => ({
  roles: [role],
  municipalities,
});

let made: TestLedger;
let joined: string;
beforeAll(async () => {
  made = await testLedger();
  const { take } = made;
  const oss = await take('join-member', { municipality: 'gm0828', name: 'Oss' }, on('2017-01-01'));
  joined = oss.events[0]!.eventId;
  await take('join-member', { municipality: 'gm0755', name: 'Boekel' }, on('2017-05-01'));
  await take('make-payment', { municipality: 'gm0828', amountCents: '5' }, on('2019-02-01'));
  await take('make-payment', { municipality: 'gm0755', amountCents: '7' }, on('2019-03-01'));
});

const yearsOf = (who: Access, knownAt?: string) =>
  made.ledger.as({ id: 'a', access: who }).years(knownAt === undefined ? {} : { knownAt });

// The event that opened the ledger is of 2026.
const opening = { year: 2026, count: 1 };

it('of everybody: what councils publish', async () => {
  expect(await yearsOf(access('public'))).toEqual([{ year: 2017, count: 2 }, opening]);
});

it('of an auditor: payments as well; of a municipality, that sees only its own: none', async () => {
  const all = [{ year: 2017, count: 2 }, { year: 2019, count: 2 }, opening];
  expect(await yearsOf(access('auditor'))).toEqual(all);
  expect(await yearsOf(access('municipality', 'gm0828'))).toEqual([
    { year: 2017, count: 2 },
    opening,
  ]);
});

it('of a program that follows some types: these', async () => {
  const some: Access = { ...access('service'), types: ['PaymentMade'] };
  expect(await yearsOf(some)).toEqual([{ year: 2019, count: 2 }]);
});

it('as known earlier; and what is taken back counts until then', async () => {
  expect(await yearsOf(access('auditor'), '1')).toEqual([{ year: 2017, count: 1 }, opening]);
  const { events } = await made.take('reverse-fact', { event: joined, reason: 'Een vergissing.' });
  const taken = events.find(({ type }) => type === 'FactReversed')!.sequence;
  expect((await yearsOf(access('public')))[0]).toEqual({ year: 2017, count: 1 });
  expect((await yearsOf(access('public'), String(taken - 1)))[0]).toEqual({ year: 2017, count: 2 });
});

it('the same in a log of many blocks, also when it is asked again', async () => {
  const large = await testLedger();
  const count = 10_000;
  for (let n = 0; n < count; n += 500)
    await large.log.append(
      Array.from({ length: 500 }, (_, i) => ({
        ...memberJoined(),
        ...on(`${2000 + ((n + i) % 7)}-01-01`),
      })),
    );
  const asked = large.ledger.as({ id: 'a', access: access('public') });
  for (const knownAt of [4_095, 4_096, 9_000, count, count]) {
    const found = await asked.years({ knownAt: String(knownAt) });
    expect(found.reduce((sum, { count }) => sum + count, 0)).toBe(knownAt + 1);
    expect(found.find(({ year }) => year === 2003)?.count).toBe(Math.floor((knownAt - 4) / 7) + 1);
  }
});

it('an event tells what rests on it and what took it back, however much later', async () => {
  const { log, ledger } = await testLedger();
  const first = memberJoined();
  const reversal = entry(
    'FactReversed',
    { event: first.id, reversedType: 'MemberJoined', about: [], reason: 'Toch niet.' },
    { reverses: first.id },
  );
  await log.append([first]);
  for (let n = 0; n < 6_000; n += 500)
    await log.append(Array.from({ length: 500 }, () => memberJoined()));
  await log.append([reversal, memberJoined({ restsOn: [first.id] })]);
  const asked = ledger.as({ id: 'a', access: access('auditor') });
  const head = (await asked.moment({})).knownAt;
  expect(head).toBe(6_003);
  const lookedAt = async (knownAt: number) => {
    const found = await asked.lookAt(first.id, knownAt);
    return [found?.reversedBy?.eventId, found?.restedOnBy.map(({ sequence }) => sequence)];
  };
  expect(await lookedAt(head)).toEqual([reversal.id, [head]]);
  expect(await lookedAt(head - 1)).toEqual([reversal.id, []]);
  expect(await lookedAt(head - 2)).toEqual([undefined, []]);
});
