/** Local dates by the calendar alone: no clock, no zone. */
import type { RoughDate } from './values.ts';

const last = '2999-12-31';

/**
 * A local date a whole number of years or months later.
 * @param count a figure of a rule, as a decimal string
 * @returns undefined when the count is no whole number, or leads to no date of this ledger
 */
export const later = (
  date: string,
  unit: 'years' | 'months',
  count: string,
): string | undefined => {
  if (!/^\d{1,4}$/.test(count)) return undefined;
  const found = Temporal.PlainDate.from(date)
    .add({ [unit]: Number(count) })
    .toString();
  return found.length === last.length && found <= last ? found : undefined;
};

/** Whether the one is over, whatever their days turn out to be, before the other can begin. */
export const certainlyBefore = (a: RoughDate, b: RoughDate): boolean =>
  b.earliest !== undefined && a.latest < b.earliest;

/** @param month `YYYY-MM` */
export const lastDayOf = (month: string): string =>
  `${month}-${Temporal.PlainYearMonth.from(month).daysInMonth}`;

export const dayBefore = (date: string): string =>
  Temporal.PlainDate.from(date).subtract({ days: 1 }).toString();

export const dayAfter = (date: string): string =>
  Temporal.PlainDate.from(date).add({ days: 1 }).toString();

/** Days from the one date to the other; negative when the other comes first. */
export const daysBetween = (from: string, to: string): number =>
  Temporal.PlainDate.from(from).until(to, { largestUnit: 'days' }).days;

export const yearOf = (date: string): number => Number(date.slice(0, 4));

/** The calendar years that a half-open period touches. */
export const yearsOf = (from: string, until: string): readonly number[] => {
  const last = yearOf(dayBefore(until));
  return Array.from({ length: last - yearOf(from) + 1 }, (_, i) => yearOf(from) + i);
};

/** Whether the day is known. */
export const isExact = (date: RoughDate): boolean => date.earliest === date.latest;
