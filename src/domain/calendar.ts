/** Local dates by the calendar alone: no clock, no zone. */

/** A local date so many years and months later. */
export const later = (date: string, span: { years?: number; months?: number }): string =>
  Temporal.PlainDate.from(date).add(span).toString();
