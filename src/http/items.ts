/** What the items of each question look like: the names that users may count on. */
import { z } from 'zod';
import { AgreementConcluded } from '../../events/agreements.ts';
import { BodyEstablished } from '../../events/bodies.ts';
import { DecisionProposed } from '../../events/decisions.ts';
import { FindingRecorded, OccurrenceRecorded } from '../../events/findings.ts';
import { AmountStated, DistributionKeySet, IbnBudgetAdopted } from '../../events/lump-sums.ts';
import {
  BookingYearClosed,
  CorrectionPosted,
  PaymentMade,
  PluspakketInvoiced,
  WageCostSubsidyReported,
} from '../../events/money.ts';
import { PackageTask } from '../../events/package.ts';
import { Account, Posting } from '../../events/postings.ts';
import { Actor } from '../../events/entry.ts';
import { RuleSet } from '../../events/rules.ts';
import { TurnoverClassified, TurnoverReported } from '../../events/turnover.ts';
import {
  CentsText,
  EventId,
  LocalDate,
  MunicipalityCode,
  Period,
  RoughDate,
  Ulid,
  Year,
} from '../../events/values.ts';
import { basis, certainty, evidence } from './schemas.ts';

const item = <Shape extends z.ZodRawShape>(id: string, shape: Shape) =>
  z.looseObject({ ...shape, ...certainty, ...evidence, ...basis }).meta({ id });

/** Data of one event, as it was recorded, with its date. */
const recorded = { date: RoughDate, eventId: EventId };

export const Member = item('Member', {
  municipality: MunicipalityCode,
  name: z.string().optional(),
  status: z.enum(['member', 'merged']),
  since: LocalDate,
  predecessors: z.array(MunicipalityCode).optional(),
  mergedInto: MunicipalityCode.optional(),
});

export const Body = item('Body', {
  ...BodyEstablished.schema.shape,
  representatives: z.array(
    z.looseObject({ seatId: Ulid, office: z.string(), chair: z.boolean(), since: LocalDate }),
  ),
});

export const Area = item('Area', {
  areaId: Ulid,
  name: z.string(),
  municipalities: z.array(MunicipalityCode),
  scenario: z.looseObject({ scenario: z.enum(['I', 'II', 'III']), pilot: z.boolean() }).optional(),
});

export const decisionStatuses = [
  'proposed',
  'advised',
  'decided',
  'adopted',
  'in-force',
  'refused',
  'withdrawn',
  'superseded',
  'ended',
] as const;

const { decisionId, number, series, title, summary, needsAdoptionBy, organs, effectiveDate } =
  DecisionProposed.schema.shape;

export const Decision = item('Decision', {
  ...{ decisionId, number, series, title, summary, needsAdoptionBy, organs, effectiveDate },
  status: z.enum(decisionStatuses),
  inForceFrom: RoughDate.optional(),
  course: z.array(z.looseObject({ step: z.string(), date: RoughDate, ...evidence })),
  plans: z.array(z.looseObject({ step: z.string(), plannedFor: RoughDate })),
  adoptions: z.array(z.looseObject({ municipality: MunicipalityCode, date: RoughDate })),
  closed: z.looseObject({ how: z.string() }).optional(),
});

export const agreementStatuses = ['concluded', 'running', 'ended'] as const;

export const Agreement = item('Agreement', {
  ...AgreementConcluded.schema.shape,
  status: z.enum(agreementStatuses),
});

export const Rule = item('Rule', {
  ...RuleSet.schema.shape,
  since: RoughDate,
  setBy: EventId,
  refuses: z.boolean().meta({ description: 'Weigert de regel, of waarschuwt hij alleen?' }),
});

export const Package = item('Package', {
  period: Period.optional(),
  packageId: Ulid.optional(),
  decisionIds: z.array(Ulid),
  tasks: z.array(
    z.looseObject({ ...PackageTask.shape, since: LocalDate, decisionIds: z.array(Ulid) }),
  ),
  size: z.string().optional(),
  intendedResults: z.array(z.string()).optional(),
  costCents: CentsText.optional(),
  notUsed: z.array(
    z.looseObject({ municipality: MunicipalityCode, task: z.string(), since: LocalDate }),
  ),
  plusServices: z.array(z.looseObject({})),
  agreements: z.array(z.looseObject({})),
  lastPeriod: Period.optional(),
});

export const PackagePart = item('PackagePart', {
  task: z.string(),
  title: z.string().optional(),
  inPackage: z.boolean(),
  notUsedBy: z.array(MunicipalityCode),
});

