import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { type Route, routes } from '../../src/http/commands.ts';
import { resources } from '../../src/http/resources/index.ts';
import { newKey } from '../support/ledger.ts';
import { fittingBody } from './shapes.ts';
import { expectProblem, historyApp, type TestApp } from './support.ts';

let t: TestApp;
let head: number;
beforeAll(async () => {
  t = await historyApp();
  head = t.ledger.head().sequence;
});
afterAll(() => {
  expect(t.reported).toEqual([]);
});

const member = { municipality: 'gm9999', name: 'Proef' };
const path = '/v1/members';

describe('bodies', () => {
  it.each([
    ['not JSON', '{'],
    ['two texts', '{}{}'],
    ['a comment', '{"a":1/**/}'],
    ['a trailing comma', '{"municipality":"gm9999","name":"x",}'],
    ['single quotes', "{'a':1}"],
    ['NaN', '{"a":NaN}'],
    ['a control character', '{"municipality":"gm9999","name":"a\u0001b"}'],
    ['a bad escape', '{"name":"\\x"}'],
    ['nothing', ''],
    ['blank', '  '],
    ['null', 'null'],
    ['a list', '[]'],
    ['text', '"x"'],
    ['a number', '1'],
    ['a byte order mark', '\ufeff{}'],
    ['a duplicate key', '{"municipality":"gm9999","municipality":"gm9998","name":"x"}'],
    ['a duplicate key, escaped', '{"name":"x","n\\u0061me":"y","municipality":"gm9999"}'],
    ['a duplicate key within', '{"evidence":[{"source":"a","source":"b"}]}'],
    ['__proto__', '{"__proto__":{"admin":true},"municipality":"gm9999","name":"x"}'],
    ['__proto__, escaped', '{"\\u005f_proto__":1}'],
    ['constructor', '{"constructor":{"prototype":{}},"municipality":"gm9999","name":"x"}'],
    ['a lone surrogate', '{"municipality":"gm9999","name":"\\ud800"}'],
    ['a lone surrogate as key', '{"\\udc00":1}'],
    ['a number past 2^53', '{"municipality":"gm9999","name":"x","z":9007199254740993}'],
    ['a very large number', '{"a":1e400}'],
    ['deep nesting', `{"a":${'['.repeat(40)}${']'.repeat(40)}}`],
    ['very deep nesting', '['.repeat(300_000)],
    ['an unknown field', '{"municipality":"gm9999","name":"x","extra":1}'],
    ['another type', '{"municipality":5,"name":"x"}'],
    ['text not in NFC', '{"municipality":"gm9999","name":"e\u0301"}'],
    ['an empty object', '{}'],
    ['a field of the envelope', '{"municipality":"gm9999","name":"x","correlation":"y"}'],
  ])('refuses %s', async (_, body) => {
    const reply = await t.post(path, body);
    const found = expectProblem(reply, 400, 'invalid');
    expect(found.detail).not.toMatch(/\b(expected|invalid input|unexpected token)\b/i);
  });

  it('refuses what is not UTF-8', async () => {
    const reply = await t.inject({
      method: 'POST',
      url: path,
      headers: { 'idempotency-key': newKey(), 'content-type': 'application/json' },
      payload: Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]),
    });
    expectProblem(reply, 400, 'invalid');
  });

  it.each([
    'text/plain',
    'application/xml',
    'application/json; charset=latin1',
    'multipart/form-data',
    'x',
    '',
  ])('refuses content of type %s', async (type) => {
    const reply = await t.inject({
      method: 'POST',
      url: path,
      headers: { 'idempotency-key': newKey(), 'content-type': type },
      payload: JSON.stringify(member),
    });
    expectProblem(reply, 415, 'unsupported-media-type');
  });

  it('refuses a body that is compressed', async () => {
    const reply = await t.post(path, member, { 'content-encoding': 'gzip' });
    expectProblem(reply, 415, 'unsupported-media-type');
  });

  it('refuses a body that is too large', async () => {
    const reply = await t.post(path, { ...member, name: 'x'.repeat(600_000) });
    expectProblem(reply, 413, 'too-large');
  });

  it('refuses an entry that is too large', async () => {
    const note = 'é'.repeat(2_000);
    const intendedResults = Array.from({ length: 40 }, () => note);
    const reply = await t.post('/v1/package', {
      until: '2032-01-01',
      validFrom: '2030-01-01',
      tasks: [{ task: 'x', title: 'x' }],
      intendedResults,
      decisionIds: ['01JZ0000000000000000000000'],
    });
    expect([409, 413]).toContain(reply.statusCode);
  });

  it('refuses a POST without a body', async () => {
    const reply = await t.inject({
      method: 'POST',
      url: path,
      headers: { 'idempotency-key': newKey() },
    });
    expectProblem(reply, 400, 'invalid');
  });
});

