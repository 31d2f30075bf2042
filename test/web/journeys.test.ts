/** What somebody who has never seen the pages can find out, from the overview. */
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { textIn } from './browser.ts';
import { historyLedger } from '../support/ledger.ts';
import { chooseDate, menu, said, visiting } from './visiting.ts';

const { at } = visiting(historyLedger);
const fromOverview = (): Promise<Page> => at('/');

test('what the package was on 1 September 2021, and why', async () => {
  const page = await fromOverview();
  await chooseDate(page, '1', '9', '2021');
  expect(await said(page)).toContain('5 onderdelen');
  await menu(page, 'Basispakket');
  expect(await said(page)).toContain('U ziet wat geldt op 1 september 2021');
  expect(await page.getByRole('rowheader').allInnerTexts()).toEqual([
    'Uitvoering van de Wsw',
    'Hoofdaannemer voor beschut werk',
    'Dienstverbanden voor de doelgroep van de Participatiewet',
    'Voortrajecten',
    'Expertise',
  ]);
  expect(await said(page)).toContain('1 juli 2021 tot 1 januari 2023');
  await page.getByRole('link', { name: 'waarom? het basispakket' }).click();
  expect(await said(page)).toContain('Opnieuw gemaakt, en hetzelfde');
  const decided = /Voorstel 3: Scenario II, met een basispakket van vijf taken/;
  await page.getByRole('link', { name: decided }).click();
  expect(await textIn(page.locator('h1'))).toMatch(decided);
  expect(await said(page)).toContain('Besluiten bestuurlijk overleg, 27 januari 2021 (S0)');
  // The same question, by way of the decision.
  await menu(page, 'Basispakket');
  await page.getByRole('link', { name: 'besluit 3' }).first().click();
  expect(await textIn(page.locator('h1'))).toContain('3. Scenario II');
  expect(await said(page)).toContain('van kracht');
  expect(await said(page)).toContain('Besloten: bestuurlijk overleg');
});

test('that two totals are one euro off', async () => {
  const page = await fromOverview();
  await chooseDate(page, '1', '1', '2025');
  await menu(page, 'Lumpsum');
  const row = (year: string) => page.getByRole('row', { name: new RegExp(`^${year} voorstel`) });
  expect(await textIn(row('2025'))).toMatch(/€ 4\.603\.699\s+€ 4\.603\.698/);
  expect(await textIn(row('2026'))).toMatch(/€ 5\.187\.647\s+€ 5\.187\.648/);
  await page.getByRole('link', { name: '2025', exact: true }).click();
  for (const text of [
    'De rijen van 2025 tellen op tot € 4.603.698; genoemd is € 4.603.699.',
    'De rijen van 2026 tellen op tot € 5.187.648; genoemd is € 5.187.647.',
  ]) {
    await page.getByRole('link', { name: text }).click();
    expect(`${await textIn(page.locator('h1'))}.`).toBe(text);
    await page.goBack();
  }
});

test('which evidence for the criteria is missing', async () => {
  const page = await fromOverview();
  await menu(page, 'Dossier');
  await page.getByRole('link', { name: 'Bekijk het hele dossier' }).click();
  expect(await page.getByText('Wat ontbreekt', { exact: true }).count()).toBe(3);
  const text = await said(page);
  for (const gap of [
    'een oordeel dat de deelnemers samen beslissende invloed hebben op IBN',
    'wie er zitten in de raad van commissarissen van IBN',
    'de omzet van IBN in',
  ])
    expect(text).toContain(gap);
  expect(text).toContain('niet aangetoond');
});

test('step through the spring of 2021', async () => {
  const page = await fromOverview();
  await page.getByRole('link', { name: /^2021/ }).click();
  expect(await textIn(page.locator('h1'))).toBe('Tijdlijn 2021');
  const adopted = page.getByRole('link', { name: /^\d+\. Vastgesteld door Bernheze/ }).first();
  while ((await adopted.count()) === 0)
    await page.getByRole('link', { name: 'Meer van 2021' }).click();
  const number = Number((await textIn(adopted)).split('.')[0]);
  await adopted.click();
  await page.getByRole('link', { name: 'Wat veranderde hierdoor?' }).click();
  for (const [step, name] of ['Bernheze', 'Boekel', 'Boxmeer', 'Cuijk'].entries()) {
    expect(await textIn(page.locator('article h2'))).toBe(
      `${number + step}. Vastgesteld door ${name}`,
    );
    expect(await said(page)).toContain('Wat veranderde er op 30 juni 2021?');
    await page.keyboard.press('ArrowRight');
    await page.waitForURL(`**/terugspelen?na=${number + step}`);
  }
  await page.getByRole('link', { name: '← Vorige' }).first().click();
  expect(await textIn(page.locator('article h2'))).toMatch(new RegExp(`^${number + 3}\\. `));
});

