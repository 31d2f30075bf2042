/** The lump sum (R6 – R9): expected, proposed, determined; its key, shares and IBN's budget. */
import { z } from 'zod';
import { event } from './define.ts';
import { bookingYears, Postings } from './postings.ts';
import { Means } from './turnover.ts';
import {
  CentsText,
  DecimalText,
  EventId,
  Line,
  LocalDate,
  MunicipalityCode,
  Note,
  Slug,
  Ulid,
  Year,
} from './values.ts';

const Share = z.strictObject({
  municipality: MunicipalityCode,
  amountCents: CentsText,
  /** `published`: as a source or a decision has it; `computed`: by the ledger, from the key. */
  origin: z.enum(['published', 'computed']),
  /** How the source calls the municipality, where that is not its name. */
  wording: Line.optional(),
});

const LumpSumYear = z.strictObject({
  year: Year,
  /** As stated, surcharge included, without VAT (R7). Absent: the sources do not say. */
  totalCents: CentsText.optional(),
  /** The source rounds it. */
  rounded: z.boolean().optional(),
  shares: z.array(Share).max(40),
});
export type LumpSumYear = z.infer<typeof LumpSumYear>;

const period = { from: LocalDate, until: LocalDate };
const years = z.array(LumpSumYear).min(1).max(4);

/** What was expected of an amount, when no amount was known. */
export const LumpSumExpected = event(
  'LumpSumExpected',
  z.strictObject({ lumpSumId: Ulid, ...period, expectation: Note }),
  (data) => ({ 'lump-sum': data.lumpSumId }),
);

export const LumpSumProposed = event(
  'LumpSumProposed',
  z.strictObject({
    lumpSumId: Ulid,
    ...period,
    years,
    keyId: Ulid.optional(),
    note: Note.optional(),
  }),
  (data) => ({ 'lump-sum': data.lumpSumId, key: data.keyId }),
);

export const LumpSumDetermined = event(
  'LumpSumDetermined',
  z.strictObject({
    lumpSumId: Ulid,
    ...period,
    years,
    keyId: Ulid.optional(),
    /** The budget of IBN it was set together with (R6, decision 13). */
    budgetId: Ulid.optional(),
    /** The decision by which it was determined. */
    decisionIds: z.array(Ulid).max(20),
    /** Why the period differs from two calendar years, or an amount changes within it (R3). */
    circumstances: Note.optional(),
    note: Note.optional(),
    /** The determination before, of the same lump sum; `postings` then hold the difference. */
    redetermines: EventId.optional(),
    /** What the shares oblige each municipality to; unknown shares post nothing. */
    postings: Postings.optional(),
  }),
  (data) => ({
    'lump-sum': data.lumpSumId,
    key: data.keyId,
    budget: data.budgetId,
    decision: data.decisionIds,
    event: data.redetermines,
    'booking-year': bookingYears(data.postings ?? []),
  }),
);

export const LumpSumWithdrawn = event(
  'LumpSumWithdrawn',
  z.strictObject({ lumpSumId: Ulid, reason: Note }),
  (data) => ({ 'lump-sum': data.lumpSumId }),
);

/** Another amount that a source names beside the lump sum, so that nobody mixes them. */
export const AmountStated = event(
  'AmountStated',
  z.strictObject({
    /** What it is an amount of, e.g. `attributable-costs`, `beschut-extra-means`. */
    subject: Slug,
    year: Year,
    amountCents: CentsText,
    approximate: z.boolean(),
    note: Note,
  }),
  (data) => ({ subject: data.subject, year: String(data.year) }),
);

/** The objective key (decision 14) by which a lump sum is divided over the members. */
export const DistributionKeySet = event(
  'DistributionKeySet',
  z.strictObject({
    keyId: Ulid,
    title: Line,
    /** What is measured, e.g. the Participatiebudget for the new target groups. */
    measure: Line,
    /** Years it is meant for. */
    years: z.array(Year).min(1).max(10),
    /** Empty when the sources name the key but not its weights. */
    weights: z
      .array(z.strictObject({ municipality: MunicipalityCode, weight: DecimalText }))
      .max(40),
    decisionIds: z.array(Ulid).max(20),
  }),
  (data) => ({ key: data.keyId, decision: data.decisionIds }),
);

export const IbnBudgetAdopted = event(
  'IbnBudgetAdopted',
  z.strictObject({
    budgetId: Ulid,
    year: Year,
    title: Line,
    totalCents: CentsText.optional(),
    /** By means (R21), where the budget tells. */
    lines: z
      .array(z.strictObject({ means: Means, amountCents: CentsText }))
      .min(1)
      .max(8)
      .optional(),
  }),
  (data) => ({ budget: data.budgetId, year: String(data.year) }),
);

export const lumpSumEvents = [
  LumpSumExpected,
  LumpSumProposed,
  LumpSumDetermined,
  LumpSumWithdrawn,
  AmountStated,
  DistributionKeySet,
  IbnBudgetAdopted,
] as const;
