/** Delivering: to each subscriber in order, one at a time, by the rights of that moment. */
import { afterEach, describe, expect, it, test } from 'vitest';
import type { Caller, Role } from '../../src/ledger/access/index.ts';
import type { WebhookRequest } from '../../src/ledger/webhooks.ts';
import type { Outcome } from '../../src/webhooks/course.ts';
import { entry } from '../support/entries.ts';
import { newKey, testLedger, type TestLedger } from '../support/ledger.ts';
import { placement, referral } from '../support/people.ts';
import { id, stated } from '../support/scenario.ts';
import { aWhile, delivering, takes, until } from '../support/webhooks.ts';

const callerAs = (role: Role, name: string = role, more: object = {}): Caller => ({
  id: name,
  access: { roles: [role], municipalities: [], ...more },
});
const auditor = callerAs('auditor');
const request = (more: Partial<WebhookRequest> = {}): WebhookRequest => ({
  address: 'https://ontvanger.example.nl/geheim-pad',
  token: 'ontvanger-token',
  after: -1,
  ...more,
});

const occur = (made: TestLedger, title: string, about: readonly string[] = []) =>
  made.take('record-occurrence', { kind: 'other', title, about });
const withEvents = async (count: number): Promise<TestLedger> => {
  const made = await testLedger();
  for (let n = 1; n <= count; n += 1) await occur(made, `gebeurtenis ${n}`);
  return made;
};

type Delivering = ReturnType<typeof delivering>;
let stopping: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stopping) await stop();
  stopping = [];
});

const started = (d: Delivering) => {
  const it = d.start();
  stopping.push(it.stop);
  return it;
};
const subscribe = (d: Delivering, caller = auditor, more: Partial<WebhookRequest> = {}) =>
  d.webhooks.create(caller, request(more), newKey()).webhook.webhookId;
const upTo = (d: Delivering, webhookId: string, position: number) =>
  until(() => d.store.find(webhookId)!.course.position >= position);

describe('a subscriber', () => {
  it('is asked before anything is sent, and named and known in every request', async () => {
    const d = delivering({ made: await withEvents(2), callers: [auditor] });
    started(d);
    const it = subscribe(d);
    await upTo(d, it, 2);
    expect(d.asked.map(({ method }) => method)).toEqual(['OPTIONS', 'POST', 'POST', 'POST']);
    for (const { address, headers } of d.asked) {
      expect(address).toBe(request().address);
      expect(headers.authorization).toBe('Bearer ontvanger-token');
      expect(headers['webhook-request-origin']).toBe('grootboek.example.nl');
    }
    expect(d.asked[1]!.headers['content-type']).toBe('application/cloudevents+json; charset=utf-8');
    expect(d.asked[1]!.headers['webhook-id']).toBe(JSON.parse(d.asked[1]!.body!).id);
  });

  it('that lets nobody in is sent nothing', async () => {
    const d = delivering({
      made: await withEvents(2),
      callers: [auditor],
      answer: () => ({ status: 200 }),
    });
    started(d);
    const it = subscribe(d);
    await until(() => d.store.find(it)!.course.status === 'ended');
    expect(d.store.find(it)!.course.reason).toBe('no-consent');
    expect(d.sent()).toEqual([]);
  });

  it('is sent what comes from then on, unless it asks for more', async () => {
    const made = await withEvents(3);
    const d = delivering({ made, callers: [auditor] });
    started(d);
    const fresh = subscribe(d, auditor, { after: undefined });
    await until(() => d.store.find(fresh)!.course.status === 'active');
    await occur(made, 'nieuw');
    await upTo(d, fresh, 4);
    expect(d.sent()).toEqual([4]);
    await upTo(d, subscribe(d, auditor, { after: 2 }), 4);
    expect(d.sent()).toEqual([4, 3, 4]);
  });

  it('is sent only what it asked for', async () => {
    const made = await testLedger();
    await made.take('join-member', { municipality: 'gm0828', name: 'Oss' });
    await made.take('join-member', { municipality: 'gm0755', name: 'Boekel' });
    await occur(made, 'iets anders');
    const sent = async (more: Partial<WebhookRequest>) => {
      const d = delivering({ made, callers: [auditor] });
      started(d);
      subscribe(d, auditor, more);
      await aWhile();
      return d.sent();
    };
    expect(await sent({})).toEqual([0, 1, 2, 3]);
    expect(await sent({ types: ['MemberJoined'] })).toEqual([1, 2]);
    expect(await sent({ types: ['MemberJoined', 'LedgerOpened'] })).toEqual([0, 1, 2]);
    expect(await sent({ tags: ['municipality:gm0828'] })).toEqual([1]);
    expect(await sent({ types: ['MemberJoined'], tags: ['municipality:gm0755'] })).toEqual([2]);
  });

  it('is not waited for: others, and who records, go on', async () => {
    const made = await withEvents(1);
    const d = delivering({
      made,
      callers: [auditor],
      answer: ({ address }) => (address.includes('stil') ? new Promise(() => undefined) : takes),
    });
    started(d);
    subscribe(d, auditor, { address: 'https://stil.example.nl/' });
    const quick = subscribe(d);
    await occur(made, 'meer');
    await upTo(d, quick, 2);
    expect(d.sent()).toEqual([0, 1, 2]);
  });

  it('has one request under way at a time, though events come in a burst', async () => {
    const made = await withEvents(0);
    let [under, most] = [0, 0];
    const d = delivering({
      made,
      callers: [auditor],
      answer: async () => {
        most = Math.max(most, (under += 1));
        await aWhile();
        under -= 1;
        return takes;
      },
    });
    started(d);
    const it = subscribe(d);
    await Promise.all(Array.from({ length: 20 }, (_, n) => occur(made, `gelijk ${n}`)));
    await upTo(d, it, 20);
    expect(most).toBe(1);
    expect(d.sent()).toEqual(Array.from({ length: 21 }, (_, n) => n));
  });
});

