/** Decisions and their course (R1). The valid date of a step is the day it was taken. */
import { z } from 'zod';
import { event } from './define.ts';
import { BodyKind } from './bodies.ts';
import { Line, LocalDate, MunicipalityCode, Note, RoughDate, Ulid } from './values.ts';

/** Whose consent a decision needs before it is in force. */
const Consent = {
  /** Members that must adopt it; empty when the bestuurlijk overleg decides alone. */
  needsAdoptionBy: z.array(MunicipalityCode).max(40),
  /** Organs of each of these members that are asked, as the sources say. */
  organs: z.array(z.enum(['college', 'raad'])).max(2),
  /** From when it is to have force, once all consent is there; absent: not said. */
  effectiveDate: LocalDate.optional(),
};

export const DecisionProposed = event(
  'DecisionProposed',
  z.strictObject({
    decisionId: Ulid,
    /** The number by which the sources call it, e.g. `3`. */
    number: z
      .string()
      .regex(/^[0-9A-Za-z.-]{1,20}$/)
      .optional(),
    title: Line,
    /** Where the numbering belongs, e.g. `2021-01-27`. */
    series: Line.optional(),
    proposedBy: BodyKind.optional(),
    ...Consent,
    /** The text as each source has it may differ; a difference is a finding. */
    summary: Note.optional(),
  }),
  (data) => ({ decision: data.decisionId, municipality: data.needsAdoptionBy }),
);

const step = { decisionId: Ulid, body: BodyKind, note: Note.optional() };

export const DecisionAdvised = event(
  'DecisionAdvised',
  z.strictObject({ ...step, outcome: z.enum(['positive', 'negative']) }),
  (data) => ({ decision: data.decisionId }),
);

export const DecisionDecided = event('DecisionDecided', z.strictObject({ ...step }), (data) => ({
  decision: data.decisionId,
}));

export const DecisionAdopted = event(
  'DecisionAdopted',
  z.strictObject({
    decisionId: Ulid,
    municipality: MunicipalityCode,
    /** Absent: the source does not tell which organ. */
    organ: z.enum(['college', 'raad']).optional(),
    /** For whose consent it counts: the member itself, or predecessors merged into it. */
    onBehalfOf: z.array(MunicipalityCode).min(1).max(20),
  }),
  (data) => ({
    decision: data.decisionId,
    municipality: [data.municipality, ...data.onBehalfOf],
  }),
);

export const DecisionRefused = event(
  'DecisionRefused',
  z.strictObject({ ...step, municipality: MunicipalityCode.optional() }),
  (data) => ({ decision: data.decisionId, municipality: data.municipality }),
);

export const DecisionWithdrawn = event(
  'DecisionWithdrawn',
  z.strictObject({ decisionId: Ulid, reason: Note }),
  (data) => ({ decision: data.decisionId }),
);

/** The old text stays in the event that proposed it. */
export const DecisionAmended = event(
  'DecisionAmended',
  z.strictObject({
    decisionId: Ulid,
    title: Line.optional(),
    summary: Note.optional(),
    effectiveDate: LocalDate.optional(),
    reason: Note,
  }),
  (data) => ({ decision: data.decisionId }),
);

/** From the valid date on, the other decision holds in its place. */
export const DecisionSuperseded = event(
  'DecisionSuperseded',
  z.strictObject({ decisionId: Ulid, by: Ulid }),
  (data) => ({ decision: [data.decisionId, data.by] }),
);

export const DecisionEnded = event(
  'DecisionEnded',
  z.strictObject({ decisionId: Ulid, reason: Note }),
  (data) => ({ decision: data.decisionId }),
);

/** A step that was planned; the plan is never taken for the step. */
export const DecisionStepPlanned = event(
  'DecisionStepPlanned',
  z.strictObject({
    decisionId: Ulid,
    step: z.enum(['advise', 'decide', 'adopt', 'take-effect']),
    body: BodyKind,
    plannedFor: RoughDate,
  }),
  (data) => ({ decision: data.decisionId }),
);

export const decisionEvents = [
  DecisionProposed,
  DecisionAdvised,
  DecisionDecided,
  DecisionAdopted,
  DecisionRefused,
  DecisionWithdrawn,
  DecisionAmended,
  DecisionSuperseded,
  DecisionEnded,
  DecisionStepPlanned,
] as const;
