/** Every command there is. */
import { agreementCommands } from './agreements.ts';
import { areaCommands } from './areas.ts';
import { assignmentCommands } from './assignments.ts';
import { bodyCommands } from './bodies.ts';
import { decisionCommands } from './decision-steps.ts';
import { erasureCommands } from './erasures.ts';
import { evaluationCommands } from './evaluations.ts';
import { findingCommands } from './findings.ts';
import { lawfulnessCommands } from './lawfulness.ts';
import { goalCommands } from './goals.ts';
import { lumpSumCommands } from './lump-sums.ts';
import { memberCommands } from './members.ts';
import { bookingYearCommands } from './booking-years.ts';
import { moneyCommands } from './money.ts';
import { packageCommands } from './package.ts';
import { paymentCommands } from './payments.ts';
import { areaAgreementCommands } from './area-agreements.ts';
import { pilotCommands } from './pilots.ts';
import { plusContractCommands } from './plus-contracts.ts';
import { plusServiceCommands } from './plus-services.ts';
import { practiceCommands } from './practices.ts';
import { circumstanceCommands } from './circumstances.ts';
import { periodTotalsCommands } from './period-totals.ts';
import { placementCommands } from './placements.ts';
import { referralCommands } from './referrals.ts';
import { ruleCommands } from './rules.ts';
import { turnoverCommands } from './turnover.ts';

export const commands = [
  ...memberCommands,
  ...bodyCommands,
  ...areaCommands,
  ...decisionCommands,
  ...agreementCommands,
  ...ruleCommands,
  ...packageCommands,
  ...lumpSumCommands,
  ...lawfulnessCommands,
  ...moneyCommands,
  ...paymentCommands,
  ...bookingYearCommands,
  ...turnoverCommands,
  ...plusServiceCommands,
  ...plusContractCommands,
  ...pilotCommands,
  ...areaAgreementCommands,
  ...goalCommands,
  ...evaluationCommands,
  ...assignmentCommands,
  ...practiceCommands,
  ...referralCommands,
  ...placementCommands,
  ...circumstanceCommands,
  ...erasureCommands,
  ...periodTotalsCommands,
  ...findingCommands,
];

export { booksOf } from './books.ts';
export { completeErasure } from './erasures.ts';
export type { Command, Mode, OpenedFields, Outcome, Proposed, Refusal, Sight } from './core.ts';
