/** Whatever is asked or recorded: a page that says something, and never what is not text. */
import { gunzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { LogClosedError, LogUnavailableError } from '../../src/ledger/event-log.ts';
import { HttpProblem } from '../../src/http/problems.ts';
import { ProblemError } from '../../src/ledger/errors.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { LookLogError } from '../../src/ledger/ports.ts';
import { pages } from '../../src/web/pages/index.ts';
import { historyLedger, type TestLedger, testLedger } from '../support/ledger.ts';
import { launch, open, textIn } from './browser.ts';
import { type Site, siteOver } from './site.ts';

const form = 'application/x-www-form-urlencoded';
let site: Site;
beforeAll(async () => {
  const { ledger } = await historyLedger();
  site = await siteOver(() => ledger);
}, 120_000);
afterAll(() => site.close());
beforeEach(() => {
  site.reported.length = 0;
});

test.each([
  ['too large', 413, { 'content-type': form }, `controlepunt=${'a'.repeat(200_000)}`],
  ['in another form', 415, { 'content-type': 'multipart/form-data; boundary=x' }, '--x--'],
  ['packed', 415, { 'content-type': form, 'content-encoding': 'gzip' }, 'x'],
] as const)('what is sent %s is refused with a page', async (_name, status, headers, payload) => {
  const found = await site.app.inject({ method: 'POST', url: '/controleren', headers, payload });
  expect([found.statusCode, site.reported]).toEqual([status, []]);
  expect(found.headers['content-type']).toBe('text/html; charset=utf-8');
  expect(found.body).toContain('Wat u stuurde');
});

const own = pages.map(({ path }) => path).filter((path) => !path.includes(':'));
const ofThings = pages.map(({ path }) => path).filter((path) => path.includes(':'));

const names = [
  ...['peildatum', 'bekend-op', 'peildatum-dag', 'peildatum-maand', 'peildatum-jaar'],
  ...['q', 'na', 'voor', 'vanaf', 'jaar', 'vergelijk', 'status', 'ernst', 'regel', 'gemeente'],
  ...['__proto__', 'constructor', 'toString', ''],
];
const values = [
  ...[
    '',
    ' ',
    '0',
    '-1',
    '1',
    '605',
    '99999999',
    '999999999999',
    '1e9',
    'NaN',
    'null',
    '__proto__',
  ],
  ...[
    '2021-09-01',
    '2021-02-30',
    '0000-01-01',
    '9999-12-31',
    '10000-01-01',
    '-000001-01-01',
    '2021',
  ],
  ...[
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "'; drop table",
    '%',
    '\\',
    '*',
  ],
  ...['\u0000', '\u202e', '\ud83d\ude00', '\u00e9', 'a'.repeat(500), '"', 'AND', 'NEAR(', '(', '-'],
];

const field = fc.tuple(
  fc.oneof(fc.constantFrom(...names), fc.string({ maxLength: 12 })),
  fc.oneof(
    fc.constantFrom(...values),
    fc.string({ unit: 'binary', maxLength: 20 }).map((text) => text.toWellFormed()),
    fc.integer().map(String),
  ),
);
/** As a form would send it, or with bytes that are no text at all. */
const query = fc.oneof(
  fc.array(field, { maxLength: 5 }).map((fields) => new URLSearchParams(fields).toString()),
  fc.stringMatching(/^[!-~]{0,40}$/).map((text) => text.replaceAll('#', '')),
  fc
    .array(fc.constantFrom('%', '%f', '%ff', '%00', '&', '=', '?', '+', 'q', 'na'))
    .map((parts) => parts.join('')),
);

/** A page of ours with a heading, and nothing of what happened inside. */
const expectPage = async (address: string, statuses: readonly number[]): Promise<string> => {
  const { statusCode, headers, payload, rawPayload } = await site.get(address);
  expect(statuses, address).toContain(statusCode);
  if (statusCode >= 300 && statusCode < 400) {
    expect(headers.location, address).toMatch(/^\/(?![/\\])/);
    return '';
  }
  const text = headers['content-encoding'] === 'gzip' ? gunzipSync(rawPayload).toString() : payload;
  expect(headers['content-type'], address).toBe('text/html; charset=utf-8');
  expect(text, address).toMatch(/<h1 [^>]*>[^<]+/);
  expect(text, address).not.toMatch(/node:internal|\.ts:\d+|at [a-z.]+ \(|undefined|\[object /i);
  expect(site.reported, address).toEqual([]);
  return text;
};

describe('addresses', () => {
  test('any query has an answer on any page', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...own), query, async (path, text) => {
        await expectPage(`${path}?${text}`, [200, 303, 400, 404]);
      }),
      { numRuns: 400 },
    );
  });

  test('anything in the place of a thing is not found, or not understood', async () => {
    const thing = fc.oneof(fc.constantFrom(...values), fc.string({ minLength: 1, maxLength: 40 }));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...ofThings), thing, async (path, text) => {
        const address = path.replace(/:\w+/g, () => encodeURIComponent(text.toWellFormed()));
        await expectPage(address, [308, 400, 404]);
      }),
      { numRuns: 150 },
    );
  });

  test.each([
    ['a folder of a page', '/besluiten/x/y', 404],
    ['no page', '/zo/maar/iets', 404],
    ['a name of every object', '/__proto__', 404],
    ['the same in the place of a thing', '/waarom/__proto__/constructor', 404],
    ['a long address', `/besluiten/${'a'.repeat(3_000)}`, 404],
    ['a long query', `/zoeken?q=${'a'.repeat(10_000)}`, 200],
    ['a parameter twice', '/?peildatum=2021-09-01&peildatum=2025-01-01', 200],
    ['a date that does not exist', '/?peildatum=2021-02-30', 400],
    ['half a form', '/?peildatum-dag=1&peildatum-maand=&peildatum-jaar=2021', 303],
    ['a sequence that is not there yet', '/?bekend-op=999999', 400],
  ])('%s', async (_, address, status) => {
    await expectPage(address, [status]);
  });

  test.each([
    ['/?peildatum=gisteren', 'Bij “Geldig op” hoort een bestaande datum'],
    ['/?bekend-op=gisteren', 'Bij “Bekend na gebeurtenis”'],
    ['/besluiten/01JZZZZZZZZZZZZZZZZZZZZZZZ', 'Bij “Besluiten” is dit niet bekend.'],
  ])('what is wrong with %s is told as the page names it', async (address, told) => {
    const text = await expectPage(address, [400, 404]);
    expect(text).toContain(told);
    expect(text).not.toMatch(/validAt|knownAt|decisions\//);
  });

  test('of a parameter that is repeated the first counts', async () => {
    const text = await expectPage('/?peildatum=2021-09-01&peildatum=2025-01-01', [200]);
    expect(text).toContain('<strong>1\u00a0september\u00a02021</strong>');
  });

  test.each([
    ['/besluiten/', '/besluiten'],
    ['/besluiten/?peildatum=2021-09-01', '/besluiten?peildatum=2021-09-01'],
    ['/besluiten//', '/besluiten'],
  ])('%s leads to %s', async (address, to) => {
    const { statusCode, headers } = await site.get(address);
    expect([statusCode, headers.location]).toEqual([308, to]);
  });

  test.each(['//elders.nl/', '//elders.nl', '///', '/%2F%2Felders.nl/', '/%5Celders.nl/'])(
    '%s leads nowhere else',
    async (address) => {
      await expectPage(address, [308, 400, 404]);
    },
  );

  test.each([
    ['/bestaat-niet', 404],
    // What the server below cannot read never comes to a page.
    ['/besluiten/%', 400],
  ])('%s without asking for a page is told as the API tells it', async (address, status) => {
    const { statusCode, headers } = await site.app.inject(address);
    expect(statusCode).toBe(status);
    expect(headers['content-type']).toBe('application/problem+json; charset=utf-8');
  });
});

