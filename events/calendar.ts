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
