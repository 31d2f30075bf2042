/** Every command there is. */
import { agreementCommands } from './agreements.ts';
import { areaCommands } from './areas.ts';
import { bodyCommands } from './bodies.ts';
import { decisionCommands } from './decision-steps.ts';
import { findingCommands } from './findings.ts';
import { lawfulnessCommands } from './lawfulness.ts';
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
  ...findingCommands,
];

export { booksOf } from './books.ts';
export type { Command, Mode, Outcome, Proposed, Refusal, Sight } from './core.ts';
