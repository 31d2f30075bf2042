/** What is aimed at or assumed, what was reported of it, and the ratio of staff (R17, R18). */
import { z } from 'zod';
import { event } from './define.ts';
import { DecimalText, Line, LocalDate, MunicipalityCode, Note, Ulid, Year } from './values.ts';

/**
 * A goal that was agreed, an assumption on which a plan rests, or a state of affairs that is
 * followed. The valid date is the day on which it was agreed.
 */
export const IndicatorAgreed = event(
  'IndicatorAgreed',
  z.strictObject({
    indicatorId: Ulid,
    title: Line,
    /** Only a goal can be reached or missed. */
    kind: z.enum(['goal', 'planning-assumption', 'state']),
    /** What is counted or measured. */
    measure: Line,
    unit: z.enum(['percent', 'count', 'ratio', 'euro-cents']),
    direction: z.enum(['at-least', 'at-most']).optional(),
    targetValue: DecimalText.optional(),
    /** For what stretch the target holds: each year, or the period as a whole. Absent: not said. */
    per: z.enum(['year', 'period']).optional(),
    /** The first day on which it holds. */
    from: LocalDate.optional(),
    /** The first day on which it no longer does; absent: for an indefinite time. */
    until: LocalDate.optional(),
    /** Absent: for all members together. */
    municipality: MunicipalityCode.optional(),
    /** In what ways the source can be read. */
    ambiguity: Note.optional(),
  }),
  (data) => ({ indicator: data.indicatorId, municipality: data.municipality }),
);

/** What was reported over a stretch of time. The valid date is the day of the report. */
export const ResultReported = event(
  'ResultReported',
  z.strictObject({
    indicatorId: Ulid,
    /** In the unit of the indicator. */
    value: DecimalText.optional(),
    /** What the source says of the target, when it gives no value. */
    reached: z.boolean().optional(),
    approximate: z.boolean(),
    /** Nothing more is expected to come over this stretch. */
    final: z.boolean(),
    from: LocalDate,
    until: LocalDate,
    wording: Note.optional(),
  }),
  (data) => ({ indicator: data.indicatorId }),
);

/** How many target-group workers IBN has for each regular one (R18). */
export const StaffRatioReported = event(
  'StaffRatioReported',
  z.strictObject({
    year: Year,
    /** The day it was so. */
    measuredOn: LocalDate.optional(),
    /** `4` for 4 : 1; below `1`, regular staff outnumber the target group. */
    targetPerRegular: DecimalText,
    note: Note.optional(),
  }),
  (data) => ({ subject: 'staff-ratio', year: String(data.year) }),
);

export const goalEvents = [IndicatorAgreed, ResultReported, StaffRatioReported] as const;
