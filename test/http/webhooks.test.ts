/** Subscriptions over HTTP: whose they are, what is wrong with them, what is told of them. */
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import type { Role } from '../../src/ledger/access/index.ts';
import { localCaller } from '../../src/ledger/access/index.ts';
import { newKey, testLedger } from '../support/ledger.ts';
import { guarded, type Guarded } from './access-support.ts';
import { expectProblem, testApp } from './support.ts';

let t: Guarded;
beforeAll(async () => {
  t = await guarded(await testLedger());
});
afterAll(async () => {
  expect(t.reported).toEqual([]);
  await t.close();
});

const address = 'https://ontvanger.example.nl/hook/geheim-pad';
const token = 'ontvanger.token~1';
const good = { address, token };

const create = (role: Role, body: object = good, key = newKey(), municipality?: string) =>
  t.ask(
    role,
    { method: 'POST', url: '/v1/webhooks', payload: body, headers: { 'idempotency-key': key } },
    municipality,
  );
interface Made {
  readonly webhook: Readonly<Record<string, unknown>> & { readonly webhookId: string };
  readonly secret: string;
}
const made = async (role: Role, body: object = good): Promise<Made> => {
  const reply = await create(role, body);
  expect(reply.statusCode, reply.body).toBe(201);
  return reply.json<Made>();
};
const post = (role: Role, path: string) =>
  t.ask(role, { method: 'POST', url: `/v1/webhooks/${path}` });
const get = (role: Role, path = '') => t.ask(role, { url: `/v1/webhooks${path}` });
const endAll = async () => {
  for (const { id, course } of t.store.all())
    if (course.status !== 'ended') await post('administrator', `${id}/_end`);
};

describe('a subscription', () => {
  it('is made, and its secret shown there and nowhere else', async () => {
    const body = { ...good, types: ['nl.participatiewet.member-joined', 'RuleSet'], note: 'proef' };
    const reply = await create('service', body);
    expect(reply.statusCode).toBe(201);
    const { webhook, secret } = reply.json<Made>();
    expect(reply.headers.location).toBe(`/v1/webhooks/${webhook.webhookId}`);
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    expect(webhook).toMatchObject({
      status: 'awaiting',
      address,
      types: ['MemberJoined', 'RuleSet'],
      note: 'proef',
      position: 0,
      parked: 0,
    });
    const told = [reply.body, (await get('service')).body];
    told.push((await get('service', `/${webhook.webhookId}`)).body);
    told.push((await get('administrator')).body);
    for (const text of told) expect(text).not.toContain(token);
    for (const text of told.slice(1)) expect(text).not.toContain(secret);
  });

  it('is the same one for the same key, with the same answer', async () => {
    const key = newKey();
    const first = await create('auditor', good, key);
    const again = await create('auditor', { token, address }, key);
    expect(again.statusCode).toBe(201);
    expect(again.json()).toEqual(first.json());
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(first.headers['idempotency-replayed']).toBeUndefined();
    expectProblem(await create('auditor', { ...good, token: 'anders' }, key), 409, 'key-reused');
    expect((await create('registrar', good, key)).json()).not.toEqual(first.json());
  });

  it('needs a key', async () => {
    const reply = await t.ask('service', {
      method: 'POST',
      url: '/v1/webhooks',
      payload: good,
      headers: { 'idempotency-key': 'x' },
    });
    expectProblem(reply, 400, 'invalid');
  });

  it('is paused, resumed and ended, each as often as one likes', async () => {
    const { webhook } = await made('service');
    const { webhookId } = webhook;
    const statuses: unknown[] = [];
    for (const step of ['_pause', '_pause', '_resume', '_resume', '_end', '_end'])
      statuses.push((await post('service', `${webhookId}/${step}`)).json<Made['webhook']>().status);
    expect(statuses).toEqual(['paused', 'paused', 'awaiting', 'awaiting', 'ended', 'ended']);
    for (const step of ['_pause', '_resume', 'parked/_replay'])
      expectProblem(await post('service', `${webhookId}/${step}`), 409, 'ended');
    expect(t.store.find(webhookId)).toMatchObject({ token: undefined, secret: undefined });
  });

  it('is told of with what its receiver refused', async () => {
    const { webhook } = await made('service');
    const { webhookId } = webhook;
    const { course } = t.store.find(webhookId)!;
    for (const sequence of [7, 3, 5])
      t.store.park(webhookId, course, sequence, '2026-01-01T00:00:00.000Z', 'status 422');
    const page = (query: string) => get('service', `/${webhookId}/parked${query}`);
    const first = (await page('?limit=2')).json<{ items: object[]; next: string }>();
    expect(first.items).toMatchObject([{ sequence: 3 }, { sequence: 5, due: false }]);
    expect((await page(`?limit=2&after=${first.next}`)).json()).toMatchObject({
      items: [{ sequence: 7, failure: 'status 422' }],
    });
    expect((await post('service', `${webhookId}/parked/5/_replay`)).json()).toEqual({ due: 1 });
    expectProblem(await post('service', `${webhookId}/parked/4/_replay`), 404, 'not-found');
    expectProblem(await post('service', `${webhookId}/parked/x/_replay`), 400, 'invalid');
    expect((await post('service', `${webhookId}/parked/_replay`)).json()).toEqual({ due: 3 });
    expectProblem(await page('?limit=0'), 400, 'invalid');
  });
});

