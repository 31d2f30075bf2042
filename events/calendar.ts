/**
 * Local dates by the calendar alone: no clock, no zone. Without `Temporal`, for the verifier runs
 * where an auditor has no new Node.
 */
import type { RoughDate } from './values.ts';

const last = '2999-12-31';

/** Days before the year that begins in March, by the Gregorian calendar; its leap day comes last. */
const daysBefore = (year: number): number =>
  365 * year + Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400);
/** Days before its month, which has 31 or 30; March is 0. */
const daysBeforeMonth = (month: number): number => Math.floor((306 * month + 5) / 10);

const numberOf = (date: string): number => {
  const month = (Number(date.slice(5, 7)) + 9) % 12;
  const year = yearOf(date) - (month > 9 ? 1 : 0);
  return daysBefore(year) + daysBeforeMonth(month) + Number(date.slice(8)) - 1;
};
const dateAt = (number: number): string => {
  const guess = Math.floor((10_000 * number + 14_780) / 3_652_425);
  const year = number < daysBefore(guess) ? guess - 1 : guess;
  const day = number - daysBefore(year);
  const month = Math.floor((100 * day + 52) / 3_060);
  const date = String(day - daysBeforeMonth(month) + 1).padStart(2, '0');
  return `${monthAt(year * 12 + month + 2)}-${date}`;
};
/** `YYYY-MM` a number of months from the beginning of the calendar. */
const monthAt = (months: number): string =>
  `${String(Math.floor(months / 12)).padStart(4, '0')}-${String((months % 12) + 1).padStart(2, '0')}`;
const monthsUpTo = (date: string): number => yearOf(date) * 12 + Number(date.slice(5, 7)) - 1;

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
  const months = monthsUpTo(date) + Number(count) * (unit === 'years' ? 12 : 1);
  const month = monthAt(months);
  if (month.length > 'YYYY-MM'.length || month > last) return undefined;
  // A day that this month does not have is its last.
  const [day, end] = [`${month}${date.slice(7)}`, lastDayOf(month)];
  return day < end ? day : end;
};

/** Whether the one is over, whatever their days turn out to be, before the other can begin. */
export const certainlyBefore = (a: RoughDate, b: RoughDate): boolean =>
  b.earliest !== undefined && a.latest < b.earliest;

/** @param month `YYYY-MM` */
export const lastDayOf = (month: string): string =>
  dayBefore(`${monthAt(monthsUpTo(month) + 1)}-01`);

export const dayBefore = (date: string): string => dateAt(numberOf(date) - 1);

export const dayAfter = (date: string): string => dateAt(numberOf(date) + 1);

/** Days from the one date to the other; negative when the other comes first. */
export const daysBetween = (from: string, to: string): number => numberOf(to) - numberOf(from);

export const yearOf = (date: string): number => Number(date.slice(0, 4));

/** The calendar years that a half-open period touches. */
export const yearsOf = (from: string, until: string): readonly number[] => {
  const last = yearOf(dayBefore(until));
  return Array.from({ length: last - yearOf(from) + 1 }, (_, i) => yearOf(from) + i);
};

/** Whether the day is known. */
export const isExact = (date: RoughDate): boolean => date.earliest === date.latest;
