/** Whether a target was reached, as far as the results that were reported tell. */
import { dayBefore, yearOf, yearsOf } from '../../events/calendar.ts';
import { compareDecimals } from '../../events/decimals.ts';
import type { EntryFor } from '../../events/index.ts';

type Target = Pick<
  EntryFor<'IndicatorAgreed'>['data'],
  'kind' | 'direction' | 'targetValue' | 'per' | 'from' | 'until'
>;
type Reported = Pick<
  EntryFor<'ResultReported'>['data'],
  'value' | 'reached' | 'final' | 'from' | 'until'
>;

/** The result is of one whole year, or of as much of it as the target holds for. */
const isOfOneYear = (target: Target, { from, until }: Reported): boolean =>
  yearOf(from) === yearOf(dayBefore(until)) &&
  (from.endsWith('-01-01') || from === target.from) &&
  (until.endsWith('-01-01') || until === target.until);

/** The result is of the very stretch for which the target holds. */
const isOfTarget = (target: Target, result: Reported): boolean =>
  target.per === 'year'
    ? isOfOneYear(target, result)
    : target.from === result.from && target.until === result.until;

/** What one final result says of a goal; undefined when it decides nothing. */
export const verdictOf = (target: Target, result: Reported): boolean | undefined => {
  if (target.kind !== 'goal' || !result.final) return undefined;
  if (result.reached !== undefined) return result.reached;
  const { direction, targetValue } = target;
  if (result.value === undefined || targetValue === undefined || direction === undefined)
    return undefined;
  if (!isOfTarget(target, result)) return undefined;
  const above = compareDecimals(result.value, targetValue);
  return direction === 'at-least' ? above >= 0 : above <= 0;
};

/** Every year of the target has a result that reached it. */
const everyYear = ({ from, until }: Target, results: readonly Reported[]): boolean => {
  if (from === undefined || until === undefined) return false;
  const reached = new Set(results.filter((r) => r.reached).map((r) => yearOf(r.from)));
  return yearsOf(from, until).every((year) => reached.has(year));
};

/**
 * What is known of a goal on a date; undefined for what is no goal. One result that missed it is
 * enough to miss it; a target for each year is reached when each year is.
 * @param results with the verdict on each as `reached`
 */
export const reachedOf = (
  target: Target,
  results: readonly Reported[],
  validAt: string,
): boolean | 'in-progress' | 'unknown' | undefined => {
  if (target.kind !== 'goal') return undefined;
  const verdicts = results.map((r) => r.reached);
  if (verdicts.includes(false)) return false;
  if (target.per === 'year' ? everyYear(target, results) : verdicts.includes(true)) return true;
  const begun = target.from === undefined || target.from <= validAt;
  const over = target.until !== undefined && target.until <= validAt;
  return begun && !over ? 'in-progress' : 'unknown';
};
