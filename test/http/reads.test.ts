import { beforeAll, describe, expect, it } from 'vitest';
import { resources } from '../../src/http/resources/index.ts';
import { ulidOf } from '../../src/ledger/import.ts';
import { expectProblem, historyApp, type TestApp } from './support.ts';

let t: TestApp;
beforeAll(async () => {
  t = await historyApp();
});

const items = async (path: string): Promise<Record<string, unknown>[]> => {
  const reply = await t.get(path);
  expect(reply.statusCode, reply.body).toBe(200);
  return reply.json<{ items: Record<string, unknown>[] }>().items;
};

describe('lists', () => {
  it.each(resources.map((r) => r.path))('%s has a moment and items', async (path) => {
    const reply = await t.get(`/v1/${path}?validAt=2021-09-01&with=basis`);
    expect(reply.statusCode).toBe(200);
    const body = reply.json();
    expect(body.asOf).toMatchObject({ validAt: '2021-09-01', knownAt: t.ledger.head().sequence });
    for (const item of body.items) expect(item.basis ?? item.basisOf).toBeDefined();
  });

  it('shows members of the day only', async () => {
    expect(await items('/v1/members?validAt=2021-12-31')).toHaveLength(11);
    const later = await items('/v1/members?validAt=2022-01-01');
    expect(later).toHaveLength(6);
    expect(later.every((m) => m.status === 'member')).toBe(true);
  });

  it('is empty where nothing is known', async () => {
    for (const { path } of resources) expect(await items(`/v1/${path}?knownAt=-1`)).toEqual([]);
  });

  it('filters', async () => {
    const three = await items('/v1/decisions?number=3');
    expect(three.map((d) => d.number)).toContain('3');
    const all = await items('/v1/decisions');
    const proposed = await items('/v1/decisions?status=proposed');
    expect(proposed.length).toBeLessThan(all.length);
    expect(proposed.every((d) => d.status === 'proposed')).toBe(true);
    const found = expectProblem(await t.get('/v1/decisions?status=nope'), 400, 'invalid');
    expect(found.detail).toContain('in-force');
  });
});

describe('a long list', () => {
  it.each(resources.filter((r) => r.whole !== true).map((r) => r.path))(
    '%s comes in pages where that is asked',
    async (path) => {
      const whole = await items(`/v1/${path}`);
      const found: unknown[] = [];
      let after = '';
      for (;;) {
        const reply = await t.get(`/v1/${path}?limit=3${after}`);
        expect(reply.statusCode, reply.body).toBe(200);
        const page = reply.json<{ items: unknown[]; next?: string }>();
        expect(page.items.length).toBeLessThanOrEqual(3);
        found.push(...page.items);
        if (page.next === undefined) break;
        after = `&after=${encodeURIComponent(page.next)}`;
      }
      const texts = (list: readonly unknown[]) => list.map((item) => JSON.stringify(item)).sort();
      expect(texts(found)).toEqual(texts(whole));
    },
  );

  it('has as many on a page as one may ask', async () => {
    for (const limit of ['0', '1001', '-1', 'tien', ''])
      expectProblem(await t.get(`/v1/decisions?limit=${limit}`), 400, 'invalid');
    const { detail } = expectProblem(await t.get('/v1/decisions?limit=tien'), 400, 'invalid');
    expect(String(detail).match(/verwacht/g)).toHaveLength(1);
    const empty = expectProblem(await t.get('/v1/decisions?after='), 400, 'invalid');
    expect(empty.detail).toContain('`next`');
    expectProblem(await t.get('/v1/balances?limit=10'), 400, 'invalid');
    expect((await items('/v1/decisions?after=0')).length).toBeLessThanOrEqual(100);
    expect(await items('/v1/decisions?after=zzzz')).toEqual([]);
  });
});

describe('single things', () => {
  it('carry their ETag as known then', async () => {
    const path = '/v1/members/gm0756';
    const now = await t.get(path);
    expect(now.json()).toMatchObject({ municipality: 'gm0756', mergedInto: 'gm1982' });
    expect(now.headers.etag).toMatch(/^"\d+"$/);
    const joined = (await t.get(`${path}?knownAt=20`)).headers.etag;
    expect(Number(joined?.slice(1, -1))).toBeLessThanOrEqual(20);
    expect(now.json().basis.length).toBeGreaterThan(0);
  });

  it.each(resources.map((r) => r.path))('%s: each in the list can be read alone', async (path) => {
    const resource = resources.find((r) => r.path === path)!;
    for (const item of (await items(`/v1/${path}?validAt=2021-09-01`)).slice(0, 3)) {
      const id = encodeURIComponent(String(item[resource.param]));
      const reply = await t.get(`/v1/${path}/${id}?validAt=2021-09-01`);
      expect(reply.statusCode, reply.body).toBe(200);
      expect(reply.json()).toMatchObject(item);
    }
  });

  it('are 404 when they are not there, 400 when they cannot be', async () => {
    expectProblem(await t.get('/v1/rules/R99'), 404, 'not-found');
    expectProblem(await t.get(`/v1/decisions/${ulidOf('nothing')}`), 404, 'not-found');
    expectProblem(await t.get('/v1/decisions/..%2f..%2fetc'), 400, 'invalid');
    expectProblem(await t.get('/v1/members/gm0828?knownAt=-1'), 404, 'not-found');
  });
});