describe('addresses and methods', () => {
  it.each([
    '/v1/nope',
    '/v1',
    '/',
    '/v1/members/',
    '/v1//members',
    '/V1/members',
    '/v1/Members',
    '/v2/members',
  ])('%s is not there', async (url) => {
    expectProblem(await t.get(url), 404, 'not-found');
  });

  it.each(['/v1/%ED%A0%80', '/v1/members/%', '/v1/members/%zz'])('%s is malformed', async (url) => {
    expectProblem(await t.get(url), 400, 'invalid');
  });

  it.each(['..', '%2e%2e%2fetc%2fpasswd', '%00', 'gm0828%00', 'a'.repeat(400), 'a'.repeat(9000)])(
    'no member is called %s',
    async (id) => {
      const reply = await t.get(`/v1/members/${id}`);
      expect([400, 404]).toContain(reply.statusCode);
      expectProblem(reply, reply.statusCode, String(reply.json().code));
    },
  );

  it('tells which methods are allowed', async () => {
    const wrong = await t.inject({ method: 'DELETE', url: path });
    expectProblem(wrong, 405, 'method-not-allowed');
    expect(wrong.headers.allow).toBe('GET, HEAD, POST, OPTIONS');
    expectProblem(
      await t.inject({ method: 'PUT', url: '/v1/members/gm0828' }),
      405,
      'method-not-allowed',
    );
    expectProblem(
      await t.inject({ method: 'POST', url: '/v1/package-parts/x' }),
      405,
      'method-not-allowed',
    );
    expectProblem(await t.inject({ method: 'PATCH', url: '/v1/nope' }), 404, 'not-found');
    const options = await t.inject({ method: 'OPTIONS', url: path });
    expect([options.statusCode, options.headers.allow]).toEqual([204, 'GET, HEAD, POST, OPTIONS']);
    const only = await t.inject({ method: 'HEAD', url: path });
    expect([only.statusCode, only.body]).toEqual([200, '']);
  });

  it('has the common headers everywhere', async () => {
    for (const url of [path, '/v1/nope', '/v1/%', '/docs', '/v1/openapi.json', '/health/live']) {
      const { headers } = await t.get(url);
      expect(headers, url).toMatchObject({
        'api-version': '1.2.3',
        'cache-control': 'no-store',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
      });
      expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
      expect(headers['strict-transport-security']).toContain('max-age=');
    }
  });
});