export const lumpSumStatuses = ['expected', 'proposed', 'determined', 'withdrawn'] as const;

const Share = z.looseObject({
  municipality: MunicipalityCode,
  amountCents: CentsText,
  origin: z.enum(['published', 'computed']),
});

export const LumpSum = item('LumpSum', {
  lumpSumId: Ulid,
  period: Period,
  status: z.enum(lumpSumStatuses),
  years: z.array(
    z.looseObject({
      year: Year,
      totalStatedCents: CentsText.optional(),
      totalOfSharesCents: CentsText.optional(),
      shares: z.array(Share),
    }),
  ),
  keyId: Ulid.optional(),
  budgetId: Ulid.optional(),
  decisionIds: z.array(Ulid),
  findings: z.array(z.looseObject({})),
});

export const DistributionKey = item('DistributionKey', {
  ...DistributionKeySet.schema.shape,
  ...recorded,
});
export const Budget = item('Budget', { ...IbnBudgetAdopted.schema.shape, ...recorded });
export const StatedAmount = item('StatedAmount', { ...AmountStated.schema.shape, ...recorded });
export const Occurrence = item('Occurrence', { ...OccurrenceRecorded.schema.shape, ...recorded });

export const severities = ['note', 'warning', 'error'] as const;

export const Finding = item('Finding', {
  ...FindingRecorded.schema.shape,
  findingId: z.string(),
  since: RoughDate,
});

// --- money

export const YearText = z.string().regex(/^2\d{3}$/, { error: 'verwacht een jaar' });

/** A municipality in a booking year. */
export const BalanceId = z
  .string()
  .regex(/^gm\d{4}-2\d{3}$/, { error: 'verwacht gemeente en boekjaar als gm0828-2025' });

/** Cents as text, below zero too. */
const SignedCents = z
  .string()
  .regex(/^(0|-?[1-9]\d*)$/)
  .meta({ id: 'SignedCents', example: '-45760100' });

const passed = {
  municipality: MunicipalityCode,
  since: LocalDate,
  owedCents: SignedCents,
  mergedBy: EventId,
};

export const Balance = item('Balance', {
  balanceId: BalanceId,
  municipality: MunicipalityCode,
  year: Year,
  accounts: z.array(
    z.looseObject({
      account: Account,
      debitCents: SignedCents,
      creditCents: SignedCents,
      balanceCents: SignedCents.meta({ description: 'Debet min credit' }),
    }),
  ),
  owedCents: SignedCents.meta({ description: 'Schuldig aan IBN; onder nul: te veel betaald' }),
  openingCents: SignedCents.meta({ description: 'Uit het vorige boekjaar, bij de sluiting' }),
  postings: z.int().meta({ description: 'Aantal boekingen waarvan dit de som is' }),
  passedFrom: z
    .array(z.looseObject({ ...passed, postings: z.int() }))
    .optional()
    .meta({ description: 'Wat van opgegane gemeenten kwam, en hierin is opgeteld' }),
  passedTo: z
    .looseObject(passed)
    .optional()
    .meta({ description: 'Naar wie dit saldo overging toen de gemeente opging in een andere' }),
});

export const PostedLine = z
  .looseObject({
    ...Posting.shape,
    sequence: z.int(),
    eventId: EventId,
    type: z.string(),
    validFrom: RoughDate,
    certainty: z.enum(['certain', 'uncertain']),
  })
  .meta({ id: 'PostedLine' });

export const PluspakketInvoice = item('PluspakketInvoice', {
  ...PluspakketInvoiced.schema.shape,
  ...recorded,
});
export const WageCostSubsidy = item('WageCostSubsidy', {
  ...WageCostSubsidyReported.schema.shape,
  ...recorded,
});
export const Payment = item('Payment', { ...PaymentMade.schema.shape, ...recorded });
export const Correction = item('Correction', { ...CorrectionPosted.schema.shape, ...recorded });
export const BookingYear = item('BookingYear', { ...BookingYearClosed.schema.shape, ...recorded });

const { class: turnoverClass, reasoning } = TurnoverClassified.schema.shape;

export const Turnover = item('Turnover', {
  ...TurnoverReported.schema.shape,
  class: turnoverClass.optional(),
  classification: z
    .looseObject({
      class: turnoverClass,
      reasoning,
      by: Actor,
      since: RoughDate,
      eventId: EventId,
    })
    .optional(),
});
