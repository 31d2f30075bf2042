/** On paper: what is shown and for when, without what only a screen can use. */
import { describe, expect, test } from 'vitest';
import { historyLedger } from '../support/ledger.ts';
import { textIn } from './browser.ts';
import { visiting } from './visiting.ts';

const { at, site } = visiting(historyLedger);
const date = 'peildatum=2026-01-01';

/** Pages of A4 that come out of the printer. */
const sheets = async (page: Awaited<ReturnType<typeof at>>): Promise<number> => {
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  return (pdf.match(/\/Type\s*\/Page\b(?!s)/g) ?? []).length;
};

const proposal = async (): Promise<string> => {
  const page = await at(`/verkennen?${date}`);
  const [found] = await page.locator('main a[href^="/verkennen/voorstel/"]').all();
  const address = await found!.getAttribute('href');
  await page.context().close();
  return address!;
};

describe('every page', () => {
  test.each(['/', '/besluiten', '/lumpsum', '/doelen', '/dossier', '/bevindingen', '/controleren'])(
    'says on paper for when it is, and leaves out what is to be pressed: %s',
    async (path) => {
      const page = await at(`${path}?${date}`);
      await page.emulateMedia({ media: 'print' });
      const said = await textIn(page.locator('body'));
      expect(said).toMatch(/U ziet wat geldt op 1 januari 2026, zoals bekend na gebeurtenis \d+/);
      expect(said).toMatch(/van grootboek [0-9a-f]{32}/);
      // Whoever has only the sheet can type where it came from.
      expect(said).toMatch(
        new RegExp(`: ${site().address}${path}\\?peildatum=2026-01-01&bekend-op=\\d+`),
      );
      expect(said).not.toContain('waarom?');
      for (const left of ['nav', 'button', '.times input', '.skip', '.footer__links', '.on-screen'])
        for (const one of await page.locator(left).all())
          expect([left, await one.isVisible()]).toEqual([left, false]);
      // Nothing sticks out of the sheet.
      await page.setViewportSize({ width: 672, height: 950 });
      expect(
        await page.evaluate('document.documentElement.scrollWidth - innerWidth'),
      ).toBeLessThanOrEqual(0);
      await page.context().close();
    },
  );
});

test('no heading stands on paper over what can only be pressed, nor do numbers part', async () => {
  const page = await at(`/terugspelen?${date}`);
  await page.emulateMedia({ media: 'print' });
  expect(await textIn(page.locator('main'))).not.toContain('Springen');
  await page.goto(`/controleren?${date}`);
  expect(await textIn(page.locator('main'))).not.toContain('Klopt een controlepunt');
  await page.goto(`/?${date}`);
  await page.setViewportSize({ width: 672, height: 950 });
  const number = await page.locator('table th[scope=row] a').first().boundingBox();
  expect(number!.height).toBeLessThan(25);
  await page.context().close();
});

describe('exploring', () => {
  test('prints the effect of a proposal on a few sheets', async () => {
    const page = await at(await proposal());
    expect(await sheets(page)).toBeLessThanOrEqual(8);
    await page.context().close();
  });

  test('prints of a form what was filled in, and the effect', async () => {
    const page = await at(`/verkennen/record-occurrence?${date}`);
    await page.getByLabel('Titel').fill('Een voorval om af te drukken');
    await page.getByLabel('Soort').selectOption({ index: 1 });
    await page.getByLabel('Geldt vanaf').fill('1-1-2026');
    await page.getByLabel('Hoe', { exact: true }).selectOption({ index: 1 });
    await page.getByRole('button', { name: 'Wat zou er veranderen?' }).click();
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByLabel('Titel').isVisible()).toBe(true);
    expect(await page.getByLabel('Toelichting').isVisible()).toBe(false);
    const said = await textIn(page.locator('main'));
    expect(said).toContain('Er is niets vastgelegd.');
    expect(said).not.toContain('niet verplicht');
    expect(await sheets(page)).toBeLessThanOrEqual(2);
    await page.context().close();
  });
});