describe('a form', () => {
  test('that its reader may not try says so, instead of nothing', async () => {
    // An auditor sees payments, and tries none.
    const { statusCode, payload } = await site.app.inject({
      method: 'POST',
      url: '/verkennen/make-payment',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'municipality=Oss&amountCents=5&geldt-vanaf=1-1-2026&wijze=take',
    });
    expect(statusCode).toBe(403);
    expect(payload).toContain('make-payment niet proberen');
  });
});

describe('an empty ledger', () => {
  test.each(own)('%s says that there is nothing yet', async (path) => {
    const { ledger } = await testLedger();
    const empty = await siteOver(() => ledger);
    const { statusCode } = await empty.get(path);
    await empty.close();
    expect([statusCode, empty.reported]).toEqual([200, []]);
  });
});

describe('what goes wrong inside', () => {
  const failing = (error: Error) => (): Ledger => {
    throw error;
  };

  const problem = (code: 'unavailable' | 'not-found') =>
    new ProblemError({ code, detail: 'Dit is er nu niet.' });
  const tooMany = new HttpProblem('too-many-requests', 'Wacht.', { 'retry-after': '7' });

  test.each([
    ['an error', failing(new Error('iets met een geheim')), 500, 'Er ging iets mis'],
    ['a log out of reach', failing(new LogUnavailableError('stuk')), 503, 'niet te bereiken'],
    ['a log that closes', failing(new LogClosedError()), 503, 'niet te bereiken'],
    ['a log of looking out of reach', failing(new LookLogError('stuk')), 503, 'Dit lukt nu niet'],
    ['what cannot be now', failing(problem('unavailable')), 503, 'Dit lukt nu niet'],
    ['what is not there', failing(problem('not-found')), 404, 'Niet gevonden'],
    ['too many requests', failing(tooMany), 429, 'te veel verzoeken'],
    ['a start that is not done', () => undefined, 503, 'Het grootboek start nog'],
  ])('%s has a page that gives nothing away', async (_, ledger, status, heading) => {
    const broken = await siteOver(ledger);
    const { statusCode, payload, headers } = await broken.app.inject({
      url: '/',
      headers: { accept: 'text/html' },
    });
    await broken.close();
    expect(statusCode).toBe(status);
    expect(payload).toContain(heading);
    expect(payload).not.toMatch(/geheim|stuk|\.ts/);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['retry-after'] !== undefined).toBe(status === 503 || status === 429);
    expect(broken.reported.length).toBe(status === 500 ? 1 : 0);
  });
});

