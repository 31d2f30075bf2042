/** The pages by keyboard alone, and without JavaScript. */
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { textIn } from './browser.ts';
import type { Caller } from '../../src/ledger/access/index.ts';
import { pages } from '../../src/web/pages/index.ts';
import { historyLedger } from '../support/ledger.ts';
import { chooseDate, menu, said, visiting, withoutScript } from './visiting.ts';

const { site, at } = visiting(historyLedger);

/** What a link or button says; of a field its id. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(`(() => {
    const { activeElement: it } = document;
    return (it.matches('select, textarea') ? it.id : it.innerText || it.id).trim();
  })()`);

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
    expect(await textIn(page.locator('.times__said'))).toContain(
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
    const number = async () => (await textIn(page.locator('article h2'))).split('.')[0];
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

describe('forms, by keyboard alone', () => {
  const registrar: Caller = {
    id: 'registrar',
    access: { roles: ['registrar'], municipalities: [] },
  };
  const office = visiting(historyLedger, { caller: registrar, csrf: 'een-teken' });

  /** Steps to each field and fills it in; a choice is made by its first letters. */
  const fill = async (page: Page, fields: Readonly<Record<string, string>>): Promise<void> => {
    for (const [id, text] of Object.entries(fields)) {
      await tabTo(page, id);
      await page.keyboard.type(text);
    }
  };

  const send = async (page: Page, button: string): Promise<void> => {
    await tabTo(page, button, 250);
    await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
  };

  /** From the list of commands to the form of one. */
  const choose = async (page: Page, group: string, command: string, path: string) => {
    // The menu may hold the same name.
    await tabTo(page, 'Naar de inhoud');
    await page.keyboard.press('Enter');
    await tabTo(page, group);
    await page.keyboard.press('Enter');
    await tabTo(page, command);
    await page.keyboard.press('Enter');
    await page.waitForURL(`**${path}`);
  };

  test('a proposal is tried, from the menu to what would change', async () => {
    const page = await office.at('/');
    await tabTo(page, 'Verkennen');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/verkennen');
    const propose = 'Leg een voorgesteld besluit vast';
    await choose(page, 'Besluiten', propose, '/verkennen/propose-decision');
    await fill(page, {
      'veld-title': 'Een besluit om te proberen',
      'veld-geldt-vanaf': '1-2-2026',
      'veld-wijze': 'een stap',
    });
    await send(page, 'Wat zou er veranderen?');
    expect(await said(page)).toContain('Voorstel: Een besluit om te proberen (1 februari 2026)');
    expect(await said(page)).toContain('Er is niets vastgelegd.');
  });

  test('a decision is recorded, after a mistake is mended from the list of errors', async () => {
    const page = await office.at('/vastleggen');
    const propose = 'Leg een voorgesteld besluit vast';
    await choose(page, 'Besluiten', propose, '/vastleggen/propose-decision');
    await fill(page, {
      'veld-title': 'Vastgelegd met het toetsenbord',
      'veld-geldt-vanaf': 'morgen',
      'veld-wijze': 'een stap',
    });
    await send(page, 'Controleer uw invoer');
    await tabTo(page, 'Geldt vanaf: “morgen” is geen datum als 1-7-2021');
    await page.keyboard.press('Enter');
    expect(await focused(page)).toBe('veld-geldt-vanaf');
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('1-2-2026');
    await send(page, 'Controleer uw invoer');
    expect(await said(page)).toContain('Wat zou er veranderen?');
    await send(page, 'Leg vast');
    await page.waitForURL('**/gebeurtenissen/*');
    expect(await textIn(page.locator('h1'))).toContain('Vastgelegd met het toetsenbord');
  });

  test('what is about a person is recorded sealed, and stands in no address', async () => {
    const page = await office.at('/vastleggen');
    const seen: string[] = [];
    page.on('request', (request) => seen.push(request.url()));
    const refer = 'Leg een aanmelding van een persoon vast';
    await choose(page, 'Aanmeldingen', refer, '/vastleggen/record-referral');
    expect(await said(page)).toContain('Openen kunnen alleen IBN en de gemeente van deze persoon');
    const person = '01JABCDEFGHJKMNPQRSTVWXYZ0';
    await fill(page, {
      'veld-municipality': 'Oss',
      'veld-details-route': 'aangemeld',
      'veld-details-direction': 'aanbod',
      'veld-details-workSkills': 'vol',
      'veld-details-voortrajectNeeded': 'nee',
      'veld-personId': person,
      'veld-geldt-vanaf': '1-2-2026',
      'veld-wijze': 'een stap',
    });
    await send(page, 'Controleer uw invoer');
    expect(await said(page)).toContain('Er is niets vastgelegd.');
    await send(page, 'Leg vast');
    await page.waitForURL('**/gebeurtenissen/*');
    expect(await said(page)).toContain('Een deel is verzegeld: het gaat over een persoon.');
    expect(await page.content()).not.toContain(person);
    expect(await said(page)).not.toMatch(/aanbodgericht|voldoende/);
    expect(seen.filter((url) => url.includes(person))).toEqual([]);
    // What stands in an address is not taken into the form.
    await page.goto(`/vastleggen/record-referral?personId=${person}`);
    expect(await page.locator('#veld-personId').inputValue()).toBe('');
  });

  test('what was filled in stays when one is no longer signed in', async () => {
    const page = await office.at('/vastleggen/record-occurrence');
    await page.getByLabel('Titel').fill('Wat ik had ingevuld');
    // As after half an hour: the form is of another session.
    await page.evaluate(`document.querySelector('input[name=teken]').value = 'verlopen'`);
    await page.getByRole('button', { name: 'Controleer uw invoer' }).click();
    expect(await textIn(page.getByRole('alert'))).toContain('Er is niets vastgelegd.');
    expect(await page.getByLabel('Titel').inputValue()).toBe('Wat ik had ingevuld');
    // The page has the token of now: sent again, it is looked at.
    await page.getByRole('button', { name: 'Controleer uw invoer' }).click();
    expect(await textIn(page.getByRole('alert'))).not.toContain('aanmelding');
    await page.context().close();
  });

  test('to forget a person has no form, and the page says where it is done', async () => {
    const page = await office.at('/vastleggen');
    expect(await said(page)).toContain('Iemands gegevens wissen kan hier niet');
    for (const path of ['/vastleggen/erase-person', '/verkennen/record-referral'])
      expect((await office.site().get(path)).statusCode, path).toBe(404);
  });
});

describe('without JavaScript', () => {
  test('the form of the two times gives an address that can be cited', async () => {
    const page = await at('/lumpsum', withoutScript);
    await chooseDate(page, '1', '1', '2025');
    expect(page.url()).toBe(`${site().address}/lumpsum?peildatum=2025-01-01`);
    expect(await textIn(page.locator('.times__said'))).toContain('1 januari 2025');
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
    expect(new Set(await page.locator('tbody td:nth-child(4) a').allInnerTexts())).toEqual(
      new Set(['R8']),
    );
    await page.goto('/terugspelen');
    await page.getByRole('link', { name: 'Volgende' }).first().click();
    expect(await textIn(page.locator('article h2'))).toMatch(/^2\. /);
  });
});
