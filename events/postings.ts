/**
 * Postings: what an event does to the accounts of a municipality, in one booking year. Seen from
 * the municipality: what it owes IBN stands on `payable`, on the credit side. Postings are never
 * taken out of the books; a mistake is posted again the other way round.
 */
import { z } from 'zod';
import { MunicipalityCode, Year } from './values.ts';

export const Account = z
  .enum([
    /** Owed to IBN. */
    'payable',
    /** Expenses. */
    'lump-sum',
    'pluspakket',
    'wage-cost-subsidy',
    /** Paid. */
    'bank',
    /** What was still open at the close of a year, out of the old year and into the new one. */
    'carried-forward',
    'brought-forward',
    /** The other side of a correction that belongs on no account of its own. */
    'corrections',
  ])
  .meta({ id: 'Account' });
export type Account = z.infer<typeof Account>;

/**
 * A posted amount: cents as text, more than zero and under 10^13, so that the sum of as many as a
 * ledger can hold stays far within 64 bits.
 */
export const PostedCents = z
  .string()
  .regex(/^[1-9]\d{0,12}$/, {
    error: 'verwacht een heel, positief aantal eurocenten als tekst, van hoogstens 13 cijfers',
  })
  .meta({ id: 'PostedCents', description: 'Bedrag in eurocenten, als tekst', example: '45760100' });

export const Posting = z
  .strictObject({
    municipality: MunicipalityCode,
    /** Booking year. */
    year: Year,
    account: Account,
    side: z.enum(['debit', 'credit']),
    amountCents: PostedCents,
  })
  .meta({ id: 'Posting' });
export type Posting = z.infer<typeof Posting>;

/** Booking years that the postings of one event touch, at most. */
const mostYears = 10;

/** Debit less credit, per municipality and booking year. */
const differences = (postings: readonly Posting[]): ReadonlyMap<string, bigint> => {
  const found = new Map<string, bigint>();
  for (const { municipality, year, side, amountCents } of postings) {
    const place = `${municipality} in ${year}`;
    const amount = BigInt(amountCents);
    found.set(place, (found.get(place) ?? 0n) + (side === 'debit' ? amount : -amount));
  }
  return found;
};

/** Balanced: debit equals credit, for each municipality in each booking year. */
export const Postings = z
  .array(Posting)
  .max(400)
  .superRefine((postings, context) => {
    for (const [place, difference] of differences(postings))
      if (difference !== 0n)
        context.addIssue({
          code: 'custom',
          message: `debet en credit van ${place} verschillen ${difference} cent`,
        });
    if (bookingYears(postings).length > mostYears)
      context.addIssue({ code: 'custom', message: `meer dan ${mostYears} boekjaren` });
  });

/** The postings of any event; most have none. */
export const postingsIn = (data: object): readonly Posting[] =>
  (data as { readonly postings?: readonly Posting[] }).postings ?? [];

/** Booking years that are posted to, as tags name them. */
export const bookingYears = (postings: readonly Posting[]): readonly string[] => [
  ...new Set(postings.map(({ year }) => String(year))),
];