describe('order', () => {
  it('is kept over what goes wrong, with longer waits', async () => {
    const left: Outcome[] = [{ status: 500 }, { failure: 'timeout' }, { status: 503 }];
    const d = delivering({
      made: await withEvents(3),
      callers: [auditor],
      answer: ({ sequence }) => (sequence === 1 ? (left.shift() ?? takes) : takes),
    });
    started(d);
    await upTo(d, subscribe(d), 3);
    expect(d.sent()).toEqual([0, 1, 1, 1, 1, 2, 3]);
    expect(d.waits).toEqual([1_500, 3_000, 6_000]);
    const ids = d.asked
      .filter(({ sequence }) => sequence === 1)
      .map((a) => a.headers['webhook-id']);
    expect(new Set(ids).size).toBe(1);
  });

  it.each([429, 503])('waits as long as %s asks', async (status) => {
    const left: Outcome[] = [{ status, retryAfter: 600_000 }];
    const d = delivering({
      made: await withEvents(1),
      callers: [auditor],
      answer: ({ sequence }) => (sequence === 0 ? (left.shift() ?? takes) : takes),
    });
    started(d);
    await upTo(d, subscribe(d), 1);
    expect(d.waits).toEqual([600_000]);
  });

  it('goes no faster than the receiver allows', async () => {
    const d = delivering({
      made: await withEvents(3),
      callers: [auditor],
      answer: () => ({ ...takes, allowedRate: '60' }),
    });
    started(d);
    await upTo(d, subscribe(d), 3);
    await aWhile();
    expect(d.waits).toEqual([1_000, 1_000, 1_000, 1_000]);
  });

  it('is taken up after a stop, at what was cut off', async () => {
    const made = await withEvents(5);
    const first = delivering({
      made,
      callers: [auditor],
      answer: ({ sequence }) => (sequence === 3 ? new Promise(() => undefined) : takes),
    });
    const running = first.start();
    const it = subscribe(first);
    await until(() => first.sent().includes(3));
    await running.stop();
    expect(first.store.find(it)!.course).toMatchObject({ position: 2, failures: 0 });
    const second = delivering({ made, callers: [auditor], db: first.db });
    started(second);
    await upTo(second, it, 5);
    expect(second.asked.map(({ method }) => method)).not.toContain('OPTIONS');
    expect(second.sent()).toEqual([3, 4, 5]);
  });
});

describe('410', () => {
  it('ends it, and destroys what could be sent with', async () => {
    const d = delivering({
      made: await withEvents(3),
      callers: [auditor],
      answer: ({ sequence }) => (sequence === 1 ? { status: 410 } : takes),
    });
    started(d);
    const it = subscribe(d);
    await until(() => d.store.find(it)!.course.status === 'ended');
    await aWhile();
    expect(d.sent()).toEqual([0, 1]);
    expect(d.store.find(it)).toMatchObject({ token: undefined, secret: undefined });
    expect(d.webhooks.one(auditor, it)).toMatchObject({ status: 'ended', reason: 'gone' });
  });
});

