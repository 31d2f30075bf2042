/** Local dates by the calendar alone: no clock, no zone. */

export const dayBefore = (date: string): string =>
  Temporal.PlainDate.from(date).subtract({ days: 1 }).toString();

export const yearOf = (date: string): number => Number(date.slice(0, 4));

/** The calendar years that a half-open period touches. */
export const yearsOf = (from: string, until: string): readonly number[] => {
  const last = yearOf(dayBefore(until));
  return Array.from({ length: last - yearOf(from) + 1 }, (_, i) => yearOf(from) + i);
};
