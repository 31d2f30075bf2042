/** Evaluations (R17), the action points that came of them, and what was discussed but not chosen. */
import { z } from 'zod';
import { event } from './define.ts';
import { Line, LocalDate, Note, TagText, Ulid } from './values.ts';

/** The valid date is the day on which it was put before the bestuurlijk overleg. */
export const EvaluationHeld = event(
  'EvaluationHeld',
  z.strictObject({
    evaluationId: Ulid,
    title: Line,
    /** The period it looks back on. */
    from: LocalDate,
    /** Absent: up to the evaluation itself. */
    until: LocalDate.optional(),
    /** The financial proposal that came with it. */
    lumpSumId: Ulid.optional(),
    note: Note.optional(),
  }),
  (data) => ({ evaluation: data.evaluationId, 'lump-sum': data.lumpSumId }),
);

export const ActionPointSet = event(
  'ActionPointSet',
  z.strictObject({
    actionPointId: Ulid,
    /** The evaluation it came of. */
    evaluationId: Ulid.optional(),
    title: Line,
    from: LocalDate.optional(),
    /** The first day after the period in which it was to be done. */
    until: LocalDate.optional(),
  }),
  (data) => ({ 'action-point': data.actionPointId, evaluation: data.evaluationId }),
);

export const ActionPointReported = event(
  'ActionPointReported',
  z.strictObject({
    actionPointId: Ulid,
    /** As the action point has it. */
    evaluationId: Ulid.optional(),
    outcome: z.enum(['done', 'in-progress', 'not-done', 'unknown']),
    note: Note.optional(),
  }),
  (data) => ({ 'action-point': data.actionPointId, evaluation: data.evaluationId }),
);

/** Something that was discussed and not chosen. */
export const OptionRejected = event(
  'OptionRejected',
  z.strictObject({
    optionId: Ulid,
    title: Line,
    reason: Note,
    /** Tags of the things it is about. */
    about: z.array(TagText).max(20),
  }),
  (data) => ({ option: data.optionId }),
);

export const evaluationEvents = [
  EvaluationHeld,
  ActionPointSet,
  ActionPointReported,
  OptionRejected,
] as const;
