/** Delivering: to each subscriber in order, one at a time. */
import { describe, expect, it } from 'vitest';
import type { WebhookRequest } from '../../src/ledger/webhooks.ts';
import type { Outcome } from '../../src/webhooks/course.ts';
import { testLedger } from '../support/ledger.ts';
import { aWhile, delivering, takes, until } from '../support/webhooks.ts';
import { auditor, occur, request, started, subscribe, upTo, withEvents } from './support.ts';

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