describe('what is wrong', () => {
  it.each([
    [{ token }, '/address'],
    [{ address }, '/token'],
    [
      { ...good, address: 'http://ontvanger.example.nl/' },
      '/address: verwacht een adres met https',
    ],
    [{ ...good, address: 'geen adres' }, '/address: is geen adres'],
    [{ ...good, address: 'https://u:p@ontvanger.example.nl/' }, '/address: bevat een naam'],
    [{ ...good, address: `${address}#x` }, '/address: bevat een fragment'],
    [{ ...good, address: 'https://localhost/' }, '/address: wijst naar deze machine'],
    [{ ...good, address: 'https://[::ffff:7f00:1]/' }, '/address: wijst naar deze machine'],
    [{ ...good, address: 'https://169.254.169.254/' }, '/address: wijst naar deze machine'],
    [{ ...good, address: `https://a.example/${'x'.repeat(2_000)}` }, '/address'],
    [{ ...good, address: 7 }, '/address'],
    [{ ...good, token: '' }, '/token: is geen bearer-token'],
    [{ ...good, token: 'twee woorden' }, '/token: is geen bearer-token'],
    [{ ...good, token: 'a\r\nx-evil: 1' }, '/token: is geen bearer-token'],
    [{ ...good, types: [] }, '/types'],
    [{ ...good, types: ['NooitGebeurd'] }, '/types/0: onbekend type'],
    [{ ...good, tags: ['Geen Tag'] }, '/tags/0'],
    [{ ...good, after: -2 }, '/after'],
    [{ ...good, after: 1.5 }, '/after'],
    [{ ...good, after: 1 }, '/after: ligt voorbij het laatste volgnummer, 0'],
    [{ ...good, rate: 0 }, '/rate'],
    [{ ...good, note: '' }, '/note'],
    [{ ...good, secret: 'mijn eigen' }, 'secret'],
    [[], ''],
  ])('%j is told: %s', async (body, told) => {
    const before = t.store.all().length;
    const { detail } = expectProblem(await create('service', body), 400, 'invalid');
    expect(detail).toContain(told);
    expect(t.store.all()).toHaveLength(before);
  });

  it('one that was never there is not found, whatever is asked of it', async () => {
    const never = newKey();
    for (const path of [`/${never}`, `/${never}/parked`])
      expectProblem(await get('service', path), 404, 'not-found');
    for (const step of ['_pause', '_resume', '_end', 'parked/_replay', 'parked/1/_replay'])
      expectProblem(await post('service', `${never}/${step}`), 404, 'not-found');
    expectProblem(await get('service', '/x'), 400, 'invalid');
  });
});

