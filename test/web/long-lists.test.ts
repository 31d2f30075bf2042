/** A list of thousands is looked through in parts, by links alone, and says how far it looked. */
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testLedger } from '../support/ledger.ts';
import { type Site, siteOver } from './site.ts';

const many = 1_150;
let site: Site;
beforeAll(async () => {
  const { ledger, take } = await testLedger();
  await take('join-member', { municipality: 'gm0828', name: 'Oss' });
  for (let i = 0; i < many; i += 1)
    await take('propose-decision', {
      ...{ title: `Voorstel ${i}.`, needsAdoptionBy: ['gm0828'], organs: [] },
      summary: i % 100 === 0 ? 'Bijzonder' : 'Gewoon',
    });
  site = await siteOver(() => ledger);
}, 60_000);
afterAll(() => site.close());

const pageAt = async (address: string): Promise<string> => {
  const { statusCode, headers, payload, rawPayload } = await site.get(address);
  expect([address, statusCode]).toEqual([address, 200]);
  return headers['content-encoding'] === 'gzip' ? gunzipSync(rawPayload).toString() : payload;
};

const onFrom = (page: string, name: string): string | undefined =>
  new RegExp(`href="([^"]+)">${name}<`).exec(page)?.[1]?.replaceAll('&amp;', '&');

/** Everything that is found by following a link, in order. */
const walked = async (address: string, name: string) => {
  const [titles, pages]: [string[], string[]] = [[], []];
  for (let at: string | undefined = address; at !== undefined;) {
    const page: string = await pageAt(at);
    titles.push(...[...page.matchAll(/>(Voorstel \d+)\.</g)].map(([, title]) => title!));
    pages.push(page);
    at = onFrom(page, name);
  }
  return { titles, pages };
};

const numbered = (numbers: readonly number[]): readonly string[] =>
  numbers.map((i) => `Voorstel ${i}`);

describe('decisions', () => {
  test('stand there once each, the last recorded first', async () => {
    const { titles, pages } = await walked('/besluiten', 'Oudere besluiten');
    expect(titles).toEqual(numbered(Array.from({ length: many }, (_, i) => many - 1 - i)));
    expect(pages[0]).toContain('meer dan 1.000');
    expect(onFrom(pages.at(-1)!, 'Naar de nieuwste')).toBe('/besluiten');
  });

  test('are searched as far as one wants, and it says how far', async () => {
    const { titles, pages } = await walked('/besluiten?zoek=bijzonder', 'Zoek in oudere besluiten');
    expect(titles).toEqual(numbered([11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0].map((i) => i * 100)));
    expect(pages[0]).toContain('in oudere besluiten is nog niet gezocht');
    expect(pages.at(-1)).not.toContain('nog niet gezocht');
  });

  test('can be given by their names in a form', async () => {
    const page = await pageAt('/vastleggen/decide-decision');
    expect(page.match(/<option value="[0-9A-Z]{26}">/g)).toHaveLength(200);
    expect(page).toContain('<datalist');
  });
});
