/** Commands about persons, for random programs. */
import fc from 'fast-check';
import { type Bodies, code, reason } from './program-values.ts';
import { ruleOf } from './program-package.ts';
import { id } from './scenario.ts';

const personId = fc.constantFrom('anna', 'bram').map(id);
const referralId = fc.constantFrom('r1', 'r2').map(id);
const placementId = fc.constantFrom('w1', 'w2').map(id);
const percent = fc.constantFrom('35', '60', '70', '75');
const direction = fc.constantFrom('supply-led', 'demand-led');

export const peopleBodies: Bodies = {
  'set-rule': ruleOf({
    R12: [
      ['loonwaarde-minimum-percent', '60', 'percent'],
      ['loonwaarde-maximum-percent', '70', 'percent'],
    ],
    R13: [],
    R14: [],
    R15: [['beschut-subsidy-percent', '70', 'percent']],
    R24: [
      ['referral', '12', 'months'],
      ['placement', '2', 'years'],
    ],
  }),
  'end-rule': fc.record({ rule: fc.constantFrom('R12', 'R13', 'R15', 'R24'), reason }),
  'record-referral': fc.record({
    referralId,
    personId,
    municipality: code,
    details: fc.record({
      route: fc.constant('referred'),
      direction,
      workSkills: fc.constant('sufficient'),
      voortrajectNeeded: fc.boolean(),
      estimatedLoonwaardePercent: percent,
      canStartSoon: fc.constant(true),
      meetsVacancy: fc.constant(true),
    }),
  }),
  'record-referral-step': fc.record({
    referralId,
    personId,
    step: fc
      .constantFrom('voortraject-started', 'voortraject-ended', 'chosen', 'declined')
      .map((kind) => ({ kind })),
  }),
  'record-placement': fc.record({
    placementId,
    personId,
    municipality: code,
    details: fc.record({
      work: fc.constantFrom('beschut', 'participation'),
      direction,
      term: fc.constantFrom('temporary', 'structural'),
      employer: fc.constant('ibn'),
    }),
  }),
  'record-placement-step': fc.record({
    placementId,
    personId,
    step: fc.oneof(
      fc.constant({ kind: 'returned' }),
      fc.constant({ kind: 'outflow', to: 'other' }),
      fc.constant({ kind: 'made-structural', outflowImpossible: false }),
      fc.record({
        kind: fc.constant('subsidy-granted'),
        grantedPercent: percent,
        reimbursedPercent: percent,
      }),
      percent.map((loonwaardePercent) => ({ kind: 'loonwaarde-measured', loonwaardePercent })),
    ),
  }),
  'record-circumstance': fc.record({
    circumstanceId: fc.constantFrom('c1', 'c2').map(id),
    personId,
    municipality: code,
    details: fc.constantFrom('indication-granted', 'too-ill').map((kind) => ({ kind })),
  }),
  'erase-person': fc.record({ erasureId: fc.constantFrom('e1', 'e2').map(id), personId }),
  'report-period-totals': fc.record({
    reportId: fc.constantFrom('t1', 't2', 't3').map(id),
    municipality: code,
    from: fc.constant('2022-01-01'),
    until: fc.constantFrom('2022-07-01', '2023-01-01'),
    counts: fc.integer({ min: 3, max: 9 }).map((count) => [{ measure: 'placed', count }]),
  }),
};
