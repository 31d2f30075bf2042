/** Local dates by the calendar alone: no clock, no zone. */

/** The calendar year of a local date. */
export const yearOf = (date: string): number => Number(date.slice(0, 4));