describe('what is refused', () => {
  const refusing = async (sequences: readonly number[], events = 4) => {
    const refused = new Set(sequences);
    const d = delivering({
      made: await withEvents(events),
      callers: [auditor],
      answer: ({ sequence }) => (refused.has(sequence) ? { status: 422 } : takes),
    });
    started(d);
    const it = subscribe(d);
    await upTo(d, it, events);
    const sequencesParked = () => d.webhooks.parked(auditor, it, -1, 100).map((p) => p.sequence);
    return { d, it, refused, sequencesParked };
  };

  it('ten times is parked, and the others go on', async () => {
    const { d, it, sequencesParked } = await refusing([2]);
    expect(d.sent()).toEqual([0, 1, ...Array.from({ length: 10 }, () => 2), 3, 4]);
    expect(sequencesParked()).toEqual([2]);
    expect(d.webhooks.one(auditor, it)).toMatchObject({ status: 'active', parked: 1, position: 4 });
    expect(d.webhooks.parked(auditor, it, -1, 1)).toMatchObject([{ failure: 'status 422' }]);
  });

  it('is sent again when asked for, all of it in order', async () => {
    const { d, it, refused, sequencesParked } = await refusing([1, 3]);
    refused.clear();
    const before = d.sent().length;
    expect(d.webhooks.replay(auditor, it)).toBe(2);
    await until(() => sequencesParked().length === 0);
    expect(d.sent().slice(before)).toEqual([1, 3]);
    expect(d.store.find(it)!.course.position).toBe(4);
  });

  it('is sent again one by one, whichever is asked for', async () => {
    const { d, it, refused, sequencesParked } = await refusing([1, 3]);
    refused.clear();
    expect(d.webhooks.replay(auditor, it, 3)).toBe(1);
    await until(() => sequencesParked().length === 1);
    expect(sequencesParked()).toEqual([1]);
    expect(() => d.webhooks.replay(auditor, it, 3)).toThrow('staat bij dit abonnement niet apart');
  });

  it('and refused again stays, and so does what was to follow it', async () => {
    const { d, it, refused, sequencesParked } = await refusing([1, 2, 3]);
    refused.delete(1);
    refused.delete(3);
    const before = d.sent().length;
    d.webhooks.replay(auditor, it);
    await until(() => d.webhooks.parked(auditor, it, -1, 9).every(({ due }) => !due));
    expect(sequencesParked()).toEqual([2, 3]);
    expect(d.sent().slice(before)).toEqual([1, 2]);
  });

  it('is kept by its sequence only', async () => {
    const { d } = await refusing([2]);
    expect(d.db.prepare('SELECT * FROM parked').all()).toEqual([
      {
        id: expect.any(String),
        sequence: 2,
        parked_at: expect.any(String),
        failure: 'status 422',
        due: 0,
      },
    ]);
  });

  it('ten in a row is not about the events: it is paused, and can be resumed', async () => {
    const made = await withEvents(20);
    let refuses = true;
    const d = delivering({
      made,
      callers: [auditor],
      answer: ({ method }) => (refuses && method === 'POST' ? { status: 500 } : takes),
    });
    started(d);
    const it = subscribe(d);
    await until(() => d.store.find(it)!.course.status === 'paused');
    expect(d.webhooks.one(auditor, it)).toMatchObject({ reason: 'many-parked', parked: 10 });
    refuses = false;
    d.webhooks.resume(auditor, it);
    d.webhooks.replay(auditor, it);
    await upTo(d, it, 20);
    await until(() => d.store.countParked(it) === 0);
    expect(d.sent().slice(100)).toEqual(Array.from({ length: 21 }, (_, n) => n));
  });
});

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

