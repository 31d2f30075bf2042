/** Controleren: what a council member reads there, without JavaScript, whatever was kept. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { textIn } from './browser.ts';
import { noProofs } from '../../src/ledger/proofs.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { checkpointText } from '../../src/proof/checkpoint.ts';
import { openReceipt } from '../../src/proof/receipt.ts';
import { parseNote, signNote } from '../../src/proof/note.ts';
import { openMemoryLog } from '../../src/log/memory.ts';
import { memberJoined } from '../support/entries.ts';
import { historyLedger, opened, type TestLedger } from '../support/ledger.ts';
import { memoryProver, newSigner } from '../support/proofs.ts';
import { siteOver } from './site.ts';
import { menu, said, visiting, withoutScript } from './visiting.ts';

const origin = 'partnership-ledger/0123456789abcdef0123456789abcdef';
const signer = newSigner(origin);

let made: TestLedger;
/** As it answers, with what proves it replaced. */
const provenBy = (ledger: Ledger, proofs: Ledger['proofs']): Ledger => ({
  ...ledger,
  proofs,
  as: (caller) => ({ ...ledger.as(caller), proofs }),
});
const { site, at } = visiting(async () => {
  made = await historyLedger();
  const { proofs } = await memoryProver(made.log, { signer });
  return { ledger: provenBy(made.ledger, proofs) };
});

/** Another history, signed with the same key. */
const fork = async (events: number): Promise<string> => {
  const log = openMemoryLog();
  await log.append([opened()]);
  await log.append(Array.from({ length: events - 1 }, () => memberJoined()));
  return (await memoryProver(log, { signer })).proofs.latest().note;
};

const paste = async (page: Page, text: string): Promise<void> => {
  await page.getByLabel('Uw controlepunt of ontvangstbewijs').fill(text);
  await page.getByRole('button', { name: 'Ga na of dit klopt' }).click();
};

const outcome = (page: Page): Promise<string> => textIn(page.locator('#uitkomst'));

const standsIn = async (page: Page): Promise<string> => page.locator('pre.raw').first().innerText();

describe('from the overview, without JavaScript', () => {
  test('one reads what is signed, keeps it, and has it checked later', async () => {
    const page = await at('/', withoutScript);
    await page.getByRole('link', { name: 'Controleer dat er niets is veranderd' }).click();
    const text = await said(page);
    for (const part of [
      'Het laatste controlepunt',
      '607 gebeurtenissen, nummer 0 tot en met 606',
      'De laatste daarvan is vastgelegd op 1 januari 2026 om 13:00',
      signer.key.id,
      'nog niemand',
    ])
      expect(text).toContain(part);
    const kept = await standsIn(page);
    await paste(page, kept);
    expect(await outcome(page)).toContain('Uw controlepunt is gelijk aan het laatste');
    expect(await page.getByLabel('Uw controlepunt of ontvangstbewijs').inputValue()).toContain(
      kept.trim(),
    );
  });

  test('what was known earlier is under its own checkpoint, and is found to go on', async () => {
    const page = await at('/controleren?bekend-op=0', withoutScript);
    expect(await said(page)).toContain('Het laatste controlepunt');
    const { ledger } = made;
    const own = await siteOver(() => ledger);
    await page.goto(`${own.address}/controleren?bekend-op=311`);
    expect(await said(page)).toContain('Het controlepunt bij deze stand');
    await paste(page, (await standsIn(page)).replaceAll('\n', '\r\n'));
    expect(await outcome(page)).toMatch(
      /De eerste \d+ gebeurtenissen zijn dezelfde als toen\. Sindsdien kwamen er \d+ bij/,
    );
    await page.getByLabel('Of: hoeveel gebeurtenissen stonden erin?').fill('30');
    await page.getByRole('button', { name: 'Vergelijk met nu' }).click();
    expect(page.url()).toContain('/controleren?bekend-op=311&omvang=30');
    await own.close();
  });
});