describe('whatever is sent', () => {
  const json = fc.jsonValue({ maxDepth: 4, noUnicodeString: false });
  const fields = [...new Set(routes.flatMap((r) => Object.keys(r.body.shape)))];
  const value = fc.oneof(
    json,
    fc.constantFrom(
      'gm0828',
      '2021-07-01',
      '01JZ0000000000000000000000',
      'R2',
      'stuurgroep',
      1,
      2023,
    ),
  );
  const body = fc.oneof(json, fc.dictionary(fc.constantFrom(...fields), value, { maxKeys: 12 }));

  it('as a body, the answer is 201 or 4xx', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: routes.length - 1 }), body, async (index, sent) => {
        const route = routes[index]!;
        const url = route.url.replace(/:\w+/g, '01JZ0000000000000000000000');
        const reply = await t.post(url, sent, { 'if-match': '"1"' });
        expect([201, 400, 404, 409, 412, 413]).toContain(reply.statusCode);
      }),
      { numRuns: 1_000 },
    );
    expect(t.ledger.head().sequence).toBeGreaterThanOrEqual(head);
  });

  const versionOf = async (route: Route, fields: Record<string, unknown>): Promise<number> => {
    const { body, thing } = route.command;
    const parsed = body.safeParse(fields);
    return parsed.success && thing !== undefined
      ? t.ledger.version(thing(parsed.data), t.ledger.head().sequence)
      : -1;
  };

  it('as a body that fits, the answer is 201 or 4xx', { timeout: 120_000 }, async () => {
    const known = new Set<string>(['R1', 'R2', 'R7', 'stuurgroep', 'wsw']);
    for (const { entry } of await t.log.read('all'))
      for (const value of Object.values({ ...entry.data, id: entry.id }))
        if (typeof value === 'string' && value.length < 40) known.add(value);
    const some = [...known];
    const sent = fc
      .nat({ max: routes.length - 1 })
      .chain((index) =>
        fc.record({ index: fc.constant(index), body: fittingBody(routes[index]!.body, some) }),
      );
    let recorded = 0;
    await fc.assert(
      fc.asyncProperty(sent, async ({ index, body }) => {
        const route = routes[index]!;
        const fields = body as Record<string, unknown>;
        const url = route.url.replace(/:(\w+)/g, (_, name: string) => {
          const value = fields[name];
          return encodeURIComponent(typeof value === 'string' ? value : some[index]!);
        });
        const match = await versionOf(route, fields);
        const reply = await t.post(url, fields, { 'if-match': `"${match}"` });
        expect([201, 400, 404, 409, 412, 413], reply.body).toContain(reply.statusCode);
        if (reply.statusCode === 201) recorded += 1;
      }),
      { numRuns: 3_000 },
    );
    expect(recorded).toBeGreaterThan(0);
    for (const { path: question } of resources)
      expect((await t.get(`/v1/${question}?with=basis`)).statusCode).toBe(200);
  });

  it('as text, the answer is 4xx', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 200 }), async (sent) => {
        const reply = await t.post(path, sent);
        expect(reply.statusCode).toBe(400);
      }),
      { numRuns: 500 },
    );
  });

  const reads = [
    ...resources.flatMap((r) => [`/v1/${r.path}`, `/v1/${r.path}/x`]),
    ...['package', 'differences', 'explanations', 'timeline', 'events'].map((p) => `/v1/${p}`),
  ];
  const names = [
    'validAt',
    'knownAt',
    'with',
    'of',
    'from',
    'to',
    'after',
    'limit',
    'type',
    'tag',
    'about',
    'until',
    'status',
  ];
  const word = fc.oneof(
    fc.string({ maxLength: 40 }).map((s) => encodeURIComponent(s.toWellFormed())),
    fc.string({ maxLength: 40 }).map((s) => s.replace(/[#\s]/g, '')),
    fc.constantFrom('2021-09-01', '12', '-1', 'basis', 'members', 'package', '2021-09-01@3', '@5'),
  );
  const query = fc
    .array(fc.tuple(fc.oneof(fc.constantFrom(...names), word), word), { maxLength: 5 })
    .map((pairs) => pairs.map(([name, v]) => `${name}=${v}`).join('&'));

  it('as a question, the answer is 200 or 4xx', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...reads), query, async (url, text) => {
        const reply = await t.inject({ url: `${url}?${text}` });
        expect([200, 400, 404]).toContain(reply.statusCode);
      }),
      { numRuns: 1_500 },
    );
  });

  it('as an address, the answer is 4xx', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ maxLength: 60 }), async (text) => {
        const reply = await t.inject({ url: `/v1/x${text.toWellFormed()}` });
        expect([400, 404]).toContain(reply.statusCode);
      }),
      { numRuns: 500 },
    );
  });
});

describe('below HTTP', () => {
  let port: number;
  beforeAll(async () => {
    port = Number(new URL(await t.app.listen({ port: 0, host: '127.0.0.1' })).port);
  });
  afterAll(() => t.app.close());

  const send = (text: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => socket.write(text));
      let received = '';
      socket.on('data', (chunk) => (received += chunk.toString()));
      socket.on('close', () => resolve(received));
      socket.on('error', reject);
    });

  it.each([
    ['431', `GET /v1/members HTTP/1.1\r\nHost: x\r\nX: ${'a'.repeat(40_000)}\r\n\r\n`],
    ['431', `GET /v1/members?validAt=${'1'.repeat(40_000)} HTTP/1.1\r\nHost: x\r\n\r\n`],
    ['400', 'NOPE NOPE NOPE\r\n\r\n'],
    ['400', 'FOO /v1/members HTTP/1.1\r\nHost: x\r\n\r\n'],
    ['400', 'GET /v1/members HTTP/1.1\r\nConnection: close\r\n\r\n'],
    [
      '400',
      'GET /v1/members HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
    ],
  ])('answers %s', async (status, text) => {
    const reply = await send(text);
    expect(reply).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  });
});
