/** The dossier quasi-inbesteden over HTTP: of the shipped history, and what is asked wrongly. */
import { beforeAll, describe, expect, test } from 'vitest';
import { ulidOf } from '../../src/ledger/import.ts';
import { expectProblem, historyApp, type TestApp } from './support.ts';

interface Part {
  readonly part: string;
  readonly result: string;
  readonly evidence: readonly { readonly what: string; readonly decisionIds?: readonly string[] }[];
  readonly missing: readonly string[];
}
interface Criterion {
  readonly criterion: string;
  readonly result: string;
  readonly parts: readonly Part[];
  readonly missing: readonly string[];
}
interface Dossier {
  readonly awardId: string;
  readonly criteria: readonly Criterion[];
  readonly decisions: readonly { readonly number: string }[];
}

let t: TestApp;
beforeAll(async () => {
  t = await historyApp();
});
const get = async <T>(path: string): Promise<T> => {
  const reply = await t.get(`/v1/${path}`);
  expect(reply.statusCode, reply.body).toBe(200);
  return reply.json<T>();
};

describe('of the lump sum of 2024', () => {
  const awardId = ulidOf('lump-sum-2023-2024');
  let dossier: Dossier;
  const part = (name: string) =>
    dossier.criteria.flatMap((c) => c.parts).find((p) => p.part === name)!;
  beforeAll(async () => {
    dossier = await get<Dossier>(`compliance/${awardId}?validAt=2024-06-01`);
  });

  test('each criterion is not shown', () => {
    expect(dossier.criteria.map(({ criterion, result }) => [criterion, result])).toEqual([
      ['control', 'not-shown'],
      ['activity', 'not-shown'],
      ['no-private-capital', 'not-shown'],
    ]);
  });

  test('joint influence has the composition of the bestuurlijk overleg, and what it decided', () => {
    const shown = part('decisive-influence').evidence;
    expect(shown[0]!.what).toMatch(/Alle deelnemers hebben een zetel in Bestuurlijk overleg/);
    const decided = new Set(shown.flatMap(({ decisionIds = [] }) => decisionIds));
    expect(decided).toContain(ulidOf('decision-15'));
    expect(dossier.decisions.map((d) => d.number)).toContain('15');
  });

  test('which says nothing of who sits in the bodies of IBN itself', () => {
    const { result, missing, evidence } = part('deciding-bodies');
    expect(result).toBe('not-shown');
    expect(missing).toHaveLength(3);
    expect(evidence.map(({ what }) => what).join()).not.toMatch(/Bestuurlijk overleg/);
  });

  test('that it was tested twice is told as a statement', () => {
    for (const { parts } of dossier.criteria)
      for (const { evidence } of parts)
        expect(evidence.at(-1)!.what).toMatch(/^Gesteld, zonder bewijs: .* twee keer getoetst/);
  });

  test('what is missing is named: bodies, turnover, shareholdings', () => {
    const missing = dossier.criteria.flatMap((c) => c.missing).join('; ');
    expect(missing).toMatch(/algemene vergadering.*raad van commissarissen.*directie/);
    expect(missing).toMatch(/omzet/);
    expect(missing).toMatch(/aandelen/);
  });

  test('is the same by filter, and can be explained from its events alone', async () => {
    const { items } = await get<{ items: readonly Dossier[] }>(
      `compliance?awardId=${awardId}&validAt=2024-06-01`,
    );
    expect(items.map((i) => i.criteria)).toEqual([dossier.criteria]);
    const of = encodeURIComponent(`compliance?awardId=${awardId}`);
    const explained = await get<{ foldedAgain: { same: boolean } }>(
      `explanations?of=${of}&validAt=2024-06-01`,
    );
    expect(explained.foldedAgain.same).toBe(true);
  });
});

test('without an award it is about the partnership, on the date itself', async () => {
  const { items } = await get<{ items: readonly Dossier[] }>('compliance?validAt=2022-06-01');
  expect(items.map((i) => i.awardId)).toEqual(['partnership']);
});

test('the law is not there before its articles were', async () => {
  const rules = await get<{ items: readonly { rule: string }[] }>('rules?validAt=2016-06-30');
  expect(rules.items.map((r) => r.rule)).not.toContain('R22');
  expectProblem(await t.get('/v1/rules/R22?validAt=2016-06-30'), 404, 'not-found');
});

test.each([
  ['compliance?awardId=x', 400, 'invalid'],
  [`compliance/${'0'.repeat(26)}`, 404, 'not-found'],
  ['compliance/..%2Frules', 400, 'invalid'],
  ['awards?kind=gift', 400, 'invalid'],
  ['attestations/x', 400, 'invalid'],
])('%s is answered %i %s', async (path, status, code) => {
  expectProblem(await t.get(`/v1/${path}`), status, code);
});
