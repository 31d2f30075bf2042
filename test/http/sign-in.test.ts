/** Signing in: once by a link, at a real identity provider, out for good; limits. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { identityProvider } from '../../src/host/oidc.ts';
import { ProblemError } from '../../src/ledger/errors.ts';
import { type TestLedger, testLedger } from '../support/ledger.ts';
import { guarded, type Guarded } from './access-support.ts';

const origin = 'http://127.0.0.1:8470';
const agent = { 'user-agent': 'A browser' };
const form = { 'content-type': 'application/x-www-form-urlencoded', ...agent };

let made: TestLedger;
let t: Guarded;
beforeEach(async () => {
  made = await testLedger();
  t = await guarded(made);
});
afterEach(async () => {
  expect(t.reported).toEqual([]);
  await t.close();
});

type Reply = Awaited<ReturnType<Guarded['ask']>>;

const makeLink = (payload?: object): Promise<Reply> =>
  t.ask('local', { method: 'POST', url: '/v1/sign-in-links', ...(payload && { payload }) });
const link = async (payload?: object): Promise<string> =>
  (await makeLink(payload)).json<{ link: string }>().link;
const codeIn = (address: string): string => new URL(address).searchParams.get('code') ?? '';

const send = (url: string, fields: Record<string, string>, headers: object = {}): Promise<Reply> =>
  t.ask('public', {
    method: 'POST',
    url,
    headers: { ...form, ...headers },
    payload: new URLSearchParams(fields).toString(),
  });

const cookieOf = (reply: Reply): string => {
  const cookies = [reply.headers['set-cookie'] ?? []].flat();
  return cookies.find((text) => text.includes('session='))?.split(';', 1)[0] ?? '';
};

const signedIn = async (): Promise<{ cookie: string; csrf: string }> => {
  const cookie = cookieOf(await send('/aanmelden', { code: codeIn(await link()) }));
  const page = await t.ask('public', { url: '/aanmelden', headers: { ...agent, cookie } });
  return { cookie, csrf: /name="csrf" value="([^"]+)"/.exec(page.body)?.[1] ?? '' };
};

const tokensAs = (headers: Record<string, string>): Promise<Reply> =>
  t.ask('public', { url: '/v1/tokens', headers: { ...agent, ...headers } });

describe('a link', () => {
  it('shows a page first, and signs an administrator in when its form is sent', async () => {
    const code = codeIn(await link());
    const page = await t.ask('public', { url: `/aanmelden?code=${code}` });
    expect(page.statusCode).toBe(200);
    expect(page.headers['set-cookie']).toBeUndefined();
    const reply = await send('/aanmelden', { code });
    expect([reply.statusCode, reply.headers.location]).toEqual([303, '/aanmelden']);
    expect(String(reply.headers['set-cookie'])).toMatch(
      /^ledger-session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=28800$/,
    );
    expect((await tokensAs({ cookie: cookieOf(reply) })).statusCode).toBe(200);
  });

  it('works once, for an hour, and until another is made', async () => {
    const code = codeIn(await link());
    expect((await send('/aanmelden', { code })).statusCode).toBe(303);
    expect((await send('/aanmelden', { code })).statusCode).toBe(403);
    const before = codeIn(await link());
    const after = codeIn(await link());
    expect((await send('/aanmelden', { code: before })).statusCode).toBe(403);
    t.later(60 * 60_000 + 1);
    expect((await send('/aanmelden', { code: after })).statusCode).toBe(403);
  });

  it('is worth nothing, and neither is a session, when the clock was set back far', async () => {
    const cookie = cookieOf(await send('/aanmelden', { code: codeIn(await link()) }));
    const code = codeIn(await link());
    t.later(-2_000);
    expect((await tokensAs({ cookie })).statusCode).toBe(200);
    t.later(-366 * 24 * 60 * 60_000);
    expect((await tokensAs({ cookie })).statusCode).toBe(404);
    expect((await send('/aanmelden', { code })).statusCode).toBe(403);
  });

  it('lets a registrar in, who records under an id of his or her own', async () => {
    const record = async (as: string) => {
      const code = codeIn(await link({ role: 'registrar', as }));
      const cookie = cookieOf(await send('/aanmelden', { code }));
      const page = await t.ask('public', { url: '/aanmelden', headers: { ...agent, cookie } });
      const csrf = /name="csrf" value="([^"]+)"/.exec(page.body)?.[1] ?? '';
      const headers = { ...agent, cookie, 'x-csrf-token': csrf };
      const payload = { kind: 'meeting', title: 'Overleg', about: [] };
      const reply = await t.ask('public', {
        method: 'POST',
        url: '/v1/occurrences',
        headers,
        payload,
      });
      expect(reply.statusCode, reply.body).toBe(201);
      return (await made.log.read('all')).at(-1)!.entry.actor;
    };
    const [anna, bram, again] = [await record('anna'), await record('bram'), await record('anna')];
    expect(anna).toMatchObject({ office: 'registrar' });
    expect(bram.id).not.toBe(anna.id);
    expect(again.id).toBe(anna.id);
    expect(JSON.stringify(await made.log.read('all'))).not.toContain('anna');
  });

  it('is taken back with the sessions that came of it, of one person or of all', async () => {
    const signOut = async (payload?: object) =>
      t.ask('local', { method: 'POST', url: '/v1/sign-outs', ...(payload && { payload }) });
    const enter = async (as: string): Promise<string> => {
      const code = codeIn(await link({ role: 'registrar', as }));
      return cookieOf(await send('/aanmelden', { code }));
    };
    const isIn = async (cookie: string): Promise<boolean> => {
      const page = await t.ask('public', { url: '/aanmelden', headers: { ...agent, cookie } });
      return page.body.includes('/afmelden');
    };
    const [anna, bram] = [await enter('anna'), await enter('bram')];
    const unused = codeIn(await link({ role: 'registrar', as: 'anna' }));
    expect((await signOut({ role: 'registrar', as: 'anna' })).json()).toEqual({ ended: 1 });
    expect([await isIn(anna), await isIn(bram)]).toEqual([false, true]);
    expect((await send('/aanmelden', { code: unused })).statusCode).toBe(403);
    expect((await signOut({ role: 'registrar' })).json()).toMatchObject({
      errors: [{ pointer: '/as' }],
    });
    expect((await signOut({ as: 'bram' })).json()).toMatchObject({
      errors: [{ pointer: '/role' }],
    });
    expect(await isIn(bram)).toBe(true);
    expect((await signOut()).json()).toEqual({ ended: 1 });
    expect(await isIn(bram)).toBe(false);
  });

  it('is not made for a program, for nobody, or for a municipality without its code', async () => {
    for (const [payload, pointer] of [
      [{ role: 'service', as: 'x' }, '/role'],
      [{ role: 'local', as: 'x' }, '/role'],
      [{ role: 'registrar' }, '/as'],
      [{ role: 'registrar', as: 'Anna de Vries' }, '/as'],
      [{ role: 'municipality', as: 'x' }, '/municipality'],
      [{ role: 'auditor', as: 'x', municipality: 'gm0828' }, '/municipality'],
    ] as const) {
      const reply = await makeLink(payload);
      expect([reply.statusCode, reply.json<{ errors: object[] }>().errors]).toEqual([
        400,
        [expect.objectContaining({ pointer })],
      ]);
    }
  });

  it('is not taken from a form on another site', async () => {
    const code = codeIn(await link());
    for (const headers of [
      { 'sec-fetch-site': 'cross-site' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: 'null', 'sec-fetch-site': 'cross-site' },
    ])
      expect((await send('/aanmelden', { code }, headers)).statusCode).toBe(403);
    expect((await send('/aanmelden', { code: 'x' })).statusCode).toBe(400);
    expect((await send('/aanmelden', {})).statusCode).toBe(400);
  });

  it('is taken as a browser sends our own form, of which it hides the origin', async () => {
    const headers = { origin: 'null', 'sec-fetch-site': 'same-origin' };
    expect((await send('/aanmelden', { code: codeIn(await link()) }, headers)).statusCode).toBe(
      303,
    );
  });

  it('over TLS sets a cookie that only TLS and this host get', async () => {
    await t.close();
    t = await guarded(await testLedger(), { url: 'https://ledger.example', proxied: true });
    const reply = await send('/aanmelden', { code: codeIn(await link()) });
    expect(String(reply.headers['set-cookie'])).toMatch(/^__Host-ledger-session=.*; Secure$/);
    expect((await tokensAs({ cookie: cookieOf(reply) })).statusCode).toBe(200);
  });
});

describe('what is refused to a browser', () => {
  const accept = 'text/html,application/xhtml+xml,*/*;q=0.8';

  it.each([
    ['a link that is none', 'GET', '/aanmelden?code=x', {}, 400, '/aanmelden'],
    ['a form without its code', 'POST', '/aanmelden', {}, 400, '/aanmelden'],
    ['a used or expired link', 'POST', '/aanmelden', { code: 'a'.repeat(43) }, 403, '/aanmelden'],
    ['a form to sign out without its token', 'POST', '/afmelden', {}, 400, '/aanmelden'],
    ['the form of somebody else', 'POST', '/afmelden', { csrf: 'x' }, 403, '/aanmelden'],
    ['a proof of nothing', 'GET', '/tlog/checkpoint/999999', {}, 404, '/'],
    ['an address that cannot be read', 'GET', '/besluiten/%', {}, 400, '/'],
    ['an address that is none', 'POST', '/zomaar', {}, 404, '/'],
  ] as const)('is told as a page: %s', async (_, method, url, fields, status, on) => {
    const body = new URLSearchParams(fields).toString();
    const reply = await t.ask('public', {
      ...{ method, url, headers: { ...(method === 'POST' ? form : agent), accept } },
      ...(method === 'POST' && { payload: body }),
    });
    expect([reply.statusCode, reply.headers['content-type']]).toEqual([
      status,
      'text/html; charset=utf-8',
    ]);
    expect(reply.headers['content-security-policy']).toContain("style-src 'self'");
    expect(reply.body).toMatch(/<h1 [^>]+>[^<]+<\/h1>/);
    expect(reply.body).toContain(`href="${on}"`);
    expect(reply.body).not.toMatch(/csrf|pointer|problem/);
  });

  it('is told as a problem in the API, also there', async () => {
    const reply = await t.ask('public', { url: '/v1/nothing', headers: { ...agent, accept } });
    expect(reply.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  });
});

