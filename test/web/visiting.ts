/** One browser and one site for the tests of a file, and pages in it. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { launch, type Look, open, textIn } from './browser.ts';
import { type Site, siteOver } from './site.ts';

const wide: Look = { width: 1440, scheme: 'light' };
export const withoutScript: Look = { ...wide, script: false };

interface Visiting {
  /** Known once the tests run. */
  readonly site: () => Site;
  /** A new window at an address. */
  readonly at: (address: string, look?: Look) => Promise<Page>;
}

/** Opened before the tests of the file and closed after; nothing may have gone wrong inside. */
export const visiting = (
  make: () => Promise<{ readonly ledger: Ledger }>,
  more: Parameters<typeof siteOver>[1] = {},
): Visiting => {
  let browser: Browser;
  let site: Site;
  beforeAll(async () => {
    const { ledger } = await make();
    [browser, site] = [await launch(), await siteOver(() => ledger, more)];
  }, 180_000);
  afterAll(async () => {
    await browser.close();
    await site.close();
    expect(site.reported).toEqual([]);
  });
  return {
    site: () => site,
    at: async (address, look = wide) => {
      const { page } = await open(browser, site.address, look);
      await page.goto(address);
      return page;
    },
  };
};

/** What stands on the screen. */
export const said = (page: Page): Promise<string> => textIn(page.locator('main'));

export const menu = (page: Page, name: string): Promise<void> =>
  page.getByRole('navigation', { name: 'Hoofdmenu' }).getByText(name).click();

export const chooseDate = async (
  page: Page,
  day: string,
  month: string,
  year: string,
): Promise<void> => {
  await page.getByLabel('Dag', { exact: true }).fill(day);
  await page.getByLabel('Maand', { exact: true }).fill(month);
  await page.getByLabel('Jaar', { exact: true }).fill(year);
  await page.getByRole('button', { name: 'Toon deze stand' }).click();
};
