/** Law 10: every role, over every route, reads and does what the table says, and no more. */
import Fastify from 'fastify';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { checkAccess } from '../../src/http/auth/access.ts';
import {
  may,
  reachOf,
  resourceOfPath,
  rightsOf,
  type Role,
  roleNames,
} from '../../src/ledger/access/index.ts';
import { newKey, testLedger, type TestLedger } from '../support/ledger.ts';
import { bram, circumstance, placement, referral, step } from '../support/people.ts';
import { id, stated } from '../support/scenario.ts';
import { aWhile, delivering, until } from '../support/webhooks.ts';
import { guarded, type Guarded } from './access-support.ts';

const oss = 'gm0828';
const boekel = 'gm0755';
const loonwaarde = '37.194852';

/** What stands in the ledger, by the resource that tells it and whose it is. */
const secrets = [
  ['placements', oss, id('placement')],
  ['placements', boekel, id('planted2')],
  ['payments', oss, 'PLANTED-BETALING-OSS'],
  ['payments', boekel, 'PLANTED-BETALING-BOEKEL'],
  ['pluspakket-invoices', boekel, 'PLANTED-FACTUUR-BOEKEL'],
  ['corrections', boekel, 'PLANTED-CORRECTIE-BOEKEL'],
  ['turnover', undefined, 'PLANTED-OMZET'],
] as const;

/** Known to Boekel first, and to Oss after that. */
const moved = { personId: id('moved'), municipality: boekel };

let t: Guarded;
let made: TestLedger;
let paid = '';

const person = (
  personId: string,
  municipality: string,
  names: readonly [string, string, string],
) => {
  const [referralId, placementId, circumstanceId] = names.map(id);
  const details = { ...referral().details, estimatedLoonwaardePercent: loonwaarde };
  return [
    ['record-referral', referral({ referralId, personId, municipality, details })],
    ['record-referral-step', { ...step('referral', 'chosen'), referralId, personId }],
    ['record-placement', placement({ placementId, personId, municipality, referralId })],
    [
      'record-placement-step',
      {
        ...step('placement', 'loonwaarde-measured', { loonwaardePercent: loonwaarde }),
        placementId,
        personId,
      },
    ],
    [
      'record-circumstance',
      { ...circumstance('x', 'indication-granted'), circumstanceId, personId, municipality },
    ],
  ] as const;
};

beforeAll(async () => {
  made = await testLedger();
  const take = async (command: string, body: object, date = '2025-02-01') =>
    made.take(command, body as Record<string, unknown>, {
      mode: 'register',
      evidence: [stated],
      validFrom: { earliest: date, latest: date },
    });
  await take('join-member', { municipality: oss, name: 'Oss' }, '2017-01-01');
  await take('join-member', { municipality: boekel, name: 'Boekel' }, '2017-01-01');
  for (const [command, body] of [
    ...person(id('anna'), oss, ['referral', 'placement', 'c1']),
    ...person(bram, boekel, ['planted1', 'planted2', 'planted3']),
  ])
    await take(command, body);
  await take('record-referral', referral({ ...moved, referralId: id('moved1') }), '2024-01-01');
  await take(
    'record-circumstance',
    { ...circumstance('moved2', 'indication-granted'), ...moved },
    '2024-02-03',
  );
  const toOss = { ...moved, referralId: id('moved3'), municipality: oss };
  await take('record-referral', referral(toOss), '2025-02-01');
  for (const [name, municipality] of [
    ['OSS', oss],
    ['BOEKEL', boekel],
  ] as const) {
    const invoiceId = id(`invoice${name}`);
    const number = `PLANTED-FACTUUR-${name}`;
    await take('invoice-pluspakket', { invoiceId, number, municipality, amountCents: '500' });
    const payment = { municipality, amountCents: '900', note: `PLANTED-BETALING-${name}` };
    await take('make-payment', { ...payment, settles: { invoiceId } });
    const posting = { municipality, year: 2025, amountCents: '7' };
    await take('post-correction', {
      reason: `PLANTED-CORRECTIE-${name}`,
      postings: [
        { ...posting, account: 'corrections', side: 'debit' },
        { ...posting, account: 'payable', side: 'credit' },
      ],
    });
  }
  const again = { municipality: boekel, amountCents: '11', note: 'PLANTED-BETALING-BOEKEL' };
  const [event] = (await take('make-payment', again)).events;
  await take('reverse-fact', { event: event!.eventId, reason: 'PLANTED-BETALING-BOEKEL' });
  paid = event!.eventId;
  await take('report-turnover', {
    year: 2025,
    means: 'other-clients',
    title: 'PLANTED-OMZET',
    amountCents: '123456',
    projection: false,
  });
  await take('propose-decision', { title: 'Een besluit', needsAdoptionBy: [], organs: [] });
  t = await guarded(made);
}, 60_000);
afterAll(async () => {
  expect(t.reported).toEqual([]);
  await t.close();
});