describe('a session', () => {
  it('ends for good when its form says so, and not without the token of the form', async () => {
    const { cookie, csrf } = await signedIn();
    expect((await send('/afmelden', { csrf: 'x' }, { cookie })).statusCode).toBe(403);
    expect((await send('/afmelden', {}, { cookie })).statusCode).toBe(400);
    expect((await send('/afmelden', { csrf })).statusCode).toBe(403);
    expect((await tokensAs({ cookie })).statusCode).toBe(200);
    expect((await send('/afmelden', { csrf }, { cookie })).statusCode).toBe(303);
    expect((await tokensAs({ cookie })).statusCode).toBe(404);
  });

  it('does nothing on a request that any site could make it send', async () => {
    const { cookie, csrf } = await signedIn();
    const create = (headers: object) =>
      t.ask('public', {
        method: 'POST',
        url: '/v1/tokens',
        headers: { ...agent, cookie, ...headers },
        payload: { role: 'auditor', expires: '2999-12-31' },
      });
    expect((await create({})).statusCode).toBe(403);
    expect((await create({ 'x-csrf-token': 'x' })).statusCode).toBe(403);
    expect((await create({ 'x-csrf-token': csrf })).statusCode).toBe(201);
  });

  it('opens nothing, and notes no look, when another site sends somebody here', async () => {
    const code = codeIn(await link({ role: 'ibn', as: 'anna' }));
    const cookie = cookieOf(await send('/aanmelden', { code }));
    const open = (site?: string) =>
      t.ask('public', {
        url: '/v1/referrals?opened=true&purpose=audit',
        headers: { ...agent, cookie, ...(site === undefined ? {} : { 'sec-fetch-site': site }) },
      });
    for (const site of ['cross-site', 'same-site']) expect((await open(site)).statusCode).toBe(403);
    for (const site of ['same-origin', 'none', undefined])
      expect((await open(site)).statusCode).toBe(200);
  });

  it('is bound to its browser, and ends when it is left alone or old', async () => {
    const { cookie } = await signedIn();
    expect((await tokensAs({ cookie, 'user-agent': 'Another' })).statusCode).toBe(404);
    t.later(29 * 60_000);
    expect((await tokensAs({ cookie })).statusCode).toBe(200);
    t.later(31 * 60_000);
    expect((await tokensAs({ cookie })).statusCode).toBe(404);
    const again = await signedIn();
    for (let minutes = 0; minutes < 8 * 60; minutes += 20) {
      expect((await tokensAs({ cookie: again.cookie })).statusCode).toBe(200);
      t.later(20 * 60_000);
    }
    t.later(1);
    expect((await tokensAs({ cookie: again.cookie })).statusCode).toBe(404);
  });

  it('is nobody’s when the cookie is made up, or stands there twice', async () => {
    const { cookie } = await signedIn();
    for (const wrong of [
      `ledger-session=${'A'.repeat(43)}`,
      `${cookie}; ${cookie}`,
      'ledger-session=',
    ])
      expect((await tokensAs({ cookie: wrong })).statusCode).toBe(404);
  });
});

