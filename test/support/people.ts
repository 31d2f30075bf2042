/** People of the tests: nobody in particular. */
import type { Opening } from '../../src/ledger/opening.ts';
import { id, partnership, type Scenario } from './scenario.ts';

export const anna = id('anna');
export const bram = id('bram');

/** Ready for a vacancy by every condition of R12. */
export const ready = {
  route: 'referred',
  direction: 'demand-led',
  workSkills: 'sufficient',
  voortrajectNeeded: false,
  estimatedLoonwaardePercent: '75',
  canStartSoon: true,
  meetsVacancy: true,
};

/** Far from work: supply-led, with a voortraject. */
export const farOff = {
  route: 'referred',
  direction: 'supply-led',
  workSkills: 'insufficient',
  voortrajectNeeded: true,
  estimatedLoonwaardePercent: '35',
};

export const temporary = {
  work: 'participation',
  direction: 'demand-led',
  term: 'temporary',
  employer: 'ibn',
};

export const beschut = { ...temporary, work: 'beschut', direction: 'supply-led' };

export const referral = (more: object = {}) => ({
  referralId: id('referral'),
  personId: anna,
  municipality: 'gm0828',
  details: ready,
  ...more,
});

export const placement = (more: object = {}) => ({
  placementId: id('placement'),
  personId: anna,
  municipality: 'gm0828',
  referralId: id('referral'),
  details: temporary,
  ...more,
});

export const circumstance = (name: string, kind: string) => ({
  circumstanceId: id(name),
  personId: anna,
  municipality: 'gm0828',
  details: { kind },
});

type Name = 'referral' | 'placement';

/** A step of Anna's in the referral or the placement of that name. */
export const step = (of: Name, kind: string, more: object = {}) => ({
  [`${of}Id`]: id(of),
  personId: anna,
  step: { kind, ...more },
});

/** Somebody who may see everything, and says what for. */
export const looking = (more: Partial<Opening> = {}): Opening => ({
  purpose: 'audit',
  reader: { id: 'looker', office: 'registrar', municipality: 'gm0828' },
  may: () => true,
  ...more,
});

/** Anna was referred, and IBN chose her. */
export const chosen = (details: object = ready): Scenario =>
  partnership()
    .given('record-referral', referral({ details }), { on: '2022-01-10' })
    .given('record-referral-step', step('referral', 'chosen'), { on: '2022-02-01' });

/** Anna works since 2022-03-01, on what these details say. */
export const placed = (details: object = temporary): Scenario =>
  chosen().given('record-placement', placement({ details }), { on: '2022-03-01' });

/** A rule with this authority, from the start; its figures as `partnership` has them. */
export const withAuthority = (scenario: Scenario, rule: string, authority: string): Scenario => {
  const set = scenario.of('RuleSet').findLast((e) => e.data.rule === rule)!;
  if (set.data.authority === authority) return scenario;
  const decisionIds = authority === 'decision' ? [id('ground')] : [];
  return scenario.registered('set-rule', { ...set.data, authority, decisionIds });
};
