/** IBN's turnover by means (R21), and how each line is classed for the activity criterion. */
import { z } from 'zod';
import { event } from './define.ts';
import { CentsText, Line, Note, Ulid, Year } from './values.ts';

/** Where IBN's money comes from. */
export const Means = z
  .enum([
    'wsw-grant',
    'beschut-means',
    'wage-cost-subsidies',
    'lump-sum',
    'pluspakket',
    'other-clients',
    'tax-allowances',
    'net-added-value',
  ])
  .meta({ id: 'Means' });

export const TurnoverReported = event(
  'TurnoverReported',
  z.strictObject({
    turnoverId: Ulid,
    year: Year,
    means: Means,
    title: Line,
    amountCents: CentsText,
    /** Expected, not earned. */
    projection: z.boolean(),
  }),
  (data) => ({ turnover: data.turnoverId, year: String(data.year) }),
);

/** A judgement, with its author as actor: may be given anew, and then replaces the one before. */
export const TurnoverClassified = event(
  'TurnoverClassified',
  z.strictObject({
    turnoverId: Ulid,
    /** Entrusted by the controlling municipalities, by another body they control, or neither. */
    class: z.enum(['entrusted', 'controlled-entity', 'market']),
    reasoning: Note,
  }),
  (data) => ({ turnover: data.turnoverId }),
);

export const turnoverEvents = [TurnoverReported, TurnoverClassified] as const;
