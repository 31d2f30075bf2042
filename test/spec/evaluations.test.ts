/** Evaluations, assignments, practices and plans: accepted, refused, or a finding (R17). */
import { describe, expect, test } from 'vitest';
import { expectAccepted, expectRefused, id, partnership, Scenario } from '../support/scenario.ts';

const r17 = (authority: string, ...figures: object[]) => ({
  rule: 'R17',
  title: 'R17',
  summary: 'R17',
  authority,
  decisionIds: [],
  figures,
});
const interval = { name: 'evaluation-interval-years', value: '2', unit: 'years' };

const ruled = (): Scenario => partnership().registered('set-rule', r17('agreement', interval));

describe('R17: an evaluation comes with a financial proposal', () => {
  const evaluation = {
    evaluationId: id('evaluation'),
    title: 'Evaluatie',
    from: '2021-07-01',
    until: '2023-01-01',
  };
  const lumpSumId = id('voorstel');
  const proposed = (scenario: Scenario) =>
    scenario.registered('propose-lump-sum', {
      lumpSumId,
      from: '2023-01-01',
      until: '2025-01-01',
      years: [
        { year: 2023, totalCents: '100', shares: [] },
        { year: 2024, totalCents: '100', shares: [] },
      ],
    });
  const hold = (scenario: Scenario, more: object, mode: 'take' | 'register' = 'take') =>
    scenario.try('hold-evaluation', { ...evaluation, ...more }, { on: '2022-11-01', mode });

  test('without one it is refused, and a finding when a source says so', () => {
    const scenario = proposed(ruled());
    expectRefused(scenario, () => hold(scenario, {}), 'rule', {
      rule: 'R17',
      authority: 'agreement',
    });
    expectAccepted(hold(scenario, { lumpSumId }), 'EvaluationHeld');
    const told = { evaluationId: id('told') };
    expectAccepted(hold(scenario, told, 'register'), 'EvaluationHeld', 'FindingRecorded');
    expect(scenario.findings()).toContain('evaluation-without-proposal');
  });

  test('the rule as an explanation only warns; without an interval it asks for none', () => {
    const warned = partnership().registered('set-rule', r17('explanation', interval));
    expectAccepted(hold(warned, {}), 'EvaluationHeld', 'FindingRecorded');
    const free = partnership().registered('set-rule', r17('agreement'));
    expectAccepted(hold(free, {}), 'EvaluationHeld');
  });

  test('it has an order of days, a proposal that is there, and comes once', () => {
    const scenario = proposed(ruled());
    expectRefused(scenario, () => hold(scenario, { until: '2021-07-01' }), 'contradiction');
    const unknown = { lumpSumId: id('none') };
    expectRefused(scenario, () => hold(scenario, unknown), 'unknown-reference');
    expectAccepted(hold(scenario, { lumpSumId }), 'EvaluationHeld');
    expectRefused(scenario, () => hold(scenario, { lumpSumId }), 'already-exists');
  });

  test('an action point belongs to an evaluation that is there, or to none', () => {
    const scenario = proposed(ruled()).given(
      'hold-evaluation',
      { ...evaluation, lumpSumId },
      { on: '2022-11-01' },
    );
    const set = (more: object) => () =>
      scenario.try('set-action-point', { actionPointId: id('punt'), title: 'x', ...more });
    expectRefused(scenario, set({ evaluationId: id('none') }), 'unknown-reference');
    expectRefused(scenario, set({ from: '2023-01-01', until: '2023-01-01' }), 'contradiction');
    expectAccepted(set({ evaluationId: evaluation.evaluationId })(), 'ActionPointSet');
    expectRefused(scenario, set({}), 'already-exists');
    expectAccepted(set({ actionPointId: id('los') })(), 'ActionPointSet');
  });

  test('what came of an action point is told of one that is there, and once', () => {
    const scenario = proposed(ruled())
      .given('hold-evaluation', { ...evaluation, lumpSumId }, { on: '2022-11-01' })
      .given(
        'set-action-point',
        { actionPointId: id('punt'), title: 'x', evaluationId: evaluation.evaluationId },
        { on: '2022-11-01' },
      );
    const report =
      (more: object, on = '2024-01-01') =>
      () =>
        scenario.try(
          'report-action-point',
          { actionPointId: id('punt'), outcome: 'in-progress', ...more },
          { on },
        );
    expectRefused(scenario, report({ actionPointId: id('none') }), 'not-found');
    expectRefused(scenario, report({}, '2022-10-31'), 'contradiction');
    expectAccepted(report({})(), 'ActionPointReported');
    expect(scenario.of('ActionPointReported')[0]!.data.evaluationId).toBe(evaluation.evaluationId);
    expectRefused(scenario, report({}), 'nothing-to-do');
    expectAccepted(report({ outcome: 'done' })(), 'ActionPointReported');
  });
});