describe('pausing', () => {
  it('holds it where it is, and resuming asks again and goes on', async () => {
    const made = await withEvents(2);
    const d = delivering({ made, callers: [auditor] });
    started(d);
    const it = subscribe(d);
    await upTo(d, it, 2);
    expect(d.webhooks.pause(auditor, it)).toMatchObject({ status: 'paused', reason: 'by-owner' });
    await occur(made, 'meer');
    await aWhile();
    expect(d.sent()).toEqual([0, 1, 2]);
    expect(d.webhooks.resume(auditor, it)).toMatchObject({ status: 'awaiting' });
    await upTo(d, it, 3);
    expect(d.sent()).toEqual([0, 1, 2, 3]);
    expect(d.asked.filter(({ method }) => method === 'OPTIONS')).toHaveLength(2);
  });

  /** The receiver has event 1, and has not answered yet. */
  const midway = async () => {
    let release: (outcome: Outcome) => void = () => undefined;
    const d = delivering({
      made: await withEvents(2),
      callers: [auditor],
      answer: ({ sequence }) =>
        sequence === 1 ? new Promise((resolve) => (release = resolve)) : takes,
    });
    started(d);
    const it = subscribe(d);
    await until(() => d.sent().includes(1));
    await aWhile();
    return { d, it, answer: () => release(takes) };
  };

  it('while a delivery is under way keeps what came of that', async () => {
    const { d, it, answer } = await midway();
    d.webhooks.pause(auditor, it);
    answer();
    await upTo(d, it, 1);
    await aWhile();
    expect(d.store.find(it)!.course).toMatchObject({ status: 'paused', position: 1 });
    expect(d.sent()).toEqual([0, 1]);
  });

  it('ending while a delivery is under way ends it', async () => {
    const { d, it, answer } = await midway();
    d.webhooks.end(auditor, it);
    answer();
    await aWhile();
    expect(d.store.find(it)).toMatchObject({ token: undefined, course: { status: 'ended' } });
    expect(d.sent()).toEqual([0, 1]);
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

describe('where the log lost what was sent', () => {
  it.each([
    ['beyond its head', 9],
    ['by other events of the same place', 5],
  ])('%s, it goes on with the event that says so', async (_how, position) => {
    const made = await withEvents(3);
    const d = delivering({ made, callers: [auditor] });
    const it = subscribe(d);
    const { course } = d.store.find(it)!;
    const taken = { sequence: position, eventId: '01980f0c-0000-7000-8000-000000000000' };
    for (const sequence of [2, 4])
      d.store.park(it, course, sequence, '2026-01-01T00:00:00.000Z', 'status 422');
    d.store.save(it, { ...course, status: 'active', position, taken });
    const lost = { kind: 'restored', seenSequence: 9, foundSequence: 3, reason: 'proef' };
    const { recordedAt = '' } = made.log.head();
    await made.log.append([entry('LossAccepted', lost, { recordedAt })]);
    await occur(made, 'daarna');
    started(d);
    await until(() => d.sent().length === 2);
    expect(d.sent()).toEqual([4, 5]);
    expect(d.webhooks.parked(auditor, it, -1, 9)).toMatchObject([{ sequence: 2 }]);
  });

  it('and nothing of it had been sent, it goes on where it was', async () => {
    const made = await withEvents(3);
    const d = delivering({ made, callers: [auditor] });
    const it = subscribe(d);
    const { course } = d.store.find(it)!;
    const [second] = await made.log.read('all', { from: 1, to: 1 });
    const taken = { sequence: 1, eventId: second!.entry.id };
    d.store.save(it, { ...course, status: 'active', position: 1, taken });
    started(d);
    await upTo(d, it, 3);
    expect(d.sent()).toEqual([2, 3]);
  });
});

test('a log that cannot be followed for a while is followed again', async () => {
  const made = await withEvents(1);
  let broken = true;
  const log = {
    ...made.log,
    follow: ((after, signal) => {
      if (broken) throw new Error('even niet');
      return made.log.follow(after, signal);
    }) as typeof made.log.follow,
  };
  const d = delivering({ made: { ...made, log }, callers: [auditor] });
  started(d);
  const it = subscribe(d);
  await until(() => d.reported.length > 0);
  broken = false;
  await aWhile();
  await occur(made, 'daarna');
  await upTo(d, it, 2);
  expect(d.sent()).toEqual([0, 1, 2]);
});

test('what should not happen is told without an address, and holds up for a while', async () => {
  const made = await withEvents(1);
  let broken = true;
  const ledger = {
    ...made.ledger,
    as: ((caller) => ({
      ...made.ledger.as(caller),
      matching: (...asked) => {
        if (broken) throw new Error('stuk');
        return made.ledger.as(caller).matching(...asked);
      },
    })) as typeof made.ledger.as,
  };
  const d = delivering({ made: { ...made, ledger }, callers: [auditor] });
  started(d);
  const it = subscribe(d);
  await until(() => d.reported.length > 0);
  broken = false;
  await upTo(d, it, 1);
  expect(d.waits).toContain(30_000);
  expect(d.reported.map(String).join()).not.toContain('ontvanger');
});
