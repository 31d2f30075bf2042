import { beforeEach, describe, expect, it } from 'vitest';
import { commands } from '../../src/domain/index.ts';
import { newKey } from '../support/ledger.ts';
import { expectProblem, historyApp, testApp, type TestApp } from './support.ts';

let t: TestApp;
beforeEach(async () => {
  t = await testApp();
});

const decision = { title: 'Een besluit', needsAdoptionBy: [], organs: [] };
const member = { municipality: 'gm0828', name: 'Oss' };

const proposed = async (): Promise<string> => {
  const reply = await t.post('/v1/decisions', decision);
  return reply.json<{ created: { decisionId: string } }>().created.decisionId;
};

describe('creating', () => {
  it('answers with the events and where it can be read', async () => {
    const reply = await t.post('/v1/decisions', { ...decision, validFrom: '2021-01-27' });
    expect(reply.statusCode, reply.body).toBe(201);
    const body = reply.json();
    expect(body.events).toEqual([
      {
        eventId: expect.any(String),
        sequence: 1,
        type: 'DecisionProposed',
        recordedAt: expect.any(String),
      },
    ]);
    const location = String(reply.headers.location);
    expect(location).toBe(`/v1/decisions/${body.created.decisionId}`);
    const read = await t.get(location);
    expect(read.headers.etag).toBe('"1"');
    expect(read.json().course[0].date).toEqual({ earliest: '2021-01-27', latest: '2021-01-27' });
  });

  it.each([
    ['/v1/members', member, '/v1/members/gm0828'],
    [
      '/v1/rules',
      {
        rule: 'R5',
        title: 'x',
        summary: 'x',
        authority: 'explanation',
        decisionIds: [],
        figures: [],
      },
      '/v1/rules/R5',
    ],
  ])('%s tells the place of what has a name of its own', async (path, body, location) => {
    const reply = await t.post(path, body);
    expect(reply.statusCode, reply.body).toBe(201);
    expect(reply.headers.location).toBe(location);
  });

  it('has a route for every command', async () => {
    for (const { path } of commands) {
      const url = `/v1/${path.replace(/\{[^}]+\}/g, 'x')}`;
      const reply = await t.inject({ method: 'POST', url });
      expect(reply.statusCode, url).toBe(400);
    }
  });
});

describe('the same key', () => {
  it('gives the first events again', async () => {
    const headers = { 'idempotency-key': newKey() };
    const first = await t.post('/v1/decisions', decision, headers);
    const again = await t.post('/v1/decisions', decision, headers);
    expect(again.statusCode).toBe(201);
    expect(again.json()).toEqual(first.json());
    expect(again.headers.location).toBe(first.headers.location);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(first.headers['idempotency-replayed']).toBeUndefined();
    expect(t.ledger.head().sequence).toBe(1);
  });

  it('is refused for another body, and free after a refusal', async () => {
    const headers = { 'idempotency-key': newKey() };
    await t.post('/v1/members', member, headers);
    expectProblem(
      await t.post('/v1/members', { ...member, name: 'Os' }, headers),
      409,
      'key-reused',
    );
    const other = { 'idempotency-key': newKey() };
    expectProblem(await t.post('/v1/members', member, other), 409, 'already-exists');
    const boekel = { municipality: 'gm0755', name: 'Boekel' };
    expect((await t.post('/v1/members', boekel, other)).statusCode).toBe(201);
  });

  it('may be spelled in capitals or not', async () => {
    const key = '01980f0c-6f3a-4c3e-8d5f-0123456789ab';
    await t.post('/v1/members', member, { 'idempotency-key': key });
    const again = await t.post('/v1/members', member, { 'idempotency-key': key.toUpperCase() });
    expect(again.headers['idempotency-replayed']).toBe('true');
  });

  it.each([undefined, '', 'x', '01JZ', `${'0'.repeat(26)}, ${'0'.repeat(26)}`])(
    'must be a ULID or UUID, not %s',
    async (key) => {
      const reply = await t.inject({
        method: 'POST',
        url: '/v1/members',
        headers: key === undefined ? {} : { 'idempotency-key': key },
        payload: member,
      });
      expectProblem(reply, 400, 'invalid');
    },
  );
});

