/** Balances and what is posted to them; IBN's turnover. */
import { z } from 'zod';
import { Actor } from '../../../events/entry.ts';
import {
  BookingYearClosed,
  CorrectionPosted,
  PaymentMade,
  PluspakketInvoiced,
  WageCostSubsidyReported,
} from '../../../events/money.ts';
import { Account, Posting } from '../../../events/postings.ts';
import { TurnoverClassified, TurnoverReported } from '../../../events/turnover.ts';
import { EventId, LocalDate, MunicipalityCode, RoughDate, Year } from '../../../events/values.ts';
import { item, recorded } from './item.ts';

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