describe('what was kept', () => {
  const other = newSigner('partnership-ledger/fedcba');
  const root = new Uint8Array(32);
  test.each([
    [
      'of another ledger',
      async () => signNote(checkpointText({ origin: other.key.name, size: 5, root }), [other]),
      'Dit controlepunt is van een ander grootboek',
      200,
    ],
    ['of a fork', () => fork(300), 'Het klopt niet: hier staat een andere geschiedenis', 200],
    ['of more than is here', () => fork(700), 'Uw controlepunt is verder dan dit grootboek', 200],
    [
      'with a forged signature',
      async () => signNote(parseNote(await fork(5)).text, [newSigner(origin)]),
      'De handtekening klopt niet',
      200,
    ],
    ['that is none', async () => 'hallo', 'Dit is geen controlepunt', 422],
    ['that is nothing', async () => '', 'Dit is geen controlepunt', 422],
    [
      'that is markup',
      async () => '</textarea><script>window.gehackt = 1</script>',
      'Dit is geen controlepunt',
      422,
    ],
  ])('%s is told in words', async (_, text, expected, status) => {
    const page = await at('/controleren', withoutScript);
    const answered = page.waitForResponse((reply) => reply.request().method() === 'POST');
    await paste(page, await text());
    expect((await answered).status()).toBe(status);
    expect(await outcome(page)).toContain(expected);
    expect(await page.locator('main script').count()).toBe(0);
    const marked = await page.locator('[aria-invalid=true]').count();
    expect(marked).toBe(status === 422 ? 1 : 0);
    await page.context().close();
  });

  test.each([
    ['abc', 'Vul een aantal gebeurtenissen in'],
    ['3', 'Er is geen controlepunt van omvang 3; het eerstvolgende heeft omvang 607'],
    ['99999', 'Er is geen controlepunt van omvang 99999'],
  ])('of size %s says what is wrong beside the field', async (size, expected) => {
    const page = await at(`/controleren?omvang=${size}`, withoutScript);
    expect(await textIn(page.locator('#omvang-fout'))).toContain(expected);
    expect(await page.getByLabel(/^Of: hoeveel/).inputValue()).toBe(size);
    await page.context().close();
  });

  test('is told so that everybody can read it', async () => {
    for (const scheme of ['light', 'dark'] as const) {
      const page = await at('/controleren', { width: 320, scheme });
      await paste(page, await fork(300));
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([]);
      expect(
        await page.evaluate('document.documentElement.scrollWidth - innerWidth'),
      ).toBeLessThanOrEqual(0);
      await page.context().close();
    }
  });
});

describe('an event', () => {
  test('leads to its proof, and the receipt that is downloaded there holds', async () => {
    const [event] = await made.log.read('all', { from: 311, to: 311 });
    const page = await at(`/gebeurtenissen/${event!.entry.id}`, withoutScript);
    await page.getByRole('link', { name: 'Het bewijs dat dit is vastgelegd' }).click();
    expect(await said(page)).toContain('Het klopt: deze gebeurtenis staat in het grootboek');
    expect(await page.locator('tbody tr').count()).toBe(10);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Bewaar het ontvangstbewijs' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('gebeurtenis-311.tlog-proof');
    const receipt = await (await download.createReadStream()).toArray();
    const text = Buffer.concat(receipt as Buffer[]).toString();
    expect(openReceipt(text, Buffer.from(event!.text), origin, [signer.key]).size).toBe(607);
  });

  test('that was not known yet has no proof', async () => {
    const [event] = await made.log.read('all', { from: 311, to: 311 });
    const { statusCode } = await site().get(
      `/controleren/gebeurtenis/${event!.entry.id}?bekend-op=100`,
    );
    expect(statusCode).toBe(404);
  });
});

test('the dossier shows the checkpoint it is under, and leads here', async () => {
  const page = await at('/dossier/partnership', withoutScript);
  expect(await standsIn(page)).toContain(`${origin}\n607\n`);
  await page.getByRole('link', { name: 'hoe dat gaat' }).click();
  expect(await textIn(page.locator('h1'))).toBe('Controleren');
  await menu(page, 'Overzicht');
});

test('a process that only reads says who proves', async () => {
  const why = 'Bewijzen geeft de schrijver; dit proces leest alleen.';
  const reader = await siteOver(() => provenBy(made.ledger, noProofs(origin, why)));
  const [event] = await made.log.read('all', { from: 3, to: 3 });
  for (const path of [
    '/controleren',
    '/controleren?omvang=5',
    '/dossier/partnership',
    `/controleren/gebeurtenis/${event!.entry.id}`,
  ]) {
    const page = await at(reader.address + path, withoutScript);
    expect(await said(page), path).toContain('Hier zijn nu geen bewijzen');
    expect(await said(page), path).toContain(why);
    await page.context().close();
  }
  expect(reader.reported).toEqual([]);
  await reader.close();
});
