/** Which resource an event, a finding or a command belongs to, and whose it is. */
import type { EntryType } from '../../../events/index.ts';
import { isResource } from './may.ts';
import type { Resource } from './table.ts';

const resourceOfType: Readonly<Record<EntryType, Resource>> = {
  LedgerOpened: 'events',
  FactReversed: 'events',
  LossAccepted: 'events',
  LedgerMoved: 'events',
  MemberJoined: 'members',
  MunicipalitiesMerged: 'members',
  MemberLeft: 'members',
  BodyEstablished: 'bodies',
  RepresentativeAppointed: 'bodies',
  RepresentativeWithdrawn: 'bodies',
  ExecutionAreaFormed: 'areas',
  ExecutionAreaEnded: 'areas',
  ScenarioChosen: 'areas',
  AreaAgreementMade: 'area-agreements',
  AreaAgreementConflictNoted: 'area-agreements',
  AreaAgreementEnded: 'area-agreements',
  DecisionProposed: 'decisions',
  DecisionAdvised: 'decisions',
  DecisionDecided: 'decisions',
  DecisionAdopted: 'decisions',
  DecisionRefused: 'decisions',
  DecisionWithdrawn: 'decisions',
  DecisionAmended: 'decisions',
  DecisionSuperseded: 'decisions',
  DecisionEnded: 'decisions',
  DecisionStepPlanned: 'decisions',
  AgreementConcluded: 'agreements',
  AgreementPlanned: 'agreements',
  AgreementExtended: 'agreements',
  AgreementEnded: 'agreements',
  RuleSet: 'rules',
  RuleEnded: 'rules',
  PackageDetermined: 'package',
  PackageChanged: 'package',
  PackagePartLeftUnused: 'package-parts',
  PackagePartResumed: 'package-parts',
  LumpSumExpected: 'lump-sums',
  LumpSumProposed: 'lump-sums',
  LumpSumDetermined: 'lump-sums',
  LumpSumWithdrawn: 'lump-sums',
  AmountStated: 'stated-amounts',
  DistributionKeySet: 'distribution-keys',
  IbnBudgetAdopted: 'budgets',
  ShareholdingRecorded: 'shareholdings',
  CriterionAttested: 'attestations',
  AttestationContested: 'attestations',
  PluspakketInvoiced: 'pluspakket-invoices',
  WageCostSubsidyReported: 'wage-cost-subsidies',
  PaymentMade: 'payments',
  CorrectionPosted: 'corrections',
  BookingYearClosed: 'booking-years',
  TurnoverReported: 'turnover',
  TurnoverClassified: 'turnover',
  PlusServiceOffered: 'plus-services',
  PlusServiceArranged: 'plus-services',
  PlusServiceEnded: 'plus-services',
  PlusServiceMoved: 'plus-services',
  PlusContractConcluded: 'pluspakket-contracts',
  PlusContractAmended: 'pluspakket-contracts',
  PlusContractShared: 'pluspakket-contracts',
  PlusContractTerminated: 'pluspakket-contracts',
  PlusContractCompleted: 'pluspakket-contracts',
  PilotStarted: 'pilots',
  PilotEvaluated: 'pilots',
  PilotEnded: 'pilots',
  IndicatorAgreed: 'indicators',
  ResultReported: 'indicators',
  StaffRatioReported: 'staff-ratios',
  EvaluationHeld: 'evaluations',
  ActionPointSet: 'action-points',
  ActionPointReported: 'action-points',
  OptionRejected: 'options',
  AssignmentGiven: 'assignments',
  SubAssignmentReported: 'assignments',
  AssignmentDelivered: 'assignments',
  PracticeSet: 'practices',
  ReferralRecorded: 'referrals',
  ReferralStepRecorded: 'referrals',
  PlacementRecorded: 'placements',
  PlacementStepRecorded: 'placements',
  CircumstanceRecorded: 'circumstances',
  PersonErasureRequested: 'erasures',
  PersonErased: 'erasures',
  PeriodTotalsReported: 'period-totals',
  FindingRecorded: 'findings',
  FindingResolved: 'findings',
  OccurrenceRecorded: 'occurrences',
};

/** Kinds of tags that name a thing which not everyone may read about. */
const resourceOfTag: Readonly<Record<string, Resource>> = {
  person: 'placements',
  referral: 'referrals',
  placement: 'placements',
  circumstance: 'circumstances',
  erasure: 'erasures',
  'subsidy-report': 'wage-cost-subsidies',
  invoice: 'pluspakket-invoices',
  payment: 'payments',
  correction: 'corrections',
  'booking-year': 'booking-years',
  balance: 'balances',
  turnover: 'turnover',
};

export const resourceOfEventType = (type: EntryType): Resource => resourceOfType[type];

/** The resources of tags in a list, where not everyone may read these. */
export const resourcesNamed = (tags: readonly string[]): readonly Resource[] => [
  ...new Set(tags.flatMap((tag) => resourceOfTag[tag.slice(0, tag.indexOf(':'))] ?? [])),
];

/** The municipalities whose an item or the data of an event is; none where it does not tell. */
export const municipalitiesIn = (data: Readonly<Record<string, unknown>>): readonly string[] => {
  if (typeof data.municipality === 'string') return [data.municipality];
  if (Array.isArray(data.municipalities)) return data.municipalities.map(String);
  const posted = listIn(data.postings).map((posting) => String(posting.municipality));
  const named = (Array.isArray(data.about) ? data.about : [])
    .map(String)
    .filter((tag) => tag.startsWith('municipality:'))
    .map((tag) => tag.slice('municipality:'.length));
  return [...new Set([...posted, ...named])];
};

const listIn = (value: unknown): readonly Readonly<Record<string, unknown>>[] =>
  (Array.isArray(value) ? (value as readonly unknown[]) : []).filter(
    (one): one is Readonly<Record<string, unknown>> => typeof one === 'object' && one !== null,
  );

/** The resource that a command writes to: the first word of its path. @throws Error */
export const resourceOfPath = (path: string): Resource => {
  const [name = ''] = path.split('/');
  if (!isResource(name)) throw new Error(`${name} is not in the table of access`);
  return name;
};
