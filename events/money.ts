/** What members owe IBN and what they pay: invoices, subsidies, payments, corrections, closing. */
import { z } from 'zod';
import { event } from './define.ts';
import { bookingYears, PostedCents, Postings } from './postings.ts';
import { EventId, Line, MunicipalityCode, Note, Ulid, Year } from './values.ts';

/** A calendar month, `YYYY-MM`. */
const Month = z
  .string()
  .regex(/^2\d{3}-(0[1-9]|1[0-2])$/, { error: 'verwacht een maand als JJJJ-MM' })
  .meta({ id: 'Month', example: '2025-03' });

export const PluspakketInvoiced = event(
  'PluspakketInvoiced',
  z.strictObject({
    invoiceId: Ulid,
    /** Number that IBN gave it. */
    number: Line,
    municipality: MunicipalityCode,
    contractId: Ulid.optional(),
    amountCents: PostedCents,
    note: Note.optional(),
    postings: Postings,
  }),
  (data) => ({
    invoice: data.invoiceId,
    contract: data.contractId,
    municipality: data.municipality,
    'booking-year': bookingYears(data.postings),
  }),
);

/** Wage-cost subsidies of one municipality in one month, as one total: never per person. */
export const WageCostSubsidyReported = event(
  'WageCostSubsidyReported',
  z.strictObject({
    reportId: Ulid,
    municipality: MunicipalityCode,
    month: Month,
    /** What the municipality is to reimburse. */
    totalCents: PostedCents,
    /** What was granted to the persons together, where that was told (R15). */
    grantedCents: PostedCents.optional(),
    note: Note.optional(),
    postings: Postings,
  }),
  (data) => ({
    'subsidy-report': data.reportId,
    municipality: data.municipality,
    'booking-year': bookingYears(data.postings),
  }),
);

/** What a payment is for: one of these. */
const Settled = z
  .strictObject({
    lumpSumId: Ulid.optional(),
    invoiceId: Ulid.optional(),
    reportId: Ulid.optional(),
  })
  .refine((s) => Object.values(s).filter((id) => id !== undefined).length === 1, {
    error: 'noem één ding: lumpSumId, invoiceId of reportId',
  });

/** A municipality paid IBN. */
export const PaymentMade = event(
  'PaymentMade',
  z.strictObject({
    paymentId: Ulid,
    municipality: MunicipalityCode,
    amountCents: PostedCents,
    settles: Settled.optional(),
    note: Note.optional(),
    postings: Postings,
  }),
  (data) => ({
    payment: data.paymentId,
    municipality: data.municipality,
    'lump-sum': data.settles?.lumpSumId,
    invoice: data.settles?.invoiceId,
    'subsidy-report': data.settles?.reportId,
    'booking-year': bookingYears(data.postings),
  }),
);

/** Postings by which the books are put right. */
export const CorrectionPosted = event(
  'CorrectionPosted',
  z.strictObject({
    correctionId: Ulid,
    /** The event whose postings it puts right. */
    corrects: EventId.optional(),
    /** It posts the opposites of an event that is taken back in the same command. */
    ofReversal: z.literal(true).optional(),
    reason: Note,
    postings: Postings,
  }),
  (data) => ({
    correction: data.correctionId,
    event: data.corrects,
    'booking-year': bookingYears(data.postings),
  }),
);

/** From here on nothing is posted to this year; what is still open passes to the next. */
export const BookingYearClosed = event(
  'BookingYearClosed',
  z.strictObject({ year: Year, note: Note.optional(), postings: Postings }),
  (data) => ({ 'booking-year': [String(data.year), ...bookingYears(data.postings)] }),
);

export const moneyEvents = [
  PluspakketInvoiced,
  WageCostSubsidyReported,
  PaymentMade,
  CorrectionPosted,
  BookingYearClosed,
] as const;
