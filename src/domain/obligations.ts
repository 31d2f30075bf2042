/** What a lump sum obliges each municipality to, as postings (R8): the difference when it is anew. */
import type { EntryFor } from '../../events/index.ts';
import type { LumpSumYear } from '../../events/lump-sums.ts';
import type { Posting } from '../../events/postings.ts';
import { cents } from '../../events/values.ts';
import { booked } from './bookkeeping.ts';

type Determination = EntryFor<'LumpSumDetermined'>['data'];

/** What its writer said, without what the ledger made of it. */
export const told = ({
  redetermines: _redetermines,
  postings: _postings,
  ...data
}: Determination) => data;

/** What each municipality owes by its shares, less what was posted for it before. */
export const obligations = (
  years: readonly LumpSumYear[],
  before: Determination | undefined,
): Posting[] => {
  const amounts = new Map<string, bigint>();
  const add = (list: readonly LumpSumYear[], sign: bigint): void => {
    for (const { year, shares } of list)
      for (const { municipality, amountCents } of shares) {
        const place = `${year} ${municipality}`;
        amounts.set(place, (amounts.get(place) ?? 0n) + sign * cents(amountCents));
      }
  };
  add(years, 1n);
  // One that was determined without postings has none to be less.
  if (before?.postings !== undefined) add(before.years, -1n);
  return [...amounts].flatMap(([place, amount]) => {
    const [year = '', municipality = ''] = place.split(' ');
    return booked({ municipality, year: Number(year) }, 'lump-sum', 'payable', amount);
  });
};