test('an option is rejected once', () => {
  const scenario = new Scenario();
  const reject = () =>
    scenario.try('reject-option', { optionId: id('iets'), title: 'x', reason: 'y', about: [] });
  expectAccepted(reject(), 'OptionRejected');
  expectRefused(scenario, reject, 'already-exists');
});

describe('an assignment', () => {
  const assignment = {
    assignmentId: id('opdracht'),
    title: 'De toekomst',
    decisionIds: [id('ground')],
    subAssignments: [{ number: 'I', title: 'Evaluatie' }],
    target: { earliest: '2020-02-01', latest: '2020-02-01' },
    latest: { earliest: '2020-03-31', latest: '2020-03-31' },
  };
  const give = (scenario: Scenario, more: object) => () =>
    scenario.try('give-assignment', { ...assignment, ...more }, { on: '2021-07-01' });
  const given = () => partnership().given('give-assignment', assignment, { on: '2019-07-03' });

  test('names decisions that are there, has numbers of its own, and comes once', () => {
    const scenario = partnership();
    expectRefused(scenario, give(scenario, { decisionIds: [id('none')] }), 'unknown-reference');
    const twice = [...assignment.subAssignments, ...assignment.subAssignments];
    expectRefused(scenario, give(scenario, { subAssignments: twice }), 'contradiction');
    expectRefused(scenario, give(scenario, { latest: { latest: '2020-01-31' } }), 'contradiction');
    expectAccepted(give(scenario, {})(), 'AssignmentGiven');
    expectRefused(scenario, give(scenario, {}), 'already-exists');
  });

  test('has reports on its own sub-assignments, not before it was given', () => {
    const scenario = given();
    const report =
      (more: object, on = '2021-01-27') =>
      () =>
        scenario.try(
          'report-sub-assignment',
          {
            assignmentId: assignment.assignmentId,
            number: 'I',
            outcome: 'delivered',
            where: 'bijlage',
            ...more,
          },
          { on },
        );
    expectRefused(scenario, report({ assignmentId: id('none') }), 'not-found');
    expectRefused(scenario, report({ number: 'XI' }), 'unknown-reference');
    expectRefused(scenario, report({}, '2019-07-02'), 'contradiction');
    expectAccepted(report({})(), 'SubAssignmentReported');
    expectRefused(scenario, report({}), 'nothing-to-do');
    expectAccepted(report({ outcome: 'in-part' })(), 'SubAssignmentReported');
  });

  test('is delivered once, and not before it was given', () => {
    const scenario = given();
    const deliver =
      (on: string, assignmentId = assignment.assignmentId) =>
      () =>
        scenario.try('deliver-assignment', { assignmentId, title: 'Eindrapport' }, { on });
    expectRefused(scenario, deliver('2021-01-27', id('none')), 'not-found');
    expectRefused(scenario, deliver('2019-07-02'), 'contradiction');
    expectAccepted(deliver('2021-01-27')(), 'AssignmentDelivered');
    expectRefused(scenario, deliver('2021-01-28'), 'nothing-to-do');
  });
});

test('a practice is set anew when it differs from what it is on that day', () => {
  const scenario = new Scenario();
  const set = (arrangement: string, on: string) => () =>
    scenario.try(
      'set-practice',
      { practice: 'job-coach', title: 'x', arrangement, description: 'y' },
      { on },
    );
  expectAccepted(set('own-function', '2024-01-01')(), 'PracticeSet');
  expectRefused(scenario, set('own-function', '2025-01-01'), 'nothing-to-do');
  expectAccepted(set('combined', '2023-01-01')(), 'PracticeSet');
  expectRefused(scenario, set('combined', '2023-12-31'), 'nothing-to-do');
  expectAccepted(set('combined', '2025-01-01')(), 'PracticeSet');
});

test('an agreement is planned once, and then concluded under the same id', () => {
  const scenario = partnership();
  const agreement = {
    agreementId: id('convenant'),
    kind: 'covenant',
    title: 'Convenant',
    municipalities: ['gm0828'],
    organisations: ['ibn'],
    signedBy: ['general-director'],
  };
  const plan = () => scenario.try('plan-agreement', agreement);
  expectAccepted(plan(), 'AgreementPlanned');
  expectRefused(scenario, plan, 'already-exists');
  expectAccepted(scenario.try('conclude-agreement', agreement), 'AgreementConcluded');
  expectRefused(scenario, plan, 'already-exists');
});
