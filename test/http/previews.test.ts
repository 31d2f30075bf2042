/** Previews and changes over HTTP: what a proposal would do, and what each event did. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes } from '../../src/http/commands.ts';
import { ulidOf } from '../../src/ledger/import.ts';
import { fittingBody } from './shapes.ts';
import { expectProblem, historyApp, type TestApp } from './support.ts';

type Fields = Readonly<Record<string, unknown>>;
interface Change extends Fields {
  readonly question: string;
  readonly thing: string;
  readonly change: string;
  readonly before: Fields | null;
  readonly after: Fields | null;
  readonly causedBy: readonly string[];
}
interface Preview {
  readonly asOf: Fields;
  readonly items: readonly Change[];
  readonly also: readonly Change[];
  readonly events: readonly Fields[];
}

let t: TestApp;
let head: number;
beforeAll(async () => {
  t = await historyApp();
  head = t.ledger.head().sequence;
});
afterAll(() => {
  expect(t.reported).toEqual([]);
  expect(t.ledger.head().sequence).toBe(head);
});

const items = async <T = Fields>(path: string): Promise<readonly T[]> =>
  (await t.get(path)).json<{ items: readonly T[] }>().items;
const member = (municipality: string) => ({
  command: 'join-member',
  body: { municipality, name: 'Proef' },
});
const post = (body: unknown) =>
  t.inject({
    method: 'POST',
    url: '/v1/previews',
    headers: { 'content-type': 'application/json' },
    payload: typeof body === 'string' ? body : JSON.stringify(body),
  });

describe('adopting the proposal for 2025 – 2026 as published', () => {
  const lumpSumId = ulidOf('lump-sum-2025-2026');
  const budgetId = '01JZ0000000000000000000001';
  const decisionId = '01JZ0000000000000000000002';
  const determine = async (more: object) => {
    const [event] = await items('/v1/events?type=LumpSumProposed');
    const { from, until, years, keyId } = (event as { data: { fact: Fields } }).data.fact;
    return {
      command: 'determine-lump-sum',
      body: { lumpSumId, from, until, years, keyId, decisionIds: [decisionId], ...more },
      validFrom: '2026-12-31',
    };
  };
  const decided = [
    {
      command: 'propose-decision',
      body: { decisionId, title: 'Lumpsum 2025 – 2026', needsAdoptionBy: [], organs: [] },
      validFrom: '2026-12-01',
    },
    {
      command: 'advise-decision',
      body: { decisionId, body: 'stuurgroep', outcome: 'positive' },
      validFrom: '2026-12-02',
    },
    {
      command: 'decide-decision',
      body: { decisionId, body: 'bestuurlijk-overleg' },
      validFrom: '2026-12-03',
    },
  ];

  it('is refused without a reference to a budget of IBN, by R6', async () => {
    const reply = await post({ commands: [...decided, await determine({})], of: 'lump-sums' });
    const body = expectProblem(reply, 409, 'rule');
    expect(body).toMatchObject({
      rule: 'R6',
      decision: expect.any(String),
      errors: [{ pointer: '/commands/3', detail: body.detail }],
    });
  });

  it('with one, it is determined, and the tables that do not add up stay findings', async () => {
    const budget = {
      command: 'adopt-budget',
      body: { budgetId, year: 2025, title: 'Begroting 2025' },
      validFrom: '2026-12-01',
    };
    const commands = [...decided, budget, await determine({ budgetId })];
    const reply = await post({ commands, of: 'lump-sums', validAt: '2026-12-31' });
    expect(reply.statusCode, reply.body).toBe(200);
    const { items, also, events, asOf } = reply.json<Preview>();
    expect(asOf).toMatchObject({ validAt: '2026-12-31', knownAt: head });
    expect(items).toMatchObject([
      {
        question: 'lump-sums',
        thing: lumpSumId,
        change: 'changed',
        before: { status: 'proposed' },
        after: { status: 'determined' },
      },
    ]);
    for (const cause of items[0]!.causedBy) expect(cause).toMatch(/^preview:\d+$/);
    expect(also.filter((f) => f.after?.kind === 'rows-differ-from-total')).toHaveLength(2);
    // What was found in the proposal is settled, by events of which it says so.
    const settled = also.filter((f) => f.change === 'removed').map((f) => f.causedBy);
    const settling = events.filter((e) => e.type === 'FindingResolved').map((e) => e.eventId);
    expect(settled.flat().toSorted()).toEqual(settling.toSorted());
    expect(settled.map((causes) => causes.length)).toEqual([1, 1, 1]);
    expect(events.map((e) => e.eventId)).toEqual(events.map((_, i) => `preview:${i + 1}`));
    const shown = await t.get(`/v1/lump-sums/${lumpSumId}?validAt=2026-12-31`);
    expect(shown.json().status).toBe('proposed');
  });
});

describe('a preview', () => {
  it('needs no key, and tells of every question unless one is named', async () => {
    const told = (await post({ commands: [member('gm9999')] })).json<Preview>();
    expect(told.items.map((i) => [i.question, i.thing])).toEqual([['members', 'gm9999']]);
    const other = (await post({ commands: [member('gm9999')], of: 'rules' })).json<
      Preview & { of: string }
    >();
    expect(other).toMatchObject({ of: 'rules', items: [] });
    // A member without a seat is a finding in each body, also when it is only tried.
    const findings = other.also.filter(
      ({ after }) => (after as { kind?: string } | null)?.kind === 'member-not-represented',
    );
    expect(findings.length).toBeGreaterThan(0);
    for (const finding of findings)
      expect(finding).toMatchObject({ question: 'findings', causedBy: ['preview:1'] });
    // And the criteria say what is missing for it.
    expect(other.also.map((change) => change.question)).toContain('compliance');
    const gone = (await post({ commands: [member('gm9999')], of: 'members/gm0828' })).json();
    expect(gone.items).toEqual([]);
  });

  it.each([
    ['no commands', { commands: [] }, '/commands'],
    ['no list', { commands: {} }, '/commands'],
    ['nothing', {}, '/commands'],
    ['an unknown field', { commands: [member('gm9999')], x: 1 }, ''],
    ['an unknown command', { commands: [{ command: 'x', body: {} }] }, '/commands/0/command'],
    ['no command', { commands: [{ body: {} }] }, '/commands/0/command'],
    ['no body', { commands: [{ command: 'join-member' }] }, '/commands/0/body'],
    ['a list as body', { commands: [{ command: 'join-member', body: [] }] }, '/commands/0/body'],
    ['a key', { commands: [{ ...member('gm9999'), key: 'x' }] }, '/commands/0'],
    [
      'a wrong day',
      { commands: [{ ...member('gm9999'), validFrom: 'x' }] },
      '/commands/0/validFrom',
    ],
    [
      'no evidence',
      { commands: [{ ...member('gm9999'), mode: 'register' }] },
      '/commands/0/evidence',
    ],
    ['a field amiss', { commands: [member('x')] }, '/commands/0/body/municipality'],
    ['an unknown question', { commands: [member('gm9999')], of: 'nope' }, '/of'],
    ['a malformed question', { commands: [member('gm9999')], of: 'members%' }, '/of'],
    ['an empty question', { commands: [member('gm9999')], of: '' }, '/of'],
    ['a question of another type', { commands: [member('gm9999')], of: 5 }, '/of'],
    [
      'two times in the question',
      { commands: [member('gm9999')], of: 'rules?validAt=2021-01-01' },
      '/of',
    ],
    ['a wrong date', { commands: [member('gm9999')], validAt: '2021-02-30' }, '/validAt'],
    [
      'fifty-one commands',
      { commands: Array.from({ length: 51 }, () => member('gm9999')) },
      '/commands',
    ],
    ['a list', [], ''],
    ['null', 'null', ''],
    ['no JSON', '{', ''],
  ])('refuses %s', async (_, body, pointer) => {
    const found = expectProblem(await post(body), 400, 'invalid');
    expect(found.detail).not.toMatch(/\b(expected|invalid|required|too big)\b/i);
    expect((found.errors as readonly Fields[]).map((e) => e.pointer)).toContain(pointer);
  });

  it('refuses what is too large, another type, and parameters', async () => {
    const large = { commands: [{ ...member('gm9999'), body: { name: 'x'.repeat(10_000_000) } }] };
    expectProblem(await post(large), 413, 'too-large');
    const reply = await t.inject({
      method: 'POST',
      url: '/v1/previews',
      headers: { 'content-type': 'text/plain' },
      payload: 'x',
    });
    expectProblem(reply, 415, 'unsupported-media-type');
    expectProblem(
      await t.post('/v1/previews?of=rules', { commands: [member('gm9999')] }),
      400,
      'invalid',
    );
    expectProblem(await t.get('/v1/previews'), 405, 'method-not-allowed');
  });

  it('whatever is sent in, is told or refused', async () => {
    const known = ['gm0828', 'R2', ulidOf('decision-3'), ulidOf('lump-sum-2025-2026')];
    const commands = fc.oneof(
      ...routes.map(({ name, body }) =>
        fittingBody(body, known).map((fields) => {
          const { mode, validFrom, evidence, ...rest } = fields as Fields;
          return { command: name, body: rest, mode, validFrom, evidence };
        }),
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(commands, { minLength: 1, maxLength: 3 }), async (list) => {
        const reply = await post({ commands: list });
        expect([200, 400, 404, 409, 413], reply.body).toContain(reply.statusCode);
        if (reply.statusCode === 200) return;
        const [flaw] = reply.json().errors;
        // A number that JSON cannot carry is met before anything else is read.
        if (flaw.pointer === '') expect(flaw.detail).toMatch(/te groot/);
        else expect(flaw.pointer).toMatch(/^\/commands\/[0-2]/);
      }),
      { numRuns: 300 },
    );
  });
});

describe('changes', () => {
  interface Page {
    readonly items: readonly (Fields & { readonly changes: readonly Change[] })[];
    readonly next?: string;
  }
  const page = async (query: string) => {
    const reply = await t.get(`/v1/changes?${query}`);
    expect(reply.statusCode, reply.body).toBe(200);
    return reply.json<Page>();
  };

  it('are those between an event and the one before, on its own day', async () => {
    for (const { sequence, validAt, changes } of (await page('after=20&upTo=60')).items) {
      const found = [];
      for (const of of new Set(changes.map((c) => c.question))) {
        const from = `${String(validAt)}@${Number(sequence) - 1}`;
        const to = `${String(validAt)}@${String(sequence)}`;
        const changed = await items<Change>(`/v1/differences?of=${of}&from=${from}&to=${to}`);
        found.push(...changed.map(({ causedBy: _, ...rest }) => rest));
      }
      // The list of members leaves out those that went into another.
      const shown = changes.filter((c) => c.question !== 'members');
      expect(found.filter((c) => c.question !== 'members')).toEqual(shown);
    }
  });

  it('come in pages that follow on each other', async () => {
    const all = await page('after=-1&limit=1000');
    expect(all.items.map((e) => e.sequence)).toEqual(Array.from({ length: head + 1 }, (_, i) => i));
    expect(all.next).toBeUndefined();
    const first = await page('after=9&limit=5');
    expect(first.items.map((e) => e.sequence)).toEqual([10, 11, 12, 13, 14]);
    const second = await page(`after=${first.next}&limit=5`);
    expect(second.items).toEqual(all.items.slice(15, 20));
  });

  it('may be of some things, or of one question only', async () => {
    const oss = await page('about=gm0828&limit=1000');
    expect(oss.items.length).toBeGreaterThan(3);
    expect(oss.items.length).toBeLessThan(200);
    const sums = await page('of=lump-sums&limit=1000');
    expect(sums.items.length).toBeGreaterThan(2);
    for (const { changes } of sums.items) {
      expect(changes.length).toBeGreaterThan(0);
      for (const change of changes) expect(change.question).toBe('lump-sums');
    }
    const then = await page('of=rules/R7&validAt=2021-06-30');
    expect(then.items).toEqual([]);
  });

  it('do not change through what comes after', async () => {
    const { items } = await page('after=100&limit=20&knownAt=120');
    expect(items).toEqual((await page('after=100&upTo=120')).items);
  });

  it.each([
    'after=x',
    'upTo=-2',
    'limit=0',
    'of=nope',
    'about=',
    'x=1',
    'validAt=1',
    'knownAt=9999',
  ])('refuses %s', async (query) => {
    expectProblem(await t.get(`/v1/changes?${query}`), 400, 'invalid');
  });
});