test('what adopting the proposal for 2025 – 2026 would change', async () => {
  const page = await fromOverview();
  await chooseDate(page, '1', '1', '2025');
  await menu(page, 'Verkennen');
  await page.getByRole('link', { name: /Wat als de lumpsum 2025-2026 wordt vastgesteld/ }).click();
  const text = await said(page);
  for (const changed of [
    'Er is niets vastgelegd.',
    'Lumpsum vastgesteld van 1 januari 2025 tot 1 januari 2027 (1 januari 2025)',
    'Bevinding: De rijen van 2025 tellen op tot € 4.603.698; genoemd is € 4.603.699',
    'Bevindingen: 5',
    'Wat blijft, was al gevonden:',
    'Lumpsum: 2025-2026',
    'Gunningen: Lumpsum 1 januari 2025 tot 1 januari 2027',
    'Dossier quasi-inbesteden: Het partnership',
  ])
    expect(text).toContain(changed);
  const owed = page.getByRole('table', { name: 'Schuldig aan IBN' });
  expect(await textIn(owed.getByRole('row', { name: /^Boekel 2025/ }))).toMatch(
    /€ 0\s+€ 123\.200\s+\+ € 123\.200/,
  );
  // Once among what would be recorded, and once as what stays.
  expect(text.match(/De rijen van 2026 tellen op/g)).toHaveLength(2);
  // Nothing was recorded: the proposal is still one.
  await menu(page, 'Lumpsum');
  expect(await page.getByRole('row', { name: /^2025 voorstel, niet vastgesteld/ }).count()).toBe(1);
});

test('try something else, and lose nothing that was filled in', async () => {
  const page = await fromOverview();
  await menu(page, 'Verkennen');
  const propose = page.getByText('Leg een voorgesteld besluit vast');
  await page.locator('details', { has: propose }).locator('summary').click();
  await propose.click();
  const number = page.getByRole('textbox', { name: /^Nummer/ });
  const title = page.getByRole('textbox', { name: 'Titel' });
  const send = page.getByRole('button', { name: 'Wat zou er veranderen?' });
  await number.fill('2026-9');
  await send.click();
  const summary = page.getByRole('alert');
  expect(await textIn(summary)).toContain('Dit klopt nog niet');
  expect(await title.getAttribute('aria-invalid')).toBe('true');
  expect(await number.inputValue()).toBe('2026-9');
  await summary.getByRole('link', { name: /^Titel/ }).click();
  await page.keyboard.type('Een besluit om te proberen');
  await page.getByLabel(/^Geldt vanaf/).fill('1-2-2026');
  await page.getByLabel(/^Hoe/).selectOption({ index: 1 });
  await send.click();
  expect(await page.getByRole('alert').allInnerTexts()).toEqual([]);
  expect(await said(page)).toContain(
    'Voorstel 2026-9: Een besluit om te proberen (1 februari 2026)',
  );
  expect(await title.inputValue()).toBe('Een besluit om te proberen');
});

test('print a dossier', async () => {
  const page = await fromOverview();
  await chooseDate(page, '1', '9', '2021');
  await menu(page, 'Dossier');
  await page
    .getByRole('link', { name: /^Lumpsum / })
    .first()
    .click();
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  for (const unprinted of ['.nav', '.crumbs', '.times button', '.times input >> nth=-1'])
    expect(await page.locator(unprinted).first().isVisible()).toBe(false);
  const text = await textIn(page.locator('body'));
  expect(text).toMatch(/U ziet wat geldt op 1 september 2021, zoals bekend na gebeurtenis \d+/);
  expect(text).toMatch(/Stand na gebeurtenis \d+ van grootboek 0123456789abcdef0123456789abcdef/);
  expect(text).toContain('Wat ontbreekt');
  expect(await page.evaluate('getComputedStyle(document.body).color')).not.toMatch(/25\d, 25\d/);
  const pdf = await page.pdf({ format: 'A4' });
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  expect(pdf.length).toBeGreaterThan(20_000);
});