describe('HTML in what is recorded is shown as text', () => {
  const risky = `<script>window.gehackt = 1</script>"><img src=x onerror="window.gehackt = 1">`;
  let browser: Browser;
  let risk: Site;
  let eventId: string;
  let decisionId: string;

  const record = async ({ take }: TestLedger): Promise<void> => {
    const evidence = [{ source: 'S0', place: risky, basis: 'inferred', reasoning: risky }] as const;
    const occurrence = { kind: 'meeting', title: risky, note: risky, about: [] };
    const { events } = await take('record-occurrence', occurrence, { evidence });
    eventId = events[0]!.eventId;
    await take('join-member', { municipality: 'gm0828', name: risky });
    const decision = { title: risky, summary: risky, needsAdoptionBy: ['gm0828'], organs: [] };
    const { created } = await take('propose-decision', decision);
    decisionId = created!['decisionId']!;
  };

  beforeAll(async () => {
    browser = await launch();
    const made = await testLedger();
    await record(made);
    risk = await siteOver(() => made.ledger);
  }, 120_000);
  afterAll(async () => {
    await browser.close();
    await risk.close();
  });

  test.each([
    ['the overview', () => '/'],
    ['the events', () => '/gebeurtenissen'],
    ['one event', () => `/gebeurtenissen/${eventId}`],
    ['the decisions', () => '/besluiten'],
    ['one decision', () => `/besluiten/${decisionId}`],
    ['the members', () => '/deelnemers'],
    ['replay', () => '/terugspelen?na=0'],
    ['the search that finds it', () => '/zoeken?q=gehackt'],
    ['the search for it', () => `/zoeken?q=${encodeURIComponent(risky)}`],
    ['why', () => `/waarom/decisions/${decisionId}`],
  ])('on %s', async (_, address) => {
    const { page, problems } = await open(browser, risk.address, { width: 320, scheme: 'light' });
    await page.goto(address());
    // The text stands there as it was written, and made no element.
    expect(await textIn(page.locator('main'))).toContain('<script>window.gehackt');
    expect(await page.locator('main script, main img').count()).toBe(0);
    expect(await page.evaluate('window.gehackt')).toBeUndefined();
    expect(problems).toEqual([]);
    await page.context().close();
  });
});
