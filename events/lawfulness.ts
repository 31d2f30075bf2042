/**
 * Awarding to one's own company without a tender (quasi-inbesteden; Aanbestedingswet 2012 arts.
 * 2.24a – 2.24c): who holds shares in IBN, and what somebody judged of a criterion.
 */
import { z } from 'zod';
import { event } from './define.ts';
import { DecimalText, MunicipalityCode, Note, Slug, Ulid } from './values.ts';

/** The parts of the three criteria; the first three together are control. */
export const CriterionPart = z.enum([
  'deciding-bodies',
  'decisive-influence',
  'no-contrary-interests',
  'activity',
  'no-private-capital',
]);
export type CriterionPart = z.infer<typeof CriterionPart>;

/** A holder's share in IBN from the valid date on; zero when it holds none any more. */
export const ShareholdingRecorded = event(
  'ShareholdingRecorded',
  z.strictObject({
    /** Either a municipality … */
    municipality: MunicipalityCode.optional(),
    /** … or another holder, by a short name. */
    organisation: Slug.optional(),
    kind: z.enum(['public', 'private']),
    /** Of the issued capital, in percent. */
    percent: DecimalText,
    /** Of private capital: whether law requires it, and whether it controls or can block. */
    requiredByLaw: z.boolean().optional(),
    controlling: z.boolean().optional(),
    blocking: z.boolean().optional(),
  }),
  (data) => ({
    municipality: data.municipality,
    holder: data.municipality ?? data.organisation,
  }),
);

/** A judgement that somebody answers for; it holds from the valid date until a later one. */
export const CriterionAttested = event(
  'CriterionAttested',
  z.strictObject({
    attestationId: Ulid,
    part: CriterionPart,
    /** Absent: of the partnership at large, so of every award. */
    awardId: Ulid.optional(),
    outcome: z.enum(['met', 'not-met']),
    reasoning: Note,
    /** False: a statement whose evidence is not held; it shows nothing by itself. */
    evidenceHeld: z.boolean(),
  }),
  (data) => ({ attestation: data.attestationId, award: data.awardId }),
);

/** Somebody does not share a judgement; from then on it shows nothing. */
export const AttestationContested = event(
  'AttestationContested',
  z.strictObject({
    attestationId: Ulid,
    /** Of the attestation, so that the dossier of the award sees it. */
    awardId: Ulid.optional(),
    reasoning: Note,
  }),
  (data) => ({ attestation: data.attestationId, award: data.awardId }),
);

export const lawfulnessEvents = [
  ShareholdingRecorded,
  CriterionAttested,
  AttestationContested,
] as const;
