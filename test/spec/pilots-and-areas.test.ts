/** Pilots (R11), what areas agree (R20), and leaving the partnership (R19). */
import { describe, expect, test } from 'vitest';
import { onDay } from '../../events/values.ts';
import {
  expectAccepted,
  expectRefused,
  id,
  partnership,
  type Scenario,
  setRule,
} from '../support/scenario.ts';

const areaId = id('area');
const withArea = (scenario: Scenario = partnership()) =>
  scenario.given('form-area', { areaId, name: 'Meierijstad', municipalities: ['gm1948'] });

describe('a pilot', () => {
  const pilotId = id('pilot');
  const pilot = {
    pilotId,
    areaId,
    title: 'Participeren',
    scenario: 'III',
    plannedUntil: onDay('2024-07-01'),
    planDiscussedOn: onDay('2021-06-01'),
  };
  const years = (value: string) => [{ name: 'pilot-years', value, unit: 'years' }];
  const given = (authority = 'explanation', figure = '3') =>
    withArea(setRule(partnership(), 'R11', authority, years(figure)));

  test('of three years, its plan discussed before, is started', () => {
    const scenario = given('decision');
    expectAccepted(scenario.try('start-pilot', pilot), 'PilotStarted');
  });

  const { planDiscussedOn: _discussed, ...undiscussed } = pilot;
  test.each([
    ['too long', { ...pilot, plannedUntil: onDay('2024-07-02') }, 'pilot-too-long'],
    ['not discussed', undiscussed, 'pilot-plan-not-discussed'],
    [
      'discussed afterwards',
      { ...pilot, planDiscussedOn: onDay('2021-07-02') },
      'pilot-plan-not-discussed',
    ],
  ])('R11: %s: refused by a decision, a finding by an explanation', (_name, body, kind) => {
    const scenario = given('decision');
    expectRefused(scenario, () => scenario.try('start-pilot', body), 'rule', {
      rule: 'R11',
      authority: 'decision',
      decisionIds: [id('ground')],
    });
    scenario.registered('start-pilot', body);
    expect(scenario.findings()).toEqual([kind]);
    expect(given().given('start-pilot', body).findings()).toEqual([kind]);
  });

  test('R11: four years are right once the rule says four', () => {
    const scenario = given('decision', '4');
    const body = { ...pilot, plannedUntil: onDay('2025-07-01') };
    expectAccepted(scenario.try('start-pilot', body), 'PilotStarted');
  });

  test.each(['0.5', '100000000000000', '-1'])(
    'a figure of %s years gives no limit, and nothing breaks',
    (figure) => {
      expectAccepted(given('decision', figure).try('start-pilot', pilot), 'PilotStarted');
    },
  );

  test('in an area that is there, one at a time, ending after it starts', () => {
    const scenario = given();
    const attempt = (more: object, on?: string) => () =>
      scenario.try('start-pilot', { ...pilot, ...more }, on === undefined ? {} : { on });
    expectRefused(scenario, attempt({ areaId: id('none') }), 'unknown-reference');
    expectRefused(scenario, attempt({ plannedUntil: onDay('2021-07-01') }), 'contradiction');
    expectAccepted(attempt({})(), 'PilotStarted');
    expectRefused(scenario, attempt({}), 'already-exists');
    const second = { pilotId: id('second') };
    expectRefused(scenario, attempt(second, '2022-01-01'), 'contradiction');
    scenario.given('end-pilot', { pilotId, how: 'ended', reason: 'x' }, { on: '2022-01-01' });
    scenario.given('end-area', { areaId, reason: 'fusie' }, { on: '2023-01-01' });
    expectRefused(scenario, attempt(second, '2023-01-01'), 'contradiction');
    expectAccepted(attempt(second, '2022-01-01')(), 'PilotStarted');
  });

  test('is evaluated after it starts, and ends once', () => {
    const scenario = given().given('start-pilot', pilot);
    const evaluate =
      (on: string, of = pilotId) =>
      () =>
        scenario.try('evaluate-pilot', { pilotId: of, outcome: 'adapt', note: 'x' }, { on });
    const end =
      (on: string, of = pilotId) =>
      () =>
        scenario.try('end-pilot', { pilotId: of, how: 'made-structural', reason: 'x' }, { on });
    expectRefused(scenario, evaluate('2022-01-01', id('none')), 'not-found');
    expectRefused(scenario, evaluate('2021-06-30'), 'contradiction');
    expectAccepted(evaluate('2022-01-01')(), 'PilotEvaluated');
    expectRefused(scenario, evaluate('2022-01-01'), 'nothing-to-do');
    expectRefused(scenario, end('2022-01-01', id('none')), 'not-found');
    expectRefused(scenario, end('2021-07-01'), 'contradiction');
    expectAccepted(end('2024-01-01')(), 'PilotEnded');
    expectRefused(scenario, end('2024-01-01'), 'nothing-to-do');
  });
});

