/** Assignments of the bestuurlijk overleg (bestuurlijke opdrachten), and what became of them. */
import { z } from 'zod';
import { event } from './define.ts';
import { Line, Note, RoughDate, Ulid } from './values.ts';

/** As the sources number it: `I`, `II`, `III`. */
const SubAssignmentNumber = z.string().regex(/^[0-9A-Za-z.-]{1,20}$/);

export const AssignmentGiven = event(
  'AssignmentGiven',
  z.strictObject({
    assignmentId: Ulid,
    title: Line,
    /** The decisions by which it was given. */
    decisionIds: z.array(Ulid).max(20),
    subAssignments: z.array(z.strictObject({ number: SubAssignmentNumber, title: Line })).max(40),
    /** By when its report should be there; absent: the sources do not say. */
    target: RoughDate.optional(),
    /** By when it must be there, should the target not be met. */
    latest: RoughDate.optional(),
    note: Note.optional(),
  }),
  (data) => ({ assignment: data.assignmentId, decision: data.decisionIds }),
);

export const SubAssignmentReported = event(
  'SubAssignmentReported',
  z.strictObject({
    assignmentId: Ulid,
    number: SubAssignmentNumber,
    outcome: z.enum(['delivered', 'in-part', 'deferred', 'open']),
    /** Where it was worked out. */
    where: Line.optional(),
    /** By when the rest is to be there. */
    plannedFor: RoughDate.optional(),
    note: Note.optional(),
  }),
  (data) => ({ assignment: data.assignmentId }),
);

/** Its final report. The valid date is the day on which that was there. */
export const AssignmentDelivered = event(
  'AssignmentDelivered',
  z.strictObject({ assignmentId: Ulid, title: Line, note: Note.optional() }),
  (data) => ({ assignment: data.assignmentId }),
);

export const assignmentEvents = [
  AssignmentGiven,
  SubAssignmentReported,
  AssignmentDelivered,
] as const;