describe('package', () => {
  it('is one thing, with its tasks', async () => {
    const reply = await t.get('/v1/package?validAt=2021-09-01');
    const body = reply.json();
    expect(body.period).toEqual({ from: '2021-07-01', until: '2023-01-01' });
    expect(body.tasks).toHaveLength(5);
    const again = await t.get(`/v1/package/${body.packageId}?validAt=2021-09-01`);
    expect(again.headers.etag).toBe(reply.headers.etag);
    expectProblem(
      await t.get(`/v1/package/${body.packageId}?validAt=2020-01-01`),
      404,
      'not-found',
    );
  });

  it('is empty when nothing is recorded', async () => {
    const body = (await t.get('/v1/package?knownAt=-1')).json();
    expect(body).toMatchObject({ tasks: [], notUsed: [], plusServices: [], basis: [] });
    expect(body.asOf.knownAt).toBe(-1);
  });

  it('tells of one part', async () => {
    const part = await t.get('/v1/package-parts/wsw?validAt=2021-09-01');
    expect(part.json()).toMatchObject({ task: 'wsw', inPackage: true, notUsedBy: [] });
    expect(part.headers.etag).toBeDefined();
  });
});

describe('the two times', () => {
  it('take a sequence, a date or an instant', async () => {
    const head = t.ledger.head();
    for (const known of [
      String(head.sequence),
      '2026-01-02',
      head.recordedAt!,
      '2026-01-02T00:00:00+01:00',
    ])
      expect((await t.get(`/v1/rules?knownAt=${known}`)).statusCode, known).toBe(200);
    const open = (await t.get('/v1/rules?knownAt=2999-01-01')).json();
    expect(open.asOf.open).toBe(true);
  });

  it('are refused beyond the head or malformed', async () => {
    for (const known of ['9999', '-2', '1.5', '', 'x', '2026-02-30'])
      expectProblem(await t.get(`/v1/rules?knownAt=${known}`), 400, 'invalid');
    for (const valid of ['2021-02-30', '01-07-2021', '', '20210701'])
      expectProblem(await t.get(`/v1/rules?validAt=${valid}`), 400, 'invalid');
  });
});

describe('queries', () => {
  it('know their parameters, once each', async () => {
    const unknown = expectProblem(await t.get('/v1/rules?peildatum=2021-01-01'), 400, 'invalid');
    expect(unknown.detail).toContain('validAt, knownAt, with');
    expectProblem(await t.get('/v1/rules?validAt=2021-01-01&validAt=2021-01-01'), 400, 'invalid');
    expectProblem(await t.get('/v1/rules?validAt[]=2021-01-01'), 400, 'invalid');
    expectProblem(await t.get('/v1/rules?__proto__=1'), 400, 'invalid');
    expectProblem(await t.get('/v1/rules?with=all'), 400, 'invalid');
    expectProblem(await t.get('/v1/rules?validAt=%ED%A0%80'), 400, 'invalid');
    expectProblem(await t.get('/v1/rules?validAt=%'), 400, 'invalid');
    expectProblem(await t.get(`/v1/timeline?about=${'x'.repeat(5000)}`), 400, 'invalid');
  });
});

describe('events', () => {
  it('are CloudEvents in order, in pages', async () => {
    const all: { sequence: string; id: string }[] = [];
    let after = '-1';
    for (;;) {
      const reply = await t.get(`/v1/events?after=${after}&limit=200`);
      const page = reply.json<{ items: typeof all; next?: string }>();
      all.push(...page.items);
      if (page.next === undefined) break;
      after = page.next;
    }
    expect(all.map((e) => e.sequence)).toEqual(all.map((_, i) => String(i)));
    expect(all).toHaveLength(t.ledger.head().sequence + 1);
    expect(all[2]).toMatchObject({
      specversion: '1.0',
      source: 'urn:nld:oin:00000099000000000000:systeem:partnership-ledger',
      type: 'nl.participatiewet.member-joined',
      datacontenttype: 'application/json',
      data: { fact: { municipality: expect.any(String) }, actor: { office: 'registrar' } },
    });
    for (const event of all)
      for (const name of Object.keys(event)) expect(name).toMatch(/^[a-z0-9]{1,20}$/);
  });

  it('can be chosen by type, tag and moment', async () => {
    const joined = await items('/v1/events?type=nl.participatiewet.member-joined');
    expect(joined).toHaveLength(11);
    expect(await items('/v1/events?type=MemberJoined&tag=municipality:gm0828')).toHaveLength(1);
    expect(await items('/v1/events?knownAt=3')).toHaveLength(4);
    expectProblem(await t.get('/v1/events?type=Nope'), 400, 'invalid');
    expectProblem(await t.get('/v1/events?tag=nope'), 400, 'invalid');
    for (const limit of ['0', '1001', '-1', 'x', '1e2'])
      expectProblem(await t.get(`/v1/events?limit=${limit}`), 400, 'invalid');
    expect(await items('/v1/events?after=999999999999')).toEqual([]);
  });

  it('stand alone, plain or as CloudEvent', async () => {
    const [, second] = await items('/v1/events?limit=2');
    const id = String(second!.id);
    const one = await t.get(`/v1/events/${id}`);
    expect(one.json()).toMatchObject({ asOf: { knownAt: t.log.head().sequence }, ...second });
    expect(one.headers.etag).toBe('"1"');
    const bare = await t.inject({
      url: `/v1/events/${id}`,
      headers: { accept: 'application/cloudevents+json' },
    });
    expect(bare.json()).toEqual(second);
    expectProblem(await t.get(`/v1/events/${id}?knownAt=0`), 404, 'not-found');
    expectProblem(await t.get('/v1/events/x'), 400, 'invalid');
  });
});