describe('what an area agrees', () => {
  const areaAgreementId = id('agreement');
  const agreement = { areaAgreementId, areaId, title: 'Gezamenlijke intake' };
  const conflicts = [{ decisionId: id('ground'), reasoning: 'andere prijs' }];
  const given = (authority = 'decision') => withArea(setRule(partnership(), 'R20', authority));

  test('R20: in conflict with the bestuurlijk overleg it is refused, or a finding', () => {
    const scenario = given();
    const body = { ...agreement, conflicts };
    expectRefused(scenario, () => scenario.try('make-area-agreement', body), 'rule', {
      rule: 'R20',
      authority: 'decision',
      decisionIds: [id('ground')],
    });
    scenario.registered('make-area-agreement', body);
    expect(scenario.findings()).toEqual(['area-agreement-conflict']);
    expect(given('advice').given('make-area-agreement', body).findings()).toEqual([
      'area-agreement-conflict',
    ]);
  });

  test('R20: a conflict that is seen later is noted, never refused', () => {
    const scenario = given().given('make-area-agreement', agreement);
    const attempt =
      (more: object, on = '2022-01-01') =>
      () =>
        scenario.try(
          'note-area-agreement-conflict',
          { areaAgreementId, ...conflicts[0], ...more },
          { on },
        );
    expectRefused(scenario, attempt({ areaAgreementId: id('none') }), 'not-found');
    expectRefused(scenario, attempt({ decisionId: id('none') }), 'unknown-reference');
    expectRefused(scenario, attempt({}, '2021-06-30'), 'contradiction');
    expectAccepted(attempt({})(), 'AreaAgreementConflictNoted', 'FindingRecorded');
    expectRefused(scenario, attempt({}), 'nothing-to-do');
  });

  test('of an area that is there; ended once, after it was made', () => {
    const scenario = given();
    const make = (more: object, on?: string) => () =>
      scenario.try(
        'make-area-agreement',
        { ...agreement, ...more },
        on === undefined ? {} : { on },
      );
    const none = { decisionId: id('none'), reasoning: 'x' };
    expectRefused(scenario, make({ areaId: id('none') }), 'unknown-reference');
    expectRefused(scenario, make({ conflicts: [none] }), 'unknown-reference');
    expectRefused(scenario, make({ conflicts: [none, none] }), 'contradiction');
    expectAccepted(make({})(), 'AreaAgreementMade');
    expectRefused(scenario, make({}), 'already-exists');
    const end =
      (on: string, of = areaAgreementId) =>
      () =>
        scenario.try('end-area-agreement', { areaAgreementId: of, reason: 'x' }, { on });
    expectRefused(scenario, end('2022-01-01', id('none')), 'not-found');
    expectRefused(scenario, end('2021-06-30'), 'contradiction');
    expectAccepted(end('2022-01-01')(), 'AreaAgreementEnded');
    expectRefused(scenario, end('2022-01-01'), 'nothing-to-do');
    scenario.given('end-area', { areaId, reason: 'fusie' }, { on: '2023-01-01' });
    expectRefused(scenario, make({ areaAgreementId: id('late') }, '2023-01-01'), 'contradiction');
  });
});

describe('a member leaves', () => {
  const leave = { municipality: 'gm0828', alsoLeavesGr: true, reason: 'eigen bedrijf' };
  const on = '2023-01-01';

  test('and takes part no more from that day', () => {
    const scenario = partnership().given('leave-partnership', leave, { on });
    const area = (at: string) =>
      scenario.try(
        'form-area',
        { areaId: id(at), name: 'Oss', municipalities: ['gm0828'] },
        { on: at },
      ).ok;
    expect([area('2022-12-31'), area('2023-01-01')]).toEqual([true, false]);
  });

  test('once, and only if it takes part', () => {
    const scenario = partnership();
    const attempt =
      (municipality = 'gm0828', at = on) =>
      () =>
        scenario.try('leave-partnership', { ...leave, municipality }, { on: at });
    expectRefused(scenario, attempt('gm9999'), 'not-a-member');
    expectRefused(scenario, attempt('gm0828', '2017-01-01'), 'not-a-member');
    expectAccepted(attempt()(), 'MemberLeft');
    expectRefused(scenario, attempt('gm0828', '2024-01-01'), 'not-a-member');
    expectRefused(scenario, attempt('gm0828', '2022-01-01'), 'contradiction');
    const merge = { successor: 'gm1991', name: 'Maashorst', predecessors: ['gm0828'] };
    const into = (at: string) => () => scenario.try('merge-municipalities', merge, { on: at });
    expectRefused(scenario, into('2024-01-01'), 'not-a-member');
    expectRefused(scenario, into('2022-06-01'), 'contradiction');
  });

  test('R19: staying in the GR is refused by a decision, a finding by advice', () => {
    const stays = { ...leave, alsoLeavesGr: false };
    const scenario = setRule(partnership(), 'R19', 'decision');
    const attempt = () => scenario.try('leave-partnership', stays, { on });
    expectRefused(scenario, attempt, 'rule', { rule: 'R19', authority: 'decision' });
    scenario.registered('leave-partnership', stays, { on });
    expect(scenario.findings()).toEqual(['leaves-without-gr']);
    const advised = setRule(partnership(), 'R19', 'advice').given('leave-partnership', stays, {
      on,
    });
    expect(advised.findings()).toEqual(['leaves-without-gr']);
  });
});
