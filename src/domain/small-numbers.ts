/**
 * What may be seen of reported counts. A number below five is not told; nor is one from which such
 * a number follows, together with what is told beside it or was told before and taken back: what
 * was once told stays known.
 */
import type { EntryFor } from '../../events/index.ts';
import { fewest, type ShownCount } from '../../events/period-totals.ts';

type Report = EntryFor<'PeriodTotalsReported'>['data'];

interface Given {
  readonly measure: string;
  readonly count: number;
  readonly partOf?: string | undefined;
}

/** What is or was told of a measure over the same period, and what it is a part of. */
interface Told {
  readonly measure: string;
  readonly count: ShownCount;
  readonly partOf?: string | undefined;
}

/** @param before reports of the same municipality that were taken back */
export const shownCounts = (
  { from, until, counts }: Pick<Report, 'from' | 'until'> & { readonly counts: readonly Given[] },
  before: readonly Report[],
): Report['counts'] => {
  const overlapping = before.filter((old) => old.from < until && from < old.until);
  const isSame = (old: Report): boolean => old.from === from && old.until === until;
  const told: readonly Told[] = overlapping.filter(isSame).flatMap((old) => old.counts);
  const elsewhere = overlapping.filter((old) => !isSame(old)).flatMap((old) => old.counts);
  const isTold = (list: readonly Told[], wanted: string): boolean =>
    list.some(({ measure, count }) => measure === wanted && typeof count === 'number');
  const hidden = new Set(
    counts
      .filter((one) => tells(one, counts, told) || isTold(elsewhere, one.measure))
      .map(({ measure }) => measure),
  );
  for (let size = -1; size < hidden.size;) {
    size = hidden.size;
    for (const { measure, partOf } of counts) {
      if (partOf === undefined) continue;
      // A total would tell its hidden part; and a total that was told, by the other parts.
      if (hidden.has(measure)) hidden.add(partOf);
      else if (hidden.has(partOf) && isTold(told, partOf)) hidden.add(measure);
    }
  }
  return counts.map((one) => ({ ...one, count: shownCount(one, hidden) }));
};

const shownCount = ({ measure, count }: Given, hidden: ReadonlySet<string>): ShownCount =>
  count < fewest ? '<5' : hidden.has(measure) ? 'hidden' : count;

/** Whether a count is small, or tells how few are in a part of it, outside one, or in none. */
const tells = (
  { measure, count }: Given,
  counts: readonly Given[],
  told: readonly Told[],
): boolean => {
  if (count < fewest) return true;
  const isPart = ({ partOf }: Told): boolean => partOf === measure;
  const now = counts.filter(isPart);
  const then = told.filter(isPart);
  const numbers = [...now, ...then].map((part) => part.count);
  if (numbers.some((part) => part === '<5')) return true;
  if (numbers.some((part) => typeof part === 'number' && isFew(count - part))) return true;
  const rest = count - now.reduce((sum, part) => sum + part.count, 0);
  // Parts that are all there is leave nobody, and tell of nobody.
  return rest !== 0 && isFew(rest);
};

const isFew = (count: number): boolean => count >= 0 && count < fewest;
