/** Covenants, execution agreements and deeds: what was signed, for how long. */
import { z } from 'zod';
import { event } from './define.ts';
import { Line, MunicipalityCode, Note, RoughDate, Slug, Ulid } from './values.ts';

export const AgreementConcluded = event(
  'AgreementConcluded',
  z.strictObject({
    agreementId: Ulid,
    kind: z.enum(['covenant', 'execution-agreement', 'deed', 'partnership']),
    title: Line,
    municipalities: z.array(MunicipalityCode).max(40),
    organisations: z.array(Slug).max(10),
    /** Offices that sign it. */
    signedBy: z.array(Slug).max(10),
    /** From when it runs; the valid date of the event is the day it was concluded. */
    runsFrom: RoughDate.optional(),
    /** The first day on which it no longer runs; absent: for an indefinite time. */
    runsUntil: RoughDate.optional(),
  }),
  (data) => ({ agreement: data.agreementId, municipality: data.municipalities }),
);

/** That it is to be concluded, and who are to sign it; the plan is never taken for the deed. */
export const AgreementPlanned = event(
  'AgreementPlanned',
  AgreementConcluded.schema
    .omit({ runsFrom: true, runsUntil: true })
    .extend({ plannedFor: RoughDate.optional(), note: Note.optional() }),
  (data) => ({ agreement: data.agreementId, municipality: data.municipalities }),
);

export const AgreementExtended = event(
  'AgreementExtended',
  z.strictObject({ agreementId: Ulid, runsUntil: RoughDate, reason: Note }),
  (data) => ({ agreement: data.agreementId }),
);

export const AgreementEnded = event(
  'AgreementEnded',
  z.strictObject({ agreementId: Ulid, reason: Note }),
  (data) => ({ agreement: data.agreementId }),
);

export const agreementEvents = [
  AgreementConcluded,
  AgreementPlanned,
  AgreementExtended,
  AgreementEnded,
] as const;
