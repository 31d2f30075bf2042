/** Signing in and out in a real browser, which says of a form what a request by hand does not. */
import type { AddressInfo } from 'node:net';
import AxeBuilder from '@axe-core/playwright';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { registerPages } from '../../src/web/routes.ts';
import { guarded, type Guarded } from '../http/access-support.ts';
import { type TestLedger, testLedger } from '../support/ledger.ts';
import { launch, open } from './browser.ts';

let browser: Browser;
let made: TestLedger;
let site: Guarded;
let address: string;
beforeAll(async () => {
  [browser, made] = [await launch(), await testLedger()];
  site = await guarded(made, {}, {}, (server) =>
    registerPages(server, { ledger: () => made.ledger }),
  );
  await site.app.listen({ host: '127.0.0.1', port: 0 });
  address = `http://127.0.0.1:${(site.app.server.address() as AddressInfo).port}`;
}, 60_000);
afterAll(async () => {
  await browser.close();
  expect(site.reported).toEqual([]);
  await site.close();
});

/** Path and code of a link as `ledger sign-in` makes it. */
const link = async (): Promise<string> => {
  const payload = { role: 'registrar', as: 'anna' };
  const made = await site.ask('local', { method: 'POST', url: '/v1/sign-in-links', payload });
  const { pathname, search } = new URL(made.json<{ link: string }>().link);
  return pathname + search;
};

test.each(['light', 'dark'] as const)('by a link, and out again (%s)', async (scheme) => {
  const { page, problems } = await open(browser, address, { width: 320, scheme });
  const look = async () => {
    const found = await new AxeBuilder({ page }).analyze();
    expect(found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  };
  await page.goto(await link());
  await look();
  await page.getByRole('button', { name: 'Aanmelden' }).click();
  await page.getByText('U bent aangemeld als registrator.').waitFor();
  await look();
  await page.goto('/vastleggen/record-occurrence');
  expect(await page.getByText('U bent niet aangemeld').count()).toBe(0);
  // The form is taken: what is wrong with it is said.
  await page.getByRole('button', { name: 'Controleer uw invoer' }).click();
  await page.getByText('Dit klopt nog niet').waitFor();
  await page.goto('/aanmelden');
  await page.getByRole('button', { name: 'Afmelden' }).click();
  await page.getByText('Aanmelden gaat met een link.').waitFor();
  await look();
  expect(problems.filter((problem) => !problem.includes('status of 422'))).toEqual([]);
  await page.context().close();
});