describe('a step', () => {
  it('takes the ETag of the thing', async () => {
    const id = await proposed();
    const path = `/v1/decisions/${id}/_advise`;
    const advice = { body: 'stuurgroep', outcome: 'positive' };
    expectProblem(await t.post(path, advice), 428, 'precondition-required');
    for (const wrong of ['1', 'W/"1"', '*', '"x"', '"1", "2"', ''])
      expectProblem(await t.post(path, advice, { 'if-match': wrong }), 400, 'invalid');
    const done = await t.post(path, advice, { 'if-match': '"1"' });
    expect(done.statusCode, done.body).toBe(201);
    expect(done.headers.location).toBeUndefined();
    const stale = await t.post(
      `/v1/decisions/${id}/_decide`,
      { body: 'bestuurlijk-overleg' },
      { 'if-match': '"1"' },
    );
    const body = expectProblem(stale, 412, 'stale');
    expect(body.since).toEqual([{ sequence: 2, type: 'DecisionAdvised' }]);
    expect(t.ledger.head().sequence).toBe(2);
  });

  it('repeats with the ETag it first had', async () => {
    const path = `/v1/decisions/${await proposed()}/_advise`;
    const headers = { 'if-match': '"1"', 'idempotency-key': newKey() };
    const body = { body: 'stuurgroep', outcome: 'positive' };
    const first = await t.post(path, body, headers);
    expect((await t.post(path, body, headers)).json()).toEqual(first.json());
  });

  it('does not contradict its address', async () => {
    const id = await proposed();
    const path = `/v1/decisions/${id}/_withdraw`;
    const headers = { 'if-match': '"1"' };
    const other = { decisionId: '01JZ0000000000000000000000', reason: 'x' };
    const found = expectProblem(await t.post(path, other, headers), 400, 'invalid');
    expect(found.errors).toEqual([{ pointer: '/decisionId', detail: expect.any(String) }]);
    expect((await t.post(path, { decisionId: id, reason: 'x' }, headers)).statusCode).toBe(201);
  });

  it('is 404 about what is not there', async () => {
    const path = '/v1/decisions/01JZ0000000000000000000000/_withdraw';
    expectProblem(await t.post(path, { reason: 'x' }, { 'if-match': '"-1"' }), 404, 'not-found');
  });

  it('takes an event back', async () => {
    await t.post('/v1/members', member);
    const [event] = (await t.get('/v1/events?after=0')).json().items;
    const path = `/v1/events/${event.id}`;
    const etag = String((await t.get(path)).headers.etag);
    const done = await t.post(`${path}/_reverse`, { reason: 'vergissing' }, { 'if-match': etag });
    expect(done.statusCode, done.body).toBe(201);
    expect((await t.get('/v1/members')).json().items).toEqual([]);
    expect((await t.get('/v1/members?knownAt=1')).json().items).toHaveLength(1);
  });
});

describe('refusals', () => {
  it('name the rule and the decision behind it', async () => {
    const history = await historyApp();
    const [third] = (await history.get('/v1/decisions?number=3')).json().items;
    const refused = await history.post('/v1/package', {
      validFrom: '2027-01-01',
      until: '2030-01-01',
      tasks: [{ task: 'wsw', title: 'Wsw' }],
      size: 'x',
      intendedResults: ['x'],
      costCents: '1',
      decisionIds: [third.decisionId],
    });
    const body = expectProblem(refused, 409, 'rule');
    const rule = (await history.get('/v1/rules/R2')).json();
    expect(body).toMatchObject({ rule: 'R2', decision: rule.decisionIds[0] });
    expect(body.detail).toContain('geen basispakket');
  });

  it('come as 503 while nothing may be recorded', async () => {
    const { buildApp } = await import('../../src/http/app.ts');
    const app = await buildApp({ ledger: () => undefined, version: '1.2.3' });
    const read = await app.inject('/v1/members');
    expectProblem(read, 503, 'unavailable');
    expect(read.headers['retry-after']).toBe('5');
    expectProblem(await app.inject('/health/ready'), 503, 'unavailable');
    expect((await app.inject('/health/live')).statusCode).toBe(200);
  });
});

describe('evidence', () => {
  it('is asked for to register', async () => {
    const body = { ...member, mode: 'register' };
    const found = expectProblem(await t.post('/v1/members', body), 400, 'invalid');
    expect(found.errors).toMatchObject([{ pointer: '/evidence' }]);
    const evidence = [{ source: 'S4', basis: 'stated' }];
    expect((await t.post('/v1/members', { ...body, evidence })).statusCode).toBe(201);
  });

  it('and dates are checked', async () => {
    for (const validFrom of ['2021-02-30', 'gisteren', 20210701, {}, { latest: 'x' }, null])
      expectProblem(await t.post('/v1/members', { ...member, validFrom }), 400, 'invalid');
    for (const evidence of [[], {}, [{}], 'S4', [{ source: 'S4', basis: 'inferred' }]])
      expectProblem(await t.post('/v1/members', { ...member, evidence }), 400, 'invalid');
    const rough = { latest: '2021-06-30' };
    expect((await t.post('/v1/members', { ...member, validFrom: rough })).statusCode).toBe(201);
  });
});

describe('what only the machine may ask', () => {
  it('is there in-process', async () => {
    const reply = await t.inject({ method: 'POST', url: '/v1/read-tables/_rebuild' });
    expect(reply.json()).toMatchObject({ events: 1 });
  });

  it('is not there over the network', async () => {
    const address = await t.app.listen({ port: 0, host: '127.0.0.1' });
    const reply = await fetch(`${address}/v1/read-tables/_rebuild`, { method: 'POST' });
    expect(reply.status).toBe(404);
    await t.app.close();
  });
});