describe('somebody else’s', () => {
  it('is not there, as if it had never been', async () => {
    const { webhook } = await made('service');
    const { webhookId } = webhook;
    for (const path of [`/${webhookId}`, `/${webhookId}/parked`]) {
      expectProblem(await get('auditor', path), 404, 'not-found');
      expect((await get('service', path)).statusCode).toBe(200);
    }
    for (const step of ['_pause', '_resume', '_end', 'parked/_replay'])
      expectProblem(await post('auditor', `${webhookId}/${step}`), 404, 'not-found');
    expect((await get('auditor')).body).not.toContain(webhookId);
    expect(t.store.find(webhookId)!.course.status).toBe('awaiting');
  });

  it('of another municipality neither', async () => {
    const reply = await create('municipality', good, newKey(), 'gm0755');
    const { webhookId } = reply.json<Made>().webhook;
    expectProblem(await get('municipality', `/${webhookId}`), 404, 'not-found');
  });

  it('is seen by who manages, but for the path of its address, and may be ended', async () => {
    const { webhook } = await made('service');
    const path = `/${webhook.webhookId}`;
    expect((await get('administrator', path)).json()).toMatchObject({
      address: 'https://ontvanger.example.nl',
      status: 'awaiting',
    });
    for (const step of ['_pause', '_resume', 'parked/_replay'])
      expectProblem(await post('administrator', `${webhook.webhookId}/${step}`), 403, 'forbidden');
    expectProblem(await get('administrator', `${path}/parked`), 403, 'forbidden');
    for (const step of ['_pause', '_resume', 'parked/_replay'])
      expectProblem(await post('local', `${webhook.webhookId}/${step}`), 403, 'forbidden');
    expect((await post('administrator', `${webhook.webhookId}/_end`)).json()).toMatchObject({
      status: 'ended',
      reason: 'by-administrator',
    });
    expect((await get('service', path)).json()).toMatchObject({ reason: 'by-administrator' });
  });
});

describe('who may not', () => {
  it.each([
    ['public', 401],
    ['stuurgroep', 403],
    ['ibn', 403],
    ['administrator', 403],
  ] as const)('%s cannot subscribe: %s', async (role, status) => {
    expect((await create(role)).statusCode).toBe(status);
  });

  it('somebody whose rights cannot be known later cannot subscribe', async () => {
    const elsewhere = {
      id: 'van-elders',
      access: { roles: ['auditor'], municipalities: [] },
    } as const;
    const other = await guarded(await testLedger(), { bearer: async () => elsewhere });
    const reply = await other.app.inject({
      method: 'POST',
      url: '/v1/webhooks',
      payload: good,
      headers: { authorization: 'Bearer jwt', 'idempotency-key': newKey() },
    });
    expect(expectProblem(reply, 403, 'forbidden').detail).toContain('token van dit grootboek');
    await other.close();
  });

  it('once a token is revoked its subscriptions have ended', async () => {
    const other = await guarded(await testLedger());
    const headers = { 'idempotency-key': newKey() };
    const reply = await other.ask('service', {
      method: 'POST',
      url: '/v1/webhooks',
      payload: good,
      headers,
    });
    const { webhookId } = reply.json<Made>().webhook;
    for (const { tokenId } of other.entrance.tokens.list()) other.entrance.tokens.revoke(tokenId);
    const shown = await other.ask('administrator', { url: `/v1/webhooks/${webhookId}` });
    expect(shown.json()).toMatchObject({ status: 'ended', reason: 'rights-ended' });
    await other.close();
  });
});

test('there is a limit to how many somebody has, and ended ones do not count', async () => {
  await endAll();
  for (let n = 0; n < 10; n += 1) await made('registrar');
  expectProblem(await create('registrar'), 409, 'too-many');
  const [first] = (await get('registrar'))
    .json<{ items: Made['webhook'][] }>()
    .items.filter(({ status }) => status === 'awaiting');
  await post('registrar', `${first!.webhookId}/_end`);
  await made('registrar');
  await endAll();
});

test('what has ended is forgotten after a month', async () => {
  const other = await guarded(await testLedger());
  const ask = (url: string) =>
    other.ask('local', { method: 'POST', url, payload: url.endsWith('_end') ? {} : good });
  const { webhook } = (await ask('/v1/webhooks')).json<Made>();
  expect(webhook.owner).toBe(localCaller.id);
  await ask(`/v1/webhooks/${webhook.webhookId}/_end`);
  other.later(31 * 24 * 3_600_000);
  await ask('/v1/webhooks');
  expect(other.store.find(webhook.webhookId)).toBeUndefined();
  await other.close();
});

test('a process that does not deliver says so', async () => {
  const { get: ask, post: send } = await testApp();
  expectProblem(await ask('/v1/webhooks'), 503, 'unavailable');
  expectProblem(await send('/v1/webhooks', good), 503, 'unavailable');
});
