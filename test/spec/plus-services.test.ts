/** Pluspakket services: who gives them where, and what moves into the basispakket (R4, R16). */
import { describe, expect, test } from 'vitest';
import { expectAccepted, expectRefused, id, partnership, setRule } from '../support/scenario.ts';

const serviceId = id('lessons');
const offer = { serviceId, name: 'Taallessen', targetGroup: 'other-language' };
const offered = (targetGroup = 'other-language', scenario = partnership()) =>
  scenario.given('offer-plus-service', { ...offer, targetGroup }, { on: '2022-01-01' });
const lessons = (provider: string, municipality = 'gm0755') => ({
  serviceId,
  municipality,
  provider,
});

describe('a service', () => {
  test('is offered once', () => {
    const scenario = offered();
    expectRefused(scenario, () => scenario.try('offer-plus-service', offer), 'already-exists');
  });

  test('is given in a municipality by one provider, until another takes over', () => {
    const scenario = offered();
    const attempt = (body: object, on: string) => () =>
      scenario.try('arrange-plus-service', { ...lessons('IBN'), ...body }, { on });
    expectRefused(scenario, attempt({ serviceId: id('none') }, '2022-01-01'), 'not-found');
    expectRefused(scenario, attempt({}, '2021-12-31'), 'contradiction');
    expectAccepted(
      attempt({ provider: 'Vluchtelingenwerk' }, '2022-01-01')(),
      'PlusServiceArranged',
    );
    expectAccepted(attempt({}, '2023-09-01')(), 'PlusServiceArranged');
    expectRefused(scenario, attempt({}, '2023-10-01'), 'nothing-to-do');
    expectAccepted(attempt({}, '2023-08-01')(), 'PlusServiceArranged');
  });

  test('not in a municipality that no longer exists', () => {
    const merge = { successor: 'gm1991', name: 'Maashorst', predecessors: ['gm0856'] };
    const scenario = offered().registered('merge-municipalities', merge, { on: '2022-01-01' });
    const attempt = () =>
      scenario.try('arrange-plus-service', lessons('IBN', 'gm0856'), { on: '2022-01-01' });
    expectRefused(scenario, attempt, 'not-a-member');
  });

  test('ends in one municipality, then everywhere, once', () => {
    const scenario = offered().given('arrange-plus-service', lessons('IBN'), { on: '2022-02-01' });
    const attempt = (more: object, on: string) => () =>
      scenario.try('end-plus-service', { serviceId, reason: 'geen vraag', ...more }, { on });
    const here = { municipality: 'gm0755' };
    expectRefused(scenario, attempt({ serviceId: id('none') }, '2023-01-01'), 'not-found');
    expectRefused(scenario, attempt({}, '2021-12-31'), 'contradiction');
    expectRefused(scenario, attempt({ municipality: 'gm0828' }, '2023-01-01'), 'nothing-to-do');
    expectAccepted(attempt(here, '2023-01-01')(), 'PlusServiceEnded');
    expectRefused(scenario, attempt(here, '2023-01-01'), 'nothing-to-do');
    expectAccepted(attempt({}, '2024-01-01')(), 'PlusServiceEnded');
    expectRefused(scenario, attempt({}, '2024-01-01'), 'nothing-to-do');
    const late = () => scenario.try('arrange-plus-service', lessons('IBN'), { on: '2024-01-01' });
    expectRefused(scenario, late, 'contradiction');
    const move = () =>
      scenario.try('move-plus-service', { serviceId, decisionIds: [] }, { on: '2024-01-01' });
    expectRefused(scenario, move, 'contradiction');
  });
});

describe('a service moves into the basispakket', () => {
  const move = { serviceId, decisionIds: [id('ground')] };

  test('by a joint decision, once, for all; then it no longer ends as a service', () => {
    const scenario = offered('young');
    const attempt =
      (more: object, on = '2023-01-01') =>
      () =>
        scenario.try('move-plus-service', { ...move, ...more }, { on });
    expectRefused(scenario, attempt({ serviceId: id('none') }), 'not-found');
    expectRefused(scenario, attempt({ decisionIds: [id('none')] }), 'unknown-reference');
    expectRefused(scenario, attempt({}, '2021-12-31'), 'contradiction');
    expectAccepted(attempt({})(), 'PlusServiceMoved');
    expectRefused(scenario, attempt({}), 'nothing-to-do');
    const end = () =>
      scenario.try('end-plus-service', { serviceId, reason: 'x' }, { on: '2023-01-01' });
    expectRefused(scenario, end, 'contradiction');
  });

  test('it rests on the decision and all that gave it force', () => {
    const scenario = offered('young').given('move-plus-service', move, { on: '2023-01-01' });
    expect(scenario.of('PlusServiceMoved')[0]!.restsOn).toHaveLength(14);
  });

  test.each([['decision'], ['agreement']])(
    'R4: without one it is refused when the rule rests on a %s',
    (authority) => {
      const scenario = offered('young', setRule(partnership(), 'R4', authority));
      const body = { ...move, decisionIds: [] };
      const attempt = () => scenario.try('move-plus-service', body, { on: '2023-01-01' });
      expectRefused(scenario, attempt, 'rule', { rule: 'R4', authority });
      scenario.registered('move-plus-service', body, { on: '2023-01-01' });
      expect(scenario.findings()).toEqual(['no-joint-decision']);
    },
  );

  test('R4: without one it only warns while the rule is an explanation', () => {
    const scenario = offered('young');
    expectAccepted(
      scenario.try('move-plus-service', { ...move, decisionIds: [] }, { on: '2023-01-01' }),
      'PlusServiceMoved',
      'FindingRecorded',
    );
  });

  test('R16: a service to people who speak another language stays pluspakket', () => {
    const scenario = offered('other-language', setRule(partnership(), 'R16', 'agreement'));
    const attempt = () => scenario.try('move-plus-service', move, { on: '2023-01-01' });
    expectRefused(scenario, attempt, 'rule', { rule: 'R16', authority: 'agreement' });
    scenario.registered('move-plus-service', move, { on: '2023-01-01' });
    expect(scenario.findings()).toEqual(['other-language-moved']);
  });

  test('R16: another service may move', () => {
    const scenario = offered('general', setRule(partnership(), 'R16', 'agreement'));
    expectAccepted(
      scenario.try('move-plus-service', move, { on: '2023-01-01' }),
      'PlusServiceMoved',
    );
  });

  test('R16: before it is a rule with force, it only warns', () => {
    const scenario = offered(
      'other-language',
      setRule(partnership(), 'R16', 'agreement', [], '2024-01-01'),
    );
    scenario.given('move-plus-service', move, { on: '2023-01-01' });
    expect(scenario.findings()).toEqual(['other-language-moved']);
  });
});
