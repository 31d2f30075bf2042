/** What each page is for, read from the screen, in an example where everything happens. */
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { exampleLedger } from '../support/ledger.ts';
import { textIn } from './browser.ts';
import { said, visiting, withoutScript } from './visiting.ts';

const { at: open } = visiting(exampleLedger);
const date = 'peildatum=2026-06-30';
const at = (path: string): Promise<Page> =>
  open(`${path}${path.includes('?') ? '&' : '?'}${date}`, withoutScript);

const follow = async (page: Page, name: string | RegExp): Promise<void> => {
  const named = typeof name === 'string' ? { name, exact: true } : { name };
  await page.getByRole('main').getByRole('link', named).first().click();
};

describe('every figure', () => {
  test.each([
    ['/lumpsum', 'Lumpsum per jaar'],
    ['/lumpsum', 'Genoemd, niet vastgesteld'],
    ['/saldi', 'Saldo per gemeente en boekjaar'],
    ['/doelen', 'Doelen, met wat ervan is gemeld'],
    ['/doelen', '1 oktober 2025 tot 1 januari 2026'],
  ])('has beside it why: %s, %s', async (path, caption) => {
    const page = await at(path);
    const rows = page.getByRole('table', { name: caption }).locator('tbody tr');
    const count = await rows.count();
    expect(count).toBeGreaterThan(0);
    expect(await rows.getByRole('link', { name: /^waarom\?/ }).count()).toBe(count);
    await rows
      .getByRole('link', { name: /^waarom\?/ })
      .first()
      .click();
    expect(await textIn(page.locator('h1'))).not.toBe('Niet gevonden');
  });

  test('why names the events, their source, and that they give the same again', async () => {
    const page = await at('/saldi');
    await page
      .getByRole('link', { name: /^waarom\?/ })
      .first()
      .click();
    const text = await said(page);
    expect(text).toContain('Opnieuw gemaakt, en hetzelfde');
    expect(await page.locator('tbody a[href^="/gebeurtenissen/"]').count()).toBeGreaterThan(0);
  });
});

test('a page has an address that gives the same again', async () => {
  const page = await at('/lumpsum');
  await page.getByRole('link', { name: 'Vaste link naar deze pagina' }).click();
  expect(page.url()).toMatch(/\/lumpsum\?peildatum=2026-06-30&bekend-op=\d+$/);
  const before = await said(page);
  await page.reload();
  expect(await said(page)).toBe(before);
});

describe('besluiten', () => {
  test('are found by word and by status', async () => {
    const page = await at('/besluiten');
    await page.getByLabel('Zoek in besluiten').fill('lumpsum');
    await page.getByLabel('Status').selectOption('van kracht');
    await page.getByRole('button', { name: 'Toon', exact: true }).click();
    const titles = await page.getByRole('rowheader').allInnerTexts();
    expect(titles.length).toBeGreaterThan(2);
    for (const badge of await page.locator('tbody .badge').allInnerTexts())
      expect(badge).toBe('van kracht');
  });

  test('tell their course, who adopted, what is inferred, and what rests on them', async () => {
    const page = await at('/besluiten');
    await follow(page, /^12\. De lumpsum/);
    const text = await said(page);
    for (const part of [
      'Voorgesteld: projectgroep',
      'Vastgesteld: door 11 gemeenten',
      'afgeleid',
      'Wie heeft vastgesteld',
      'Wat op dit besluit rust',
      'Regel R6',
    ])
      expect(text).toContain(part);
    // A filled dot is what a source states, an open one what was inferred.
    expect(await page.locator('.steps__inferred').count()).toBeGreaterThan(0);
    expect(await page.locator('.steps__stated').count()).toBeGreaterThan(0);
  });
});

test('what changed in the package between two dates is told with its cause', async () => {
  const page = await at('/basispakket');
  await page.getByLabel('Vergelijk met (dag-maand-jaar)').fill('1-1-2024');
  await page.getByRole('button', { name: 'Vergelijk', exact: true }).click();
  expect(await page.getByLabel('Vergelijk met (dag-maand-jaar)').inputValue()).toBe('1-1-2024');
  expect(await said(page)).toContain('+ Schuldhulp op de werkplek');
  await follow(page, /Basispakket gewijzigd/);
  expect(await said(page)).toContain('Wat is vastgelegd');
});

test('contracts of the pluspakket are found by municipality and year', async () => {
  const page = await at('/pluspakket');
  await page.getByLabel('Gemeente').selectOption('Boekel');
  await page.getByLabel('Loopt in').selectOption('2025');
  await page.getByRole('button', { name: 'Toon', exact: true }).click();
  const rows = page.getByRole('table', { name: 'Lopend en voorbij' }).locator('tbody tr');
  expect(await rows.count()).toBeGreaterThan(0);
  for (const row of await rows.all()) expect(await row.innerText()).toContain('Boekel');
});

test('a balance goes down to each posting, and on to its event', async () => {
  const page = await at('/saldi');
  await follow(page, 'Oss 2026');
  expect(await said(page)).toContain('Elke boeking staat er twee keer in');
  await page
    .getByRole('table', { name: /^Elke boeking/ })
    .locator('tbody a')
    .first()
    .click();
  expect(await said(page)).toContain('Wat is vastgelegd');
});

test('small counts are hidden', async () => {
  const text = await said(await at('/doelen'));
  expect(text).toContain('minder dan 5');
  expect(text).toContain('Verhouding doelgroep en reguliere medewerkers');
});

test('an event names what it is about, by name, with its neighbours', async () => {
  const page = await at('/lumpsum');
  await page.getByRole('link', { name: /^waarom\? de lumpsum van 2024/ }).click();
  await page
    .getByRole('main')
    .locator('tbody')
    .getByRole('link', { name: /Lumpsum vastgesteld/ })
    .click();
  const text = await said(page);
  for (const part of ['lumpsum 2023-2024', 'Verdeelsleutel van besluit 14', 'Rust op', 'Nog '])
    expect(text).toContain(part);
  expect(text).not.toMatch(/[0-7][0-9A-HJKMNP-TV-Z]{25}/);
});

describe('replay', () => {
  const heading = (page: Page): Promise<string> => textIn(page.locator('article h2'));

  test('jumps to a date', async () => {
    const page = await at('/terugspelen');
    await page.getByLabel('Naar een datum').fill('1 juli 2021');
    await page.getByRole('button', { name: 'Spring' }).click();
    expect(await said(page)).toMatch(/Geldt vanaf\s+(1 juli 2021|.* 1 juli 2021)/);
  });

  test('jumps to a decision', async () => {
    const page = await at('/terugspelen');
    await page.getByLabel('Of naar een besluit').selectOption({
      label: '12. De lumpsum per twee jaar vaststellen, de eerste keer voor anderhalf jaar',
    });
    await page.getByRole('button', { name: 'Spring' }).click();
    expect(await heading(page)).toMatch(/Voorstel 12: De lumpsum/);
  });
});

test('searching says how far it looked', async () => {
  const page = await at('/zoeken?q=lumpsum');
  expect(await said(page)).toMatch(
    /gevonden in gebeurtenis [\d.]+ tot en met [\d.]+\. In de [\d.]+ oudere/,
  );
  await follow(page, /^Zoek verder in de/);
  expect(await said(page)).toMatch(/gevonden/);
  const none = await at('/zoeken?q=xyzzy');
  expect(await said(none)).toMatch(/Niets gevonden voor “xyzzy”, in alles tot en met/);
});
