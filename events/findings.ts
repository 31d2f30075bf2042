/** What does not add up, is missing or conflicts; and what merely happened. */
import { z } from 'zod';
import { event } from './define.ts';
import { RuleNumber } from './rules.ts';
import { EventId, Line, Note, RoughDate, Slug, TagText, Ulid } from './values.ts';

/** A finding about what the ledger was told. The event it was found in stands in `foundIn`. */
export const FindingRecorded = event(
  'FindingRecorded',
  z.strictObject({
    findingId: Ulid,
    kind: Slug,
    severity: z.enum(['note', 'warning', 'error']),
    /** In Dutch, for people. */
    description: Note,
    rule: RuleNumber.optional(),
    /** Decision that gives the rule its force. */
    decisionId: Ulid.optional(),
    /** Tags of the things it is about. */
    about: z.array(TagText).max(20),
    /** Absent when it was noted by hand about a source. */
    foundIn: EventId.optional(),
    /** The figures behind it, as text. */
    figures: z.array(z.strictObject({ name: Slug, value: Line })).max(40),
  }),
  (data) => ({ finding: data.findingId, event: data.foundIn }),
);

export const FindingResolved = event(
  'FindingResolved',
  z.strictObject({ findingId: Ulid, reason: Note }),
  (data) => ({ finding: data.findingId }),
);

/** Something that happened, or was planned, and that no other noun records. */
export const OccurrenceRecorded = event(
  'OccurrenceRecorded',
  z.strictObject({
    occurrenceId: Ulid,
    kind: z.enum(['meeting', 'report', 'evaluation', 'announcement', 'pilot', 'other']),
    title: Line,
    note: Note.optional(),
    /** Last day, when it took longer than the valid date says. */
    endedOn: RoughDate.optional(),
    about: z.array(TagText).max(20),
  }),
  (data) => ({ occurrence: data.occurrenceId }),
);

export const findingEvents = [FindingRecorded, FindingResolved, OccurrenceRecorded] as const;
