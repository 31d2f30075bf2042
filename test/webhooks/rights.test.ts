/** Each subscriber is sent what it may see at that moment, and nothing of who is forgotten. */
import { describe, expect, it } from 'vitest';
import type { Caller } from '../../src/ledger/access/index.ts';
import { testLedger } from '../support/ledger.ts';
import { placement, referral } from '../support/people.ts';
import { id, stated } from '../support/scenario.ts';
import { aWhile, delivering, takes, until } from '../support/webhooks.ts';
import { auditor, callerAs, occur, started, subscribe, upTo, withEvents } from './support.ts';

describe('who may no longer', () => {
  it('is sent nothing more, and it says so', async () => {
    const made = await withEvents(2);
    const d = delivering({ made, callers: [auditor] });
    started(d);
    const it = subscribe(d);
    await upTo(d, it, 2);
    d.revoke('auditor');
    await occur(made, 'daarna');
    await until(() => d.store.find(it)!.course.status === 'ended');
    expect(d.sent()).toEqual([0, 1, 2]);
    expect(d.store.find(it)).toMatchObject({
      token: undefined,
      secret: undefined,
      course: { reason: 'rights-ended' },
    });
  });

  it('shows in the list at once, though nothing happens', async () => {
    const d = delivering({ made: await withEvents(0), callers: [auditor] });
    started(d);
    const it = subscribe(d);
    await upTo(d, it, 0);
    d.revoke('auditor');
    const list = d.webhooks.list(callerAs('administrator'));
    expect(list).toMatchObject([{ webhookId: it, status: 'ended', reason: 'rights-ended' }]);
  });

  it('while something is tried again gets it no more', async () => {
    const d = delivering({
      made: await withEvents(1),
      callers: [auditor],
      answer: ({ method }, index) => {
        if (index === 4) d.revoke('auditor');
        return method === 'OPTIONS' ? takes : { status: 503 };
      },
    });
    started(d);
    const it = subscribe(d);
    await until(() => d.store.find(it)!.course.status === 'ended');
    expect(d.asked).toHaveLength(5);
  });
});

describe('what is about persons', () => {
  const registered = { mode: 'register', evidence: [stated] } as const;
  const withPerson = async () => {
    const made = await testLedger();
    await made.take('join-member', { municipality: 'gm0828', name: 'Oss' }, registered);
    await made.take('join-member', { municipality: 'gm0755', name: 'Boekel' }, registered);
    await made.take('record-referral', referral(), registered);
    await made.take('record-placement', placement(), registered);
    return made;
  };
  const municipality = (code: string): Caller => ({
    ...callerAs('municipality', code),
    municipality: code,
  });
  const personal = ['ReferralRecorded', 'PlacementRecorded'];

  it('goes to who may see it, and never what is sealed in it', async () => {
    const made = await withPerson();
    const [oss, boekel] = [municipality('gm0828'), municipality('gm0755')];
    const service = callerAs('service');
    const callers = [auditor, oss, boekel, service];
    const d = delivering({ made, callers });
    started(d);
    const all = callers.map((caller) =>
      subscribe(d, caller, { address: `https://${caller.id}.example.nl/` }),
    );
    for (const it of all) await until(() => d.store.find(it)!.course.status === 'active');
    await aWhile();
    const typesTo = ({ id: name }: Caller) =>
      d.asked
        .filter((a) => a.address.includes(`//${name}.`) && a.body !== undefined)
        .map((a) => (JSON.parse(a.body!) as { type: string }).type.split('.').at(-1));
    expect(typesTo(auditor)).toEqual(expect.arrayContaining(['referral-recorded']));
    expect(typesTo(oss)).toEqual(typesTo(auditor));
    expect(typesTo(boekel)).not.toContain('referral-recorded');
    expect(typesTo(service)).not.toContain('placement-recorded');
    for (const { body = '' } of d.asked) expect(body).not.toMatch(/sealed":\{|nonce|personId/);
    expect(JSON.stringify(d.asked)).not.toContain(id('anna'));
  });

  it('leaves nothing of a person who is forgotten', async () => {
    const made = await withPerson();
    const d = delivering({
      made,
      callers: [auditor],
      answer: ({ method }) => (method === 'OPTIONS' ? takes : { status: 422 }),
    });
    started(d);
    const it = subscribe(d, auditor, { types: personal });
    await until(() => d.store.countParked(it) === 2);
    const [event] = await made.log.read([{ types: ['ReferralRecorded'] }]);
    const { person } = (event!.entry as { data: { person: string } }).data;
    await made.take('erase-person', { personId: id('anna') });
    const text = JSON.stringify(
      ['subscriptions', 'parked'].map((table) => d.db.prepare(`SELECT * FROM ${table}`).all()),
    );
    expect(text).not.toContain(person);
    expect(text).not.toContain(event!.text.slice(0, 100));
  });
});