type Paths = Record<string, Record<string, unknown>>;

const pathsOf = async (): Promise<Paths> =>
  (await t.ask('public', { url: '/v1/openapi.json' })).json<{ paths: Paths }>().paths;

/** What stands for each parameter of a path; only that it is something. */
const filled = (path: string): string => `/v1${path.replace(/\{[^}]+\}/g, 'x')}`;

const refused = (role: Role): number => (role === 'public' ? 401 : 403);

describe.each(roleNames)('%s', (role) => {
  const access = { roles: [role], municipalities: [oss] };

  it('reads what the table says, on every route', async () => {
    for (const [path, methods] of Object.entries(await pathsOf())) {
      if (!('get' in methods)) continue;
      const allowed = reachOf(access, resourceOfPath(path.slice(1)), 'read') !== undefined;
      const { statusCode } = await t.ask(role, { url: filled(path) });
      if (allowed) expect([200, 400, 404], `${path} ${statusCode}`).toContain(statusCode);
      else expect(statusCode, path).toBe(refused(role));
    }
  });

  it('records and tries what the table says, by every command', async () => {
    for (const [path, methods] of Object.entries(await pathsOf())) {
      const name = (methods.post as { 'x-command'?: string } | undefined)?.['x-command'];
      if (name === undefined) continue;
      const resource = resourceOfPath(path.slice(1));
      const headers = { 'if-match': '"0"' };
      const post = {
        method: 'POST',
        url: filled(path),
        headers,
        payload: { municipality: boekel },
      };
      const { statusCode } = await t.ask(role, post);
      if (may(access, resource, 'record', boekel))
        expect([400, 404, 409, 412]).toContain(statusCode);
      else expect(statusCode, path).toBe(refused(role));
      const commands = [{ command: name, body: { municipality: boekel } }];
      const tried = await t.ask(role, {
        method: 'POST',
        url: '/v1/previews',
        payload: { commands },
      });
      const tries = may(access, 'previews', 'read') && may(access, resource, 'preview', boekel);
      if (tries) expect([200, 400, 404, 409]).toContain(tried.statusCode);
      else expect(tried.statusCode, name).toBe(refused(role));
    }
  });

  it.each([
    ['GET', '/v1/tokens', 'tokens'],
    ['POST', '/v1/tokens', 'tokens'],
    ['POST', '/v1/tokens/x/_revoke', 'tokens'],
    ['POST', '/v1/read-tables/_rebuild', 'read-tables'],
    ['POST', '/v1/imports', 'imports'],
    ['POST', '/v1/sign-in-links', 'sign-in-links'],
    ['POST', '/v1/sign-outs', 'sign-in-links'],
    ['PUT', '/v1/imports', 'imports'],
  ] as const)('%s %s is there only for who manages', async (method, url, resource) => {
    const { statusCode } = await t.ask(role, { method, url, payload: {} });
    if (may(access, resource, 'manage')) expect([200, 201, 400, 405]).toContain(statusCode);
    else expect(statusCode).toBe(404);
  });

  it('is told of nothing that it may not know, whatever it asks', async () => {
    const texts = await everythingFor(role);
    const sees = rightsOf(access);
    for (const [resource, owner, secret] of secrets) {
      const owners = owner === undefined ? [] : [owner];
      const follows = may(access, resource, 'follow', ...owners);
      const allowed = may(access, resource, 'read', ...owners) || follows;
      const where = [...texts].filter(([, text]) => text.includes(secret)).map(([url]) => url);
      if (!allowed) expect(where, secret).toEqual([]);
      else expect(where, secret).toContain(follows ? '/v1/events?limit=1000' : `/v1/${resource}`);
      if (!sees.asks(resource)) expect(where.filter((url) => url.includes(resource))).toEqual([]);
    }
    for (const [url, text] of texts) expect(text.includes(loonwaarde), url).toBe(false);
  });

  it('is sent by webhook what the events show it, and nothing else', async () => {
    if (!may(access, 'webhooks', 'follow')) return;
    const caller = { id: role, access, ...(role === 'municipality' ? { municipality: oss } : {}) };
    const d = delivering({ made, callers: [caller] });
    const { stop } = d.start();
    const request = { address: 'https://ontvanger.example.nl/', token: 'token', after: -1 };
    const { webhook } = d.webhooks.create(caller, request, newKey());
    const { items } = (await t.ask(role, { url: '/v1/events?limit=1000' })).json<{
      items: readonly { readonly sequence: string }[];
    }>();
    const last = Number(items.at(-1)!.sequence);
    await until(() => d.store.find(webhook.webhookId)!.course.position >= last);
    await aWhile();
    await stop();
    const bodies = d.asked.flatMap(({ body }) => (body === undefined ? [] : [body]));
    expect(bodies.map((body) => JSON.parse(body) as unknown)).toEqual(items);
  });

  it('opens what the table says', async () => {
    for (const path of [
      'referrals',
      `referrals/${id('referral')}`,
      `referrals/${id('planted1')}`,
    ]) {
      const { statusCode, body } = await t.ask(role, { url: `/v1/${path}?opened=true` });
      const owner = path.includes(id('planted1')) ? boekel : oss;
      const allowed = may(access, 'personal-fields', 'read', owner);
      expect(body.includes(loonwaarde), path).toBe(allowed && statusCode === 200);
    }
  });
});

