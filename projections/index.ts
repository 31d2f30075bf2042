/** Every question there is. */
import { agreements } from './agreements/index.ts';
import { areas } from './areas/index.ts';
import { bodies } from './bodies/index.ts';
import type { Projection } from './core.ts';
import { decisions } from './decisions/index.ts';
import { findings } from './findings/index.ts';
import { lumpSums } from './lump-sums/index.ts';
import { members } from './members/index.ts';
import { packageComposition } from './package/index.ts';
import { circumstances, placements, referrals } from './people/index.ts';
import { placementCounts } from './period-totals/index.ts';
import { rules } from './rules/index.ts';
import { oneToOne } from './simple.ts';

/** Raised whenever an answer may come out differently. 1: the first. */
export const model = 1;

export const projections: readonly Projection[] = [
  members,
  bodies,
  areas,
  decisions,
  agreements,
  rules,
  packageComposition,
  lumpSums,
  oneToOne('distribution-keys', 'DistributionKeySet', 'keyId', 'title'),
  oneToOne('budgets', 'IbnBudgetAdopted', 'budgetId', 'year', 'title'),
  oneToOne('stated-amounts', 'AmountStated', undefined, 'year', 'subject'),
  oneToOne('occurrences', 'OccurrenceRecorded', 'occurrenceId', 'title'),
  referrals,
  placements,
  circumstances,
  oneToOne('period-totals', 'PeriodTotalsReported', 'reportId', 'municipality', 'from'),
  placementCounts,
  findings,
];

export { basispakket } from './package/index.ts';
export { describe } from './timeline/index.ts';
export type { HeldFact, Item, Json, Look, Projection, Resting } from './core.ts';
export { common } from './core.ts';
