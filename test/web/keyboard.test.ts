/** The pages by keyboard alone, and without JavaScript. */
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { pages } from '../../src/web/pages/index.ts';
import { historyLedger } from '../support/ledger.ts';
import { chooseDate, menu, said, visiting, withoutScript } from './visiting.ts';

const { site, at } = visiting(historyLedger);

const focused = (page: Page): Promise<string> =>
  page.evaluate('(document.activeElement.innerText || document.activeElement.id).trim()');

/** Tabs until something is reached. @throws when it is not within this many steps */
const tabTo = async (page: Page, name: string, most = 60): Promise<void> => {
  for (let step = 0; step < most; step += 1) {
    await page.keyboard.press('Tab');
    if ((await focused(page)) === name) return;
  }
  throw new Error(`${name} was not reached in ${most} steps`);
};

describe('by keyboard alone', () => {
  const own = pages.map(({ path }) => path).filter((path) => !path.includes(':'));

  test('the first step of every page leads past the menu', async () => {
    const page = await at('/');
    for (const path of own) {
      await page.goto(path);
      await page.keyboard.press('Tab');
      expect(await focused(page)).toBe('Naar de inhoud');
      await page.keyboard.press('Enter');
      expect(await page.evaluate('document.activeElement.tagName')).toBe('MAIN');
      await page.keyboard.press('Tab');
      expect(
        await page.evaluate('document.activeElement.closest("main, footer") !== null'),
        path,
      ).toBe(true);
    }
  });

  test('the menu, the form of the two times, and back', async () => {
    const page = await at('/');
    await tabTo(page, 'Basispakket');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/basispakket');
    for (const [field, value] of [
      ['peildatum-dag', '1'],
      ['peildatum-maand', '9'],
      ['peildatum-jaar', '2021'],
      ['bekend-op', '400'],
    ] as const) {
      await tabTo(page, field);
      // What is in a field is selected when one steps into it.
      await page.keyboard.type(value);
    }
    await page.keyboard.press('Enter');
    await page.waitForURL('**/basispakket?peildatum=2021-09-01&bekend-op=400');
    expect(await page.locator('.times__said').innerText()).toContain(
      'U ziet wat geldt op 1 september 2021, zoals bekend na gebeurtenis 400',
    );
    await tabTo(page, 'Terug naar vandaag');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/basispakket');
  });

  test('every link and field of the overview is reached, and seen to be', async () => {
    const page = await at('/');
    const all = await page.locator('a[href], button, input:not([type=hidden]), select').count();
    const seen = new Set<string>();
    for (let step = 0; step < all; step += 1) {
      await page.keyboard.press('Tab');
      const [place, outline] = await page.evaluate<[string, string]>(`(() => {
        const { activeElement: it } = document;
        const box = it.getBoundingClientRect();
        return [it.tagName + box.x + ' ' + box.y + scrollY, getComputedStyle(it).outlineStyle];
      })()`);
      expect(outline, place).not.toBe('none');
      seen.add(place);
    }
    expect(seen.size).toBe(all);
  });

  test('arrow keys step through history, but not while one types', async () => {
    const page = await at('/terugspelen?na=200');
    const number = async () => (await page.locator('article h2').innerText()).split('.')[0];
    expect(await number()).toBe('201');
    await page.keyboard.press('ArrowRight');
    await page.waitForURL('**/terugspelen?na=201');
    expect(await number()).toBe('202');
    await page.keyboard.press('ArrowLeft');
    await page.waitForURL('**/terugspelen?na=200');
    await page.keyboard.press('ArrowLeft');
    await page.waitForURL('**/terugspelen?na=199');
    await page.locator('.filter input[name=na]').first().focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/terugspelen?na=199');
    expect(await number()).toBe('200');
  });
});

describe('without JavaScript', () => {
  test('the form of the two times gives an address that can be cited', async () => {
    const page = await at('/lumpsum', withoutScript);
    await chooseDate(page, '1', '1', '2025');
    expect(page.url()).toBe(`${site().address}/lumpsum?peildatum=2025-01-01`);
    expect(await page.locator('.times__said').innerText()).toContain('1 januari 2025');
    await page.getByLabel('Bekend na gebeurtenis').fill('10');
    await page.getByRole('button', { name: 'Toon deze stand' }).click();
    expect(page.url()).toBe(`${site().address}/lumpsum?peildatum=2025-01-01&bekend-op=10`);
    expect(await said(page)).toContain('Op dit moment is er geen lumpsum bekend.');
  });

  test('the two times go along from page to page', async () => {
    const page = await at('/?peildatum=2021-09-01&bekend-op=600', withoutScript);
    for (const name of ['Besluiten', 'Dossier', 'Bevindingen', 'Zoeken']) {
      await menu(page, name);
      expect(page.url()).toMatch(/\?peildatum=2021-09-01&bekend-op=600$/);
      expect(await page.locator('[aria-current=page]').first().innerText()).toBe(name);
    }
  });

  test('searching, filtering and stepping work', async () => {
    const page = await at('/zoeken?peildatum=2021-09-01', withoutScript);
    await page.getByLabel('Zoekwoorden').fill('beschut');
    await page.getByRole('button', { name: 'Zoek', exact: true }).click();
    expect(page.url()).toBe(`${site().address}/zoeken?peildatum=2021-09-01&q=beschut`);
    expect(await page.locator('tbody tr').count()).toBeGreaterThan(3);
    await page.goto('/bevindingen?peildatum=2021-09-01');
    await page.getByLabel('Regel').selectOption('R8');
    await page.getByRole('button', { name: 'Toon', exact: true }).click();
    expect(new Set(await page.locator('tbody td:nth-child(3) a').allInnerTexts())).toEqual(
      new Set(['R8']),
    );
    await page.goto('/terugspelen');
    await page.getByRole('link', { name: 'Volgende' }).first().click();
    expect(await page.locator('article h2').innerText()).toMatch(/^2\. /);
  });
});