describe('tokens', () => {
  const create = (payload: object) =>
    t.ask('local', { method: 'POST', url: '/v1/tokens', payload });

  it('are made, listed and revoked, at once', async () => {
    const made = await create({ role: 'auditor', expires: '2999-12-31', note: 'rekenkamer' });
    const { token, tokenId } = made.json<{ token: string; tokenId: string }>();
    const headers = { authorization: `Bearer ${token}` };
    expect((await t.ask('public', { url: '/v1/payments', headers })).statusCode).toBe(200);
    const list = await t.ask('local', { url: '/v1/tokens' });
    expect(list.body).toContain('rekenkamer');
    expect(list.body).not.toContain(token.slice(-43));
    await t.ask('local', { method: 'POST', url: `/v1/tokens/${tokenId}/_revoke` });
    const after = await t.ask('public', { url: '/v1/members', headers });
    expect(after.statusCode).toBe(401);
    expect(after.headers['www-authenticate']).toContain('error="invalid_token"');
  });

  it.each([
    { role: 'local', expires: '2999-12-31' },
    { role: 'public', expires: '2999-12-31' },
    { role: 'municipality', expires: '2999-12-31' },
    { role: 'auditor', municipality: 'gm0828', expires: '2999-12-31' },
    { role: 'auditor', types: ['PaymentMade'], expires: '2999-12-31' },
    { role: 'service', types: ['Nope'], expires: '2999-12-31' },
    { role: 'auditor', expires: '2025-12-31' },
    { role: 'auditor' },
    {},
    [],
  ])('are not made of %j', async (payload) => {
    expect((await create(payload)).statusCode).toBe(400);
  });

  it('of a service see the types that they name, and no persons', async () => {
    const made = await create({ role: 'service', types: ['MemberJoined'], expires: '2999-12-31' });
    const { token } = made.json<{ token: string }>();
    for (const [name, municipality] of [
      ['Oss', 'gm0828'],
      ['Boekel', 'gm0755'],
    ])
      await t.ask('local', { method: 'POST', url: '/v1/members', payload: { name, municipality } });
    const headers = { authorization: `Bearer ${token}` };
    const { items } = (await t.ask('public', { url: '/v1/events', headers })).json<{
      items: { type: string }[];
    }>();
    expect(items.map(({ type }) => type)).toEqual([
      'nl.participatiewet.member-joined',
      'nl.participatiewet.member-joined',
    ]);
  });
});

