/**
 * Every page in a real browser, in all four ways: two with the example, two with the history.
 * Axe takes most of the time, so it looks at the example only, which has more to show, and at each
 * page once at each width and once in each scheme; which go together differs from page to page.
 */
import { gzipSync } from 'node:zlib';
import AxeBuilder from '@axe-core/playwright';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { pages } from '../../src/web/pages/index.ts';
import { exampleLedger, historyLedger } from '../support/ledger.ts';
import { addressesIn } from './addresses.ts';
import { launch, type Look, open, type Opened, textIn } from './browser.ts';
import { type Site, siteOver } from './site.ts';

const paths = pages.map(({ path }) => path);
/** What the sources tell nothing about, so that only the example has such a page. */
const notInHistory = ['/pluspakket/contracten/:contractId', '/saldi/:balanceId'];

/** Later rows and changes are like the first: axe leaves them out, which halves its time. */
const alike = ['tbody tr:nth-child(n+13)', '.change ~ .change ~ .change'];

const standards = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const pairs: readonly (readonly [Look, Look])[] = [
  [
    { width: 1440, scheme: 'light' },
    { width: 320, scheme: 'dark' },
  ],
  [
    { width: 320, scheme: 'light' },
    { width: 1440, scheme: 'dark' },
  ],
];

const sets = {
  example: { date: '2026-06-30', said: '30 juni 2026', make: exampleLedger, paths, axe: true },
  history: {
    date: '2021-09-01',
    said: '1 september 2021',
    make: historyLedger,
    paths: paths.filter((path) => !notInHistory.includes(path)),
    axe: false,
  },
} as const;
type Name = keyof typeof sets;
const names = ['example', 'history'] as const;

/** Two for each page with the example, and the other two with the history. */
const looksAt = (path: string, name: Name): readonly Look[] =>
  pairs[(paths.indexOf(path) + names.indexOf(name)) % 2]!;

let browser: Browser;
const sites = {} as Record<Name, Site>;
const addresses = {} as Record<Name, ReadonlyMap<string, string>>;

beforeAll(async () => {
  browser = await launch();
  for (const name of names) {
    const { ledger } = await sets[name].make();
    sites[name] = await siteOver(() => ledger);
    addresses[name] = await addressesIn(sites[name], sets[name].date);
  }
}, 180_000);
afterAll(async () => {
  await browser.close();
  for (const site of Object.values(sites)) await site.close();
  expect(Object.values(sites).flatMap(({ reported }) => reported)).toEqual([]);
});

const windows = new Map<string, Promise<Opened>>();

/** One window for each way of looking, so that styles and font are fetched once. */
const openedAs = (name: Name, look: Look): Promise<Opened> => {
  const key = `${name} ${look.width} ${look.scheme}`;
  const opened = windows.get(key) ?? open(browser, sites[name].address, look);
  windows.set(key, opened);
  return opened;
};

/** One line for each violation: which rule, and where first. */
const violations = async ({ page }: Opened): Promise<readonly string[]> => {
  const axe = new AxeBuilder({ page }).withTags(standards);
  for (const left of alike) axe.exclude(left);
  const found = await axe.options({ resultTypes: ['violations'] }).analyze();
  return found.violations.map(
    ({ id, nodes }) => `${id}: ${nodes.length} times, first ${nodes[0]?.html}`,
  );
};

/** How many px stick out to the right. */
const overflow = ({ page }: Opened): Promise<number> =>
  page.evaluate('document.documentElement.scrollWidth - innerWidth');

describe.each(names)('with the %s', (name) => {
  test.each(sets[name].paths)('%s', async (path) => {
    const address = addresses[name].get(path);
    if (address === undefined) throw new Error(`nothing to show at ${path}`);
    for (const look of looksAt(path, name)) {
      const opened = await openedAs(name, look);
      const { page, problems } = opened;
      problems.length = 0;
      const response = await page.goto(address);
      expect(response?.status()).toBe(200);
      expect(await page.locator('h1').count()).toBe(1);
      const heading = (await textIn(page.locator('h1'))).trim();
      expect(await page.title()).toBe(`${heading} – Partnership-grootboek`);
      expect(await textIn(page.locator('.times__said'))).toMatch(
        new RegExp(`U ziet wat geldt op ${sets[name].said}, zoals bekend na gebeurtenis \\d+ `),
      );
      // An amount or a date does not part at the end of a line.
      expect(await page.locator('main').innerText()).not.toMatch(/€ \d|\d (januari|juli|%)/);
      expect(await overflow(opened)).toBeLessThanOrEqual(0);
      if (sets[name].axe) expect(await violations(opened)).toEqual([]);
      expect(problems).toEqual([]);
    }
  });
});

describe('headers and size', () => {
  const { paths } = sets.example;
  const usual = ['/web/stijl.css', '/web/pagina.js', '/web/icoon.svg'];

  test.each(paths)('nothing from elsewhere may run at %s', async (path) => {
    const { headers } = await sites.example.get(addresses.example.get(path)!);
    expect(headers['content-security-policy']).toBe(
      "default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'; img-src 'self'; " +
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    );
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
  });

  test.each(paths)('%s is at most 100 kB compressed, with all but the font', async (path) => {
    let bytes = 0;
    for (const address of [addresses.example.get(path)!, ...usual]) {
      const { statusCode, headers, rawPayload } = await sites.example.get(address);
      expect(statusCode).toBe(200);
      // Small files go as they are; compressed here they would only be smaller.
      const sent = headers['content-encoding'] === 'gzip' ? rawPayload : gzipSync(rawPayload);
      bytes += sent.length;
    }
    expect(bytes).toBeLessThanOrEqual(100_000);
  });
});

describe('what goes wrong has a page of its own', () => {
  test.each([
    [404, '/bestaat-niet', 'Niet gevonden'],
    [404, '/besluiten/0000000000AAAAAAAAAAAAAAAA', 'Niet gevonden'],
    [400, '/?peildatum=gisteren', 'Dit adres klopt niet helemaal'],
  ])('%i at %s', async (status, address, heading) => {
    const opened = await open(browser, sites.history.address, { width: 320, scheme: 'dark' });
    const response = await opened.page.goto(address);
    expect(response?.status()).toBe(status);
    expect(await textIn(opened.page.locator('h1'))).toBe(heading);
    expect(await overflow(opened)).toBeLessThanOrEqual(0);
    expect(await violations(opened)).toEqual([]);
    await opened.page.context().close();
  });
});
