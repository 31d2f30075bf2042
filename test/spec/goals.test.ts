/** Goals with their results, and the ratio of staff: accepted, refused, or a finding (R17, R18). */
import { describe, expect, test } from 'vitest';
import {
  expectAccepted,
  expectRefused,
  id,
  partnership,
  type Scenario,
} from '../support/scenario.ts';

const rule = (number: string, authority: string) => ({
  rule: number,
  title: number,
  summary: number,
  authority,
  decisionIds: [],
  figures: [],
});

/** R17 as an agreement, R18 as an advice. */
const ruled = (): Scenario =>
  partnership()
    .registered('set-rule', rule('R17', 'agreement'))
    .registered('set-rule', rule('R18', 'advice'));

const goal = {
  indicatorId: id('goal'),
  title: 'Beschut werk',
  kind: 'goal',
  measure: 'deel van de indicaties',
  unit: 'percent',
  direction: 'at-least',
  targetValue: '75',
  from: '2023-01-01',
  until: '2025-01-01',
};

describe('R17: a goal is agreed before its period', () => {
  const agree = (scenario: Scenario, on: string, mode: 'take' | 'register' = 'take') =>
    scenario.try('agree-indicator', goal, { on, mode });

  test('the day before is in time; the first day is refused', () => {
    const scenario = ruled();
    expectRefused(scenario, () => agree(scenario, '2023-01-01'), 'rule', {
      rule: 'R17',
      authority: 'agreement',
    });
    expectAccepted(agree(scenario, '2022-12-31'), 'IndicatorAgreed');
  });

  test('told by a source, it is a finding that names the rule', () => {
    const scenario = ruled();
    expectAccepted(agree(scenario, '2023-01-01', 'register'), 'IndicatorAgreed', 'FindingRecorded');
    expect(scenario.of('FindingRecorded')[0]!.data).toMatchObject({
      kind: 'indicator-agreed-late',
      rule: 'R17',
      about: [`indicator:${goal.indicatorId.toLowerCase()}`],
    });
  });

  test('as an explanation it only warns; when it becomes an agreement it refuses', () => {
    const explained = partnership().registered('set-rule', rule('R17', 'explanation'));
    expectAccepted(agree(explained, '2023-06-01'), 'IndicatorAgreed', 'FindingRecorded');
    const scenario = partnership()
      .registered('set-rule', rule('R17', 'explanation'))
      .registered('set-rule', rule('R17', 'agreement'), { on: '2023-01-01' });
    expectRefused(scenario, () => agree(scenario, '2023-06-01'), 'rule');
  });

  test('what may have been in time is not said to be late; an assumption is no agreement', () => {
    const scenario = ruled();
    const attempt = (more: object, on: object) =>
      scenario.try('agree-indicator', { ...goal, ...more }, { mode: 'register', on } as never);
    expectAccepted(attempt({}, { latest: '2023-06-01' }), 'IndicatorAgreed');
    const other = { indicatorId: id('other') };
    expectAccepted(
      attempt(other, { earliest: '2022-06-01', latest: '2023-06-01' }),
      'IndicatorAgreed',
    );
    const assumed = { indicatorId: id('third'), kind: 'planning-assumption' };
    expectAccepted(
      attempt(assumed, { earliest: '2023-06-01', latest: '2023-06-01' }),
      'IndicatorAgreed',
    );
  });
});

describe('an indicator', () => {
  const attempt = (scenario: Scenario, more: object) => () =>
    scenario.try('agree-indicator', { ...goal, ...more }, { on: '2022-06-01' });

  test('has an order of days, a direction, whole numbers, a member, and comes once', () => {
    const scenario = ruled();
    expectRefused(scenario, attempt(scenario, { until: '2023-01-01' }), 'contradiction');
    expectRefused(scenario, attempt(scenario, { direction: undefined }), 'contradiction');
    expectRefused(
      scenario,
      attempt(scenario, { unit: 'count', targetValue: '2.5' }),
      'contradiction',
    );
    expectRefused(scenario, attempt(scenario, { municipality: 'gm9999' }), 'not-a-member');
    expectAccepted(attempt(scenario, { municipality: 'gm0828' })(), 'IndicatorAgreed');
    expectRefused(scenario, attempt(scenario, {}), 'already-exists');
  });
});

