/**
 * Double entry: two sides of every amount, booking years that close, and opposites of what is
 * taken back. What is posted stays posted.
 */
import type { Entry, EntryFor, EntryType } from '../../events/index.ts';
import { type Account, type Posting, postingsIn } from '../../events/postings.ts';
import type { Books } from './books.ts';
import { type Context, propose, type Proposed, type Refusal, type Sight } from './core.ts';

// --- state

/** Booking years that were closed, with the event that did; a close is never taken back. */
export type Closings = ReadonlyMap<number, EntryFor<'BookingYearClosed'>>;

export const closingsOf = (events: readonly Entry[]): Closings =>
  new Map(events.flatMap((e) => (e.type === 'BookingYearClosed' ? [[e.data.year, e]] : [])));

/** All of them, for whoever posts; years close one after the other, so there are few. */
export const seeingClosings: readonly Sight[] = [{ types: ['BookingYearClosed'] }];

/** The year that was closed last. */
export const lastClosed = ({ closings }: Books): number | undefined =>
  closings.size === 0 ? undefined : Math.max(...closings.keys());

// --- postings

/** Whatever posts. */
export const postingTypes: readonly EntryType[] = [
  'LumpSumDetermined',
  'PluspakketInvoiced',
  'WageCostSubsidyReported',
  'PaymentMade',
  'CorrectionPosted',
  'BookingYearClosed',
];

/** Where an amount of this year is booked: there, or in the first year that is still open. */
const openYear = (books: Books, year: number): number =>
  Math.max(year, (lastClosed(books) ?? year - 1) + 1);

/** In the first open year, as far as a year is closed. */
export const inOpenYears = (books: Books, postings: readonly Posting[]): Posting[] =>
  postings.map((posting) => ({ ...posting, year: openYear(books, posting.year) }));

/** An amount on both its accounts; below zero it goes the other way round. */
export const booked = (
  at: Pick<Posting, 'municipality' | 'year'>,
  debit: Account,
  credit: Account,
  amount: bigint,
): Posting[] => {
  if (amount === 0n) return [];
  if (amount < 0n) return booked(at, credit, debit, -amount);
  const amountCents = amount.toString();
  const { municipality, year } = at;
  return [
    { municipality, year, account: debit, side: 'debit', amountCents },
    { municipality, year, account: credit, side: 'credit', amountCents },
  ];
};

/** What stands open on `payable` in a booking year, per municipality: owed when above zero. */
export const openPayable = (
  events: readonly Entry[],
  wanted: number,
): ReadonlyMap<string, bigint> => {
  const open = new Map<string, bigint>();
  for (const { municipality, year, account, side, amountCents } of events.flatMap((e) =>
    postingsIn(e.data),
  )) {
    if (year !== wanted || account !== 'payable') continue;
    const amount = side === 'credit' ? BigInt(amountCents) : -BigInt(amountCents);
    open.set(municipality, (open.get(municipality) ?? 0n) + amount);
  }
  return open;
};

// --- taking back

/** Why postings cannot be taken back by themselves. */
export const takingBackRefusal = (found: Entry, books: Books): Refusal | undefined => {
  if (found.type === 'CorrectionPosted' && found.data.ofReversal)
    return {
      code: 'contradiction',
      detail: 'Dit boekt een teruggenomen feit tegen. Leg dat feit opnieuw vast.',
    };
  const later = books.events.some(
    (e) => e.type === 'LumpSumDetermined' && e.data.redetermines === found.id,
  );
  // The later one posted only the difference with this one.
  if (later && found.type === 'LumpSumDetermined' && found.data.postings !== undefined)
    return {
      code: 'contradiction',
      detail: 'Deze lumpsum is daarna opnieuw vastgesteld. Neem eerst dat terug.',
    };
  return undefined;
};

/** The opposites of what an event posted, with its valid date, in the first open years. */
export const oppositesOf = (
  found: Entry,
  books: Books,
  context: Context,
  reason: string,
): readonly Proposed[] => {
  const postings = inOpenYears(books, postingsIn(found.data)).map((posting): Posting => ({
    ...posting,
    side: posting.side === 'debit' ? 'credit' : 'debit',
  }));
  if (postings.length === 0) return [];
  const correctionId = context.ulid();
  return [
    propose(
      { ...context, validFrom: found.validFrom },
      'CorrectionPosted',
      { correctionId, corrects: found.id, ofReversal: true, reason, postings },
      { restsOn: [found.id] },
    ),
  ];
};