describe('differences', () => {
  it('tell what changed, and by which events', async () => {
    const changes = await items('/v1/differences?of=members&from=2021-12-31&to=2022-01-01');
    const kinds = (change: string) => changes.filter((i) => i.change === change).length;
    expect([kinds('removed'), kinds('added'), kinds('changed')]).toEqual([7, 2, 0]);
    for (const change of changes) expect(change.causedBy).not.toEqual([]);
  });

  it('take points of both times, one thing, and filters', async () => {
    const known = (await t.get('/v1/differences?of=rules&from=2021-09-01@-1&to=2021-09-01')).json();
    expect(known.from).toMatchObject({ validAt: '2021-09-01', knownAt: -1 });
    for (const change of known.items) expect(change.change).toBe('added');
    const head = t.log.head().sequence;
    const all = await t.get(`/v1/differences?of=package&from=@-1&to=@${head}`);
    expect(all.statusCode).toBe(200);
    const one = (await t.get(`/v1/differences?of=rules/R2&from=@-1&to=@${head}`)).json();
    expect(one.items).toHaveLength(1);
    const of = encodeURIComponent('lump-sums?status=proposed');
    const filtered = (await t.get(`/v1/differences?of=${of}&from=@-1&to=@${head}`)).json();
    for (const item of filtered.items) expect(item.after.status).toBe('proposed');
  });

  it.each([
    'of=nope&from=2021-01-01&to=2021-01-02',
    'of=&from=2021-01-01&to=2021-01-02',
    'of=timeline&from=2021-01-01&to=2021-01-02',
    'of=members/gm0828/x&from=2021-01-01&to=2021-01-02',
    'of=package/x&from=2021-01-01&to=2021-01-02',
    'of=members/x&from=2021-01-01&to=2021-01-02',
    'of=members%3FvalidAt%3D2021-01-01&from=2021-01-01&to=2021-01-02',
    'of=members%3Fx%3D1&from=2021-01-01&to=2021-01-02',
    'of=members%25&from=2021-01-01&to=2021-01-02',
    'of=members&from=2021-01-01',
    'of=members&from=&to=2021-01-01',
    'of=members&from=@&to=2021-01-01',
    'of=members&from=12&to=2021-01-01',
    'of=members&from=2021-01-01@1@2&to=2021-01-01',
    'of=members&from=2021-01-01&to=2021-01-02&validAt=2021-01-01',
  ])('refuses %s', async (query) => {
    expectProblem(await t.get(`/v1/differences?${query}`), 400, 'invalid');
  });
});

describe('explanations', () => {
  it('give the same answer again from its events alone', async () => {
    for (const of of ['package', 'rules/R2', 'decisions', 'lump-sums']) {
      const body = (await t.get(`/v1/explanations?of=${of}&validAt=2021-09-01`)).json();
      expect(body.foldedAgain.same, of).toBe(true);
      expect(body.events.length, of).toBeGreaterThan(0);
      expect(body.asOf.validAt).toBe('2021-09-01');
    }
  });
});

describe('timeline', () => {
  it('goes by date, in pages', async () => {
    interface Page {
      readonly items: readonly { readonly validFrom: { readonly latest: string } }[];
      readonly next?: string;
    }
    const path = '/v1/timeline?from=2021-01-01&until=2022-01-01&limit=20';
    const first = (await t.get(path)).json<Page>();
    expect(first.items).toHaveLength(20);
    const second = (await t.get(`${path}&after=${first.next!}`)).json<Page>();
    const dates = [...first.items, ...second.items].map((i) => i.validFrom.latest);
    expect(dates).toEqual([...dates].sort());
    expect(dates.every((d) => d >= '2021-01-01' && d < '2022-01-01')).toBe(true);
    expect((await items('/v1/timeline?about=gm1982')).length).toBeGreaterThan(0);
    expectProblem(await t.get('/v1/timeline?from=2022-01-01&until=2021-01-01'), 400, 'invalid');
    expectProblem(await t.get('/v1/timeline?from=12'), 400, 'invalid');
  });
});
