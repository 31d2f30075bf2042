/**
 * Totals over a period, as somebody reports them. They are about numbers of people, so a number
 * that is small enough to point at somebody is not recorded at all: the command makes `<5` of it.
 */
import { z } from 'zod';
import { event } from './define.ts';
import { LocalDate, MunicipalityCode, Slug, Ulid } from './values.ts';

/** Numbers below this are not recorded. */
export const fewest = 5;

/**
 * `<5`: fewer than five, none included. `hidden`: its parts would tell, or be told by it.
 */
export const ShownCount = z.union([z.int().min(fewest), z.enum(['<5', 'hidden'])]);
export type ShownCount = z.infer<typeof ShownCount>;

/** The valid date is the day of the report. */
export const PeriodTotalsReported = event(
  'PeriodTotalsReported',
  z.strictObject({
    reportId: Ulid,
    municipality: MunicipalityCode,
    from: LocalDate,
    /** First day after the period. */
    until: LocalDate,
    counts: z
      .array(
        z.strictObject({
          measure: Slug,
          count: ShownCount,
          /** The measure in the same report whose total this is a part of. */
          partOf: Slug.optional(),
        }),
      )
      .min(1)
      .max(60),
  }),
  (data) => ({
    report: data.reportId,
    municipality: data.municipality,
    measure: data.counts.map(({ measure }) => measure),
  }),
);

export const periodTotalsEvents = [PeriodTotalsReported] as const;