/** Every read there is, with each of its questions about questions. */
const everythingFor = async (role: Role): Promise<ReadonlyMap<string, string>> => {
  const paths = await pathsOf();
  const questions = Object.keys(paths).filter((p) => 'get' in paths[p]! && !p.includes('{'));
  const about = questions.flatMap((path) => {
    const of = encodeURIComponent(path.slice(1));
    return [
      `/v1${path}`,
      `/v1${path}?municipality=${boekel}`,
      `/v1/explanations?of=${of}`,
      `/v1/differences?of=${of}&from=@-1&to=2999-01-01`,
    ];
  });
  const urls = [
    ...about,
    '/v1/changes?limit=1000',
    `/v1/changes?limit=1000&about=${boekel}`,
    '/v1/changes?limit=1000&of=payments',
    '/v1/timeline?limit=1000',
    `/v1/timeline?limit=1000&about=PLANTED`,
    '/v1/events?limit=1000',
    `/v1/event-stream?tag=municipality:${boekel}`,
    '/v1/event-stream?type=PaymentMade',
    `/v1/events?tag=municipality:${boekel}`,
    `/v1/events?type=PaymentMade`,
    `/v1/events?type=FactReversed`,
    `/v1/events/${paid}`,
    `/v1/payments/PLANTED-BETALING-BOEKEL`,
  ];
  const texts = new Map<string, string>();
  for (const url of new Set(urls)) {
    const { body } = await t.ask(role, { url });
    // What was asked may be told again.
    texts.set(url, body.replaceAll('payments/PLANTED-BETALING-BOEKEL', ''));
  }
  return texts;
};