describe('a result', () => {
  const result = {
    indicatorId: goal.indicatorId,
    value: '65',
    approximate: true,
    final: false,
    from: '2023-01-01',
    until: '2024-01-01',
  };
  const agreed = () => ruled().given('agree-indicator', goal, { on: '2022-06-01' });
  const attempt = (scenario: Scenario, more: object) => () =>
    scenario.try('report-result', { ...result, ...more }, { on: '2024-02-01' });

  test('belongs to an indicator and its period, and says one thing', () => {
    const scenario = agreed();
    expectRefused(scenario, attempt(scenario, { indicatorId: id('none') }), 'not-found');
    expectRefused(scenario, attempt(scenario, { until: '2023-01-01' }), 'contradiction');
    const before = { from: '2022-01-01', until: '2023-01-01' };
    expectRefused(scenario, attempt(scenario, before), 'contradiction');
    const after = { from: '2025-01-01', until: '2026-01-01' };
    expectRefused(scenario, attempt(scenario, after), 'contradiction');
    expectRefused(scenario, attempt(scenario, { reached: false }), 'contradiction');
    expectRefused(scenario, attempt(scenario, { value: undefined }), 'nothing-to-do');
    expectAccepted(attempt(scenario, { value: undefined, reached: false })(), 'ResultReported');
  });

  test('is told once, and again until it is final', () => {
    const scenario = agreed();
    expectAccepted(attempt(scenario, {})(), 'ResultReported');
    expectRefused(scenario, attempt(scenario, {}), 'nothing-to-do');
    expectAccepted(attempt(scenario, { final: true })(), 'ResultReported');
    expectRefused(scenario, attempt(scenario, { value: '66' }), 'contradiction');
  });

  test('in things or cents is a whole number', () => {
    const scenario = ruled().given(
      'agree-indicator',
      { ...goal, unit: 'count', targetValue: '20' },
      { on: '2022-06-01' },
    );
    expectRefused(scenario, attempt(scenario, { value: '0.5' }), 'contradiction');
    expectAccepted(attempt(scenario, { value: '0' })(), 'ResultReported');
  });
});

describe('R18: the ratio of target-group to regular staff', () => {
  const report = (scenario: Scenario, more: object) =>
    scenario.try(
      'report-staff-ratio',
      { year: 2023, targetPerRegular: '4', ...more },
      { on: '2024-02-01' },
    );

  test('one to one is no finding; less is one, and never a refusal', () => {
    const scenario = ruled();
    expectAccepted(report(scenario, { targetPerRegular: '1' }), 'StaffRatioReported');
    const fewer = { targetPerRegular: '0.99' };
    expectAccepted(report(scenario, fewer), 'StaffRatioReported', 'FindingRecorded');
    expect(scenario.of('FindingRecorded')[0]!.data).toMatchObject({
      kind: 'regular-staff-outnumbers',
      rule: 'R18',
      figures: [{ name: 'target-per-regular', value: '0.99' }],
    });
    const binding = partnership().registered('set-rule', rule('R18', 'agreement'));
    expectAccepted(report(binding, fewer), 'StaffRatioReported', 'FindingRecorded');
  });

  test('is not negative, of another year, or told twice', () => {
    const scenario = ruled();
    expectRefused(scenario, () => report(scenario, { targetPerRegular: '-1' }), 'contradiction');
    const other = { measuredOn: '2022-12-31' };
    expectRefused(scenario, () => report(scenario, other), 'contradiction');
    expectAccepted(report(scenario, { measuredOn: '2023-12-31' }), 'StaffRatioReported');
    expectAccepted(report(scenario, {}), 'StaffRatioReported');
    expectRefused(scenario, () => report(scenario, {}), 'nothing-to-do');
  });
});