describe('what is sent too often', () => {
  const ask = (headers: Record<string, string> = {}) =>
    t.ask('public', { url: '/v1/members', headers });
  beforeEach(async () => {
    await t.close();
    t = await guarded(await testLedger(), { perMinute: 60 });
  });

  it('waits, per address and per token, and says how long', async () => {
    for (let i = 0; i < 60; i += 1) expect((await ask()).statusCode).toBe(200);
    const refused = await ask();
    expect([refused.statusCode, refused.headers['retry-after']]).toEqual([429, '1']);
    expect((await t.ask('registrar', { url: '/v1/members' })).statusCode).toBe(200);
    expect((await t.ask('auditor', { url: '/v1/members' })).statusCode).toBe(200);
    t.later(1_000);
    expect((await ask()).statusCode).toBe(200);
    expect((await ask()).statusCode).toBe(429);
  });

  it('waits for all of a network that one party has, and no other', async () => {
    const from = (remoteAddress: string) =>
      t.app.inject({ url: '/v1/members', remoteAddress }).then(({ statusCode }) => statusCode);
    for (let i = 1; i <= 60; i += 1) expect(await from(`2001:db8:0:7::${i}`)).toBe(200);
    expect(await from('2001:db8::7:ffff:1:2:3')).toBe(429);
    expect(await from('2001:db8:0:8::1')).toBe(200);
    for (let i = 0; i < 60; i += 1) expect(await from('::ffff:198.51.100.1')).toBe(200);
    expect(await from('198.51.100.1')).toBe(429);
    expect(await from('::ffff:198.51.100.2')).toBe(200);
  });

  it('waits also where nobody can tell whose a token is', async () => {
    await t.close();
    const bearer = async (): Promise<undefined> => {
      throw new ProblemError({ code: 'unavailable', detail: 'De inlogdienst is weg.' });
    };
    t = await guarded(await testLedger(), { perMinute: 60, bearer });
    const other = { authorization: 'Bearer x' };
    for (let i = 0; i < 60; i += 1) expect((await ask(other)).statusCode).toBe(503);
    expect((await ask(other)).statusCode).toBe(429);
  });

  it('is not counted for an auditor, nor on the machine itself', async () => {
    for (let i = 0; i < 700; i += 1)
      for (const role of ['auditor', 'local'] as const)
        expect((await t.ask(role, { url: '/health/live' })).statusCode).toBe(200);
  });

  it('is sooner too often when it guesses', async () => {
    const wrong = { authorization: `Bearer plt_${'0'.repeat(26)}_${'A'.repeat(43)}` };
    for (let i = 0; i < 3; i += 1) expect((await ask(wrong)).statusCode).toBe(401);
    expect((await ask(wrong)).statusCode).toBe(429);
    expect((await t.ask('registrar', { url: '/v1/members' })).statusCode).toBe(200);
  });
});

