/** Every question there is. */
import { agreements } from './agreements/index.ts';
import { areas } from './areas/index.ts';
import { attestations } from './attestations/index.ts';
import { awards } from './awards/index.ts';
import { assignments } from './assignments/index.ts';
import { balances } from './balances/index.ts';
import { bodies } from './bodies/index.ts';
import { compliance } from './compliance/index.ts';
import type { Projection } from './core.ts';
import { decisions } from './decisions/index.ts';
import { erasures } from './erasures/index.ts';
import { actionPoints } from './evaluations/action-points.ts';
import { evaluations } from './evaluations/index.ts';
import { findings } from './findings/index.ts';
import { indicators } from './indicators/index.ts';
import { lumpSums } from './lump-sums/index.ts';
import { members } from './members/index.ts';
import { packageComposition } from './package/index.ts';
import { areaAgreements } from './area-agreements/index.ts';
import { pilots } from './pilots/index.ts';
import { plusServices } from './plus-services/index.ts';
import { plusContracts } from './pluspakket-contracts/index.ts';
import { circumstances, placements, referrals } from './people/index.ts';
import { placementCounts } from './period-totals/index.ts';
import { retention } from './retention/index.ts';
import { rules } from './rules/index.ts';
import { shareholdings } from './shareholdings/index.ts';
import { oneToOne } from './simple.ts';
import { turnover } from './turnover/index.ts';

/**
 * Raised whenever an answer may come out differently. 1: the first. 2: the whole domain, with
 * findings that follow from time. 3: `notUsed` names only parts that are in the package, and a
 * finding on what was taken back tells the types of its events. 4: `retention` names everyone who
 * recorded something of a person.
 */
export const model = 4;

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
  indicators,
  oneToOne('staff-ratios', 'StaffRatioReported', undefined, 'year', 'measuredOn'),
  evaluations,
  actionPoints,
  oneToOne('options', 'OptionRejected', 'optionId', 'title'),
  assignments,
  oneToOne('practices', 'PracticeSet', 'practice', 'practice'),
  oneToOne('occurrences', 'OccurrenceRecorded', 'occurrenceId', 'title'),
  shareholdings,
  attestations,
  awards,
  compliance,
  plusServices,
  plusContracts,
  pilots,
  areaAgreements,
  balances,
  oneToOne('pluspakket-invoices', 'PluspakketInvoiced', 'invoiceId', 'municipality', 'number'),
  oneToOne('wage-cost-subsidies', 'WageCostSubsidyReported', 'reportId', 'municipality', 'month'),
  oneToOne('payments', 'PaymentMade', 'paymentId', 'municipality', 'paymentId'),
  oneToOne('corrections', 'CorrectionPosted', 'correctionId', 'correctionId'),
  oneToOne('booking-years', 'BookingYearClosed', 'year', 'year'),
  turnover,
  referrals,
  placements,
  circumstances,
  erasures,
  retention,
  oneToOne('period-totals', 'PeriodTotalsReported', 'reportId', 'municipality', 'from'),
  placementCounts,
  findings,
];

export { partnership } from './compliance/index.ts';
export { basispakket } from './package/index.ts';
export { describe } from './timeline/index.ts';
export type {
  HeldFact,
  Item,
  Json,
  Look,
  PostedSum,
  Projection,
  Resting,
  RoughlyPosted,
} from './core.ts';
export { common } from './core.ts';
