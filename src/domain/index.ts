/** Every command there is. */
import { agreementCommands } from './agreements.ts';
import { areaCommands } from './areas.ts';
import { bodyCommands } from './bodies.ts';
import { decisionCommands } from './decision-steps.ts';
import { findingCommands } from './findings.ts';
import { lumpSumCommands } from './lump-sums.ts';
import { memberCommands } from './members.ts';
import { packageCommands } from './package.ts';
import { circumstanceCommands } from './circumstances.ts';
import { periodTotalsCommands } from './period-totals.ts';
import { placementCommands } from './placements.ts';
import { referralCommands } from './referrals.ts';
import { ruleCommands } from './rules.ts';

export const commands = [
  ...memberCommands,
  ...bodyCommands,
  ...areaCommands,
  ...decisionCommands,
  ...agreementCommands,
  ...ruleCommands,
  ...packageCommands,
  ...lumpSumCommands,
  ...referralCommands,
  ...placementCommands,
  ...circumstanceCommands,
  ...periodTotalsCommands,
  ...findingCommands,
];

export { booksOf } from './books.ts';
export type { Command, Mode, OpenedFields, Outcome, Proposed, Refusal, Sight } from './core.ts';
