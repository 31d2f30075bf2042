/** The basispakket (R2 – R5): determined per period, changed only for a reason, left unused in part. */
import { z } from 'zod';
import { event } from './define.ts';
import { CentsText, Line, LocalDate, MunicipalityCode, Note, Slug, Ulid } from './values.ts';

export const PackageTask = z.strictObject({
  task: Slug,
  title: Line,
  /** What belongs to it, in our words. */
  scope: Note.optional(),
});

/** The valid date is the day from which it holds: the first day of the period. */
export const PackageDetermined = event(
  'PackageDetermined',
  z.strictObject({
    packageId: Ulid,
    /** First day after the period. */
    until: LocalDate,
    tasks: z.array(PackageTask).min(1).max(40),
    /** Absent: the sources do not say. */
    size: Note.optional(),
    intendedResults: z.array(Note).min(1).max(40).optional(),
    costCents: CentsText.optional(),
    decisionIds: z.array(Ulid).min(1).max(20),
  }),
  (data) => ({ package: data.packageId, decision: data.decisionIds }),
);

/** An interim change (R3) or a move into or out of the package (R4). */
export const PackageChanged = event(
  'PackageChanged',
  z.strictObject({
    packageId: Ulid,
    added: z.array(PackageTask).max(40),
    removed: z.array(Slug).max(40),
    /** The compelling circumstances; absent: none were recorded. */
    circumstances: Note.optional(),
    decisionIds: z.array(Ulid).max(20),
  }),
  (data) => ({ package: data.packageId, decision: data.decisionIds }),
);

export const PackagePartLeftUnused = event(
  'PackagePartLeftUnused',
  z.strictObject({ municipality: MunicipalityCode, task: Slug, reason: Note.optional() }),
  (data) => ({ municipality: data.municipality, task: data.task }),
);

export const PackagePartResumed = event(
  'PackagePartResumed',
  z.strictObject({ municipality: MunicipalityCode, task: Slug }),
  (data) => ({ municipality: data.municipality, task: data.task }),
);

export const packageEvents = [
  PackageDetermined,
  PackageChanged,
  PackagePartLeftUnused,
  PackagePartResumed,
] as const;