describe('a neighbour’s', () => {
  it.each([
    `placements/${id('planted2')}`,
    `referrals/${id('planted1')}`,
    `pluspakket-invoices/${id('invoiceBOEKEL')}`,
  ])('%s is not there, as if it had never been', async (path) => {
    const asked = async (url: string) => {
      const reply = await t.ask('municipality', { url });
      return [reply.statusCode, reply.body.replaceAll(/[0-9A-Z]{26}/g, '…')];
    };
    const never = path.replace(/[^/]+$/, id('never'));
    expect(await asked(`/v1/${path}`)).toEqual(await asked(`/v1/${never}`));
    expect((await asked(`/v1/${path}`))[0]).toBe(404);
    expect((await t.ask('municipality', { url: `/v1/${path}` }, boekel)).statusCode).toBe(200);
  });

  it('postings are left out, whatever is asked for', async () => {
    const codes = async (query: string, role: Role = 'municipality') => {
      const { body } = await t.ask(role, { url: `/v1/postings?limit=1000${query}` });
      return new Set(
        (JSON.parse(body) as { items: { municipality: string }[] }).items.map(
          (i) => i.municipality,
        ),
      );
    };
    expect(await codes('', 'auditor')).toEqual(new Set([oss, boekel]));
    expect(await codes('')).toEqual(new Set([oss]));
    expect(await codes(`&municipality=${boekel}`)).toEqual(new Set());
    expect(await codes(`&balance=${boekel}-2025`)).toEqual(new Set());
  });

  it('persons are not known, as if they had never been', async () => {
    const asked = async (personId: string, role: Role = 'municipality') => {
      const post = { method: 'POST', url: '/v1/person-references', payload: { personId } } as const;
      const reply = await t.ask(role, post);
      return [reply.statusCode, reply.body];
    };
    const gone = id('gone');
    const ofBoekel = { personId: gone, municipality: boekel, referralId: id('gone1') };
    await made.take('record-referral', referral(ofBoekel));
    await made.take('erase-person', { personId: gone, erasureId: id('erasure') });
    const never = await asked(id('never'));
    expect(never[0]).toBe(404);
    expect(await asked(bram)).toEqual(never);
    expect(await asked(moved.personId)).toEqual(never);
    expect(await asked(gone)).toEqual(never);
    expect((await asked(gone, 'ibn'))[0]).toBe(410);
    expect((await asked(id('anna')))[0]).toBe(200);
  });

  it('records of a person who moved do not show in how long that person may be kept', async () => {
    const kinds = async (role: Role) => {
      const of = await t.ask(role, { url: '/v1/retention?status=no-term' });
      return of.json<{ items: readonly object[] }>().items.map((item) => JSON.stringify(item));
    };
    const told = (items: readonly string[]) => items.filter((item) => item.includes('2024-02-03'));
    expect(told(await kinds('municipality'))).toEqual([]);
    expect(told(await kinds('local'))).toHaveLength(1);
    expect(await kinds('municipality')).toHaveLength(1);
  });

  it('events do not show in the ETag of what is public', async () => {
    const etag = async (role: Role) =>
      (await t.ask(role, { url: `/v1/members/${boekel}` })).headers.etag;
    expect(await etag('public')).toBe('"2"');
    expect(await etag('local')).not.toBe('"2"');
  });
});

test('who has two roles is noted in the one by which he or she looks', async () => {
  const access = { roles: ['auditor', 'municipality'] as const, municipalities: [] };
  const bearer = async () => ({ id: 'both', access, municipality: oss });
  const both = await guarded(made, { bearer });
  const url = `/v1/referrals/${id('referral')}?opened=true&purpose=audit`;
  const { body } = await both.app.inject({ url, headers: { authorization: 'Bearer x' } });
  expect(body).toContain(loonwaarde);
  const { person } = JSON.parse(body) as { person: string };
  expect(made.ledger.looks(person, 1)).toMatchObject([
    { reader: { id: 'both', office: 'municipality', municipality: oss } },
  ]);
  await both.close();
});

test('a route that does not say what it gives cannot be made', () => {
  const app = Fastify();
  checkAccess(app);
  expect(() => app.get('/v1/open', async () => 'all')).toThrow('gives what');
});
