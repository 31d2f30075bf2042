import { describe, expect, test } from 'vitest';
import { expectAccepted, expectRefused, id, partnership } from '../support/scenario.ts';

const turnoverId = id('t1');
const reported = {
  turnoverId,
  year: 2023,
  means: 'other-clients',
  title: 'Groen',
  amountCents: '5000',
  projection: false,
};
const judgement = { turnoverId, class: 'market', reasoning: 'Opdrachtgever is een bedrijf.' };

describe('turnover of IBN', () => {
  test('is reported per means, once', () => {
    const scenario = partnership().given('report-turnover', reported);
    const again = () => scenario.try('report-turnover', reported);
    expectRefused(scenario, again, 'already-exists');
  });

  test('of a year to come can only be a projection', () => {
    const scenario = partnership();
    const ahead = { ...reported, year: 2025 };
    expectRefused(scenario, () => scenario.try('report-turnover', ahead), 'contradiction');
    const expected = { ...ahead, projection: true };
    expectAccepted(scenario.try('report-turnover', expected), 'TurnoverReported');
  });

  test('is classed by a judgement, which may be given anew but not twice the same', () => {
    const scenario = partnership().given('report-turnover', reported);
    scenario.given('classify-turnover', judgement);
    const same = () => scenario.try('classify-turnover', judgement);
    expectRefused(scenario, same, 'nothing-to-do');
    const anew = { ...judgement, class: 'entrusted' };
    expectAccepted(scenario.try('classify-turnover', anew), 'TurnoverClassified');
    expect(scenario.entries.at(-1)?.restsOn).toEqual([scenario.of('TurnoverReported')[0]!.id]);
  });

  test('that is not there cannot be judged', () => {
    const scenario = partnership();
    expectRefused(scenario, () => scenario.try('classify-turnover', judgement), 'not-found');
  });
});

describe('R21: the means of IBN', () => {
  const budget = {
    budgetId: id('b1'),
    year: 2025,
    title: '2025',
    totalCents: '300',
    lines: [
      { means: 'wsw-grant', amountCents: '100' },
      { means: 'lump-sum', amountCents: '150' },
    ],
  };
  const ruled = (authority: string) =>
    partnership().registered('set-rule', {
      rule: 'R21',
      title: 'Middelen',
      summary: 'x',
      authority,
      decisionIds: authority === 'decision' ? [id('ground')] : [],
      figures: [],
    });

  test('a budget whose means do not add up is refused where the rule has force', () => {
    const scenario = ruled('decision');
    expectRefused(scenario, () => scenario.try('adopt-budget', budget), 'rule', {
      rule: 'R21',
      authority: 'decision',
      decisionIds: [id('ground')],
    });
  });

  test.each([
    ['explanation', 'take'],
    ['decision', 'register'],
  ] as const)('by %s, %s: a finding', (authority, mode) => {
    const scenario = ruled(authority).given('adopt-budget', budget, { mode });
    expect(scenario.of('FindingRecorded').at(-1)?.data).toMatchObject({
      kind: 'means-differ-from-total',
      rule: 'R21',
      figures: [
        { name: 'total-cents', value: '300' },
        { name: 'means-cents', value: '250' },
      ],
    });
  });

  test('one that adds up, or that tells no means, is as it should be', () => {
    const scenario = ruled('decision');
    expectAccepted(
      scenario.try('adopt-budget', { ...budget, totalCents: '250' }),
      'IbnBudgetAdopted',
    );
    const { lines: _lines, ...without } = { ...budget, budgetId: id('b2') };
    expectAccepted(scenario.try('adopt-budget', without), 'IbnBudgetAdopted');
  });

  test('a means comes once', () => {
    const scenario = partnership();
    const twice = { ...budget, lines: [budget.lines[0], budget.lines[0]] };
    expectRefused(scenario, () => scenario.try('adopt-budget', twice), 'contradiction');
  });
});