it('tells where a weakness can be reported', async () => {
  const reply = await t.ask('public', { url: '/.well-known/security.txt' });
  expect(reply.headers['content-type']).toBe('text/plain; charset=utf-8');
  expect(reply.body).toBe(
    'Contact: mailto:beheer@example.org\nExpires: 2026-06-30T12:00:00.000Z\nPreferred-Languages: nl, en\n',
  );
});

describe('at an identity provider', () => {
  let server: Server;
  let issuer = '';
  beforeAll(async () => {
    server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const provider = new Provider(issuer, {
      clients: [
        {
          client_id: 'ledger',
          token_endpoint_auth_method: 'none',
          redirect_uris: [`${origin}/aanmelden/terug`],
        },
      ],
      claims: { openid: ['sub', 'roles', 'municipality'] },
      conformIdTokenClaims: false,
      findAccount: async (_context: unknown, id: string) => ({
        accountId: id,
        claims: async () =>
          id === 'oss'
            ? { sub: id, roles: ['municipality'], municipality: 'gm0828' }
            : { sub: id, roles: [] },
      }),
    });
    server.on('request', provider.callback());
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  beforeEach(async () => {
    await t.close();
    const settings = {
      issuer,
      clientId: 'ledger',
      clientSecret: undefined,
      audience: 'ledger',
      rolesClaim: 'roles',
      municipalityClaim: 'municipality',
    };
    const provider = identityProvider({
      settings,
      hmac: (text) => Buffer.from(text).toString('hex'),
    });
    t = await guarded(await testLedger(), { provider });
  });

  /** Follows the provider's own pages as a browser would, as this account. */
  const through = async (start: string, account: string): Promise<URL> => {
    const jar = new Map<string, string>();
    let [url, body]: [string, URLSearchParams | undefined] = [start, undefined];
    for (let step = 0; step < 12; step += 1) {
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
      const response: Response = await fetch(url, {
        redirect: 'manual',
        headers: { cookie },
        ...(body === undefined ? {} : { method: 'POST', body }),
      });
      for (const text of response.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(text) ?? [];
        jar.set(name, value);
      }
      const location = response.headers.get('location');
      body = undefined;
      if (location !== null) {
        url = new URL(location, url).href;
        if (url.startsWith(origin)) return new URL(url);
        continue;
      }
      const page = await response.text();
      const [, action = ''] = /action="([^"]+)"/.exec(page) ?? [];
      const [, prompt = ''] = /name="prompt" value="([^"]+)"/.exec(page) ?? [];
      body = new URLSearchParams({ prompt, login: account, password: 'x' });
      url = new URL(action, url).href;
    }
    throw new Error(`never came back: ${url}`);
  };

  const begun = async () => {
    const reply = await t.ask('public', { url: '/aanmelden/dienst', headers: agent });
    const cookie = String(reply.headers['set-cookie']).split(';', 1)[0]!;
    return { cookie, url: String(reply.headers.location) };
  };
  const back = (at: URL, cookie: string) =>
    t.ask('public', { url: at.pathname + at.search, headers: { ...agent, cookie } });

  it('somebody is signed in with the roles that it tells', async () => {
    const { cookie, url } = await begun();
    const at = await through(url, 'oss');
    const reply = await back(at, cookie);
    expect([reply.statusCode, reply.headers.location], reply.body).toEqual([303, '/aanmelden']);
    const session = cookieOf(reply);
    const page = await t.ask('public', {
      url: '/aanmelden',
      headers: { ...agent, cookie: session },
    });
    expect(page.body).toContain('als <strong>gemeente</strong>');
    const own = await t.ask('public', {
      url: '/v1/payments',
      headers: { ...agent, cookie: session },
    });
    expect(own.statusCode).toBe(200);
    // The same way back leads nowhere a second time.
    expect((await back(at, cookie)).statusCode).toBe(403);
  });

  it('a way back that we did not send anybody on leads nowhere', async () => {
    const [mine, theirs] = [await begun(), await begun()];
    const at = await through(theirs.url, 'oss');
    expect((await back(at, mine.cookie)).statusCode).toBe(403);
    expect((await back(at, '')).statusCode).toBe(403);
    const wrong = new URL(at);
    wrong.searchParams.set('code', 'x');
    expect((await back(wrong, theirs.cookie)).statusCode).toBe(403);
  });

  it('who has no role there is not signed in here', async () => {
    const { cookie, url } = await begun();
    const reply = await back(await through(url, 'nobody'), cookie);
    expect([reply.statusCode, reply.headers['set-cookie']?.includes('session')]).toEqual([
      403,
      false,
    ]);
    expect(reply.body).toContain('nog geen rol');
  });
});
