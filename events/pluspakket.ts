/** The pluspakket (R10, R16): services beside the basispakket, and the contracts for them. */
import { z } from 'zod';
import { event } from './define.ts';
import { CentsText, Line, MunicipalityCode, Note, RoughDate, Slug, Ulid } from './values.ts';

/** For whom a service is: anyone, people who speak another language (R16), or the young. */
export const TargetGroup = z.enum(['general', 'other-language', 'young']);

export const PlusServiceOffered = event(
  'PlusServiceOffered',
  z.strictObject({
    serviceId: Ulid,
    name: Line,
    description: Note.optional(),
    targetGroup: TargetGroup,
  }),
  (data) => ({ 'plus-service': data.serviceId }),
);

/** From the valid date this provider gives it in this municipality; a later one replaces it. */
export const PlusServiceArranged = event(
  'PlusServiceArranged',
  z.strictObject({
    serviceId: Ulid,
    municipality: MunicipalityCode,
    provider: Line,
    note: Note.optional(),
  }),
  (data) => ({ 'plus-service': data.serviceId, municipality: data.municipality }),
);

/** In one municipality, or (absent) everywhere. */
export const PlusServiceEnded = event(
  'PlusServiceEnded',
  z.strictObject({
    serviceId: Ulid,
    municipality: MunicipalityCode.optional(),
    reason: Note,
  }),
  (data) => ({ 'plus-service': data.serviceId, municipality: data.municipality }),
);

/** Its content becomes part of the basispakket, for all members (R4). */
export const PlusServiceMoved = event(
  'PlusServiceMoved',
  z.strictObject({
    serviceId: Ulid,
    decisionIds: z.array(Ulid).max(20),
    /** What of it, when that is not all. */
    scope: Note.optional(),
  }),
  (data) => ({ 'plus-service': data.serviceId, decision: data.decisionIds }),
);

/** Terms of the model agreement (S2), and the price; what is absent was not agreed or not told. */
export const contractTerms = {
  nature: Note.optional(),
  size: Note.optional(),
  /** The first day on which it no longer runs. */
  runsUntil: RoughDate.optional(),
  interimTermination: Note.optional(),
  reporting: Note.optional(),
  accountability: Note.optional(),
  /** Cost price and price of the whole contract, in cents, without VAT. */
  costCents: CentsText.optional(),
  priceCents: CentsText.optional(),
  /** A judgement, with its reasoning; absent: nobody judged. */
  fitsPurpose: z.strictObject({ fits: z.boolean(), reasoning: Note }).optional(),
};

/** The valid date is the day it was concluded. Its clients need not be members. */
export const PlusContractConcluded = event(
  'PlusContractConcluded',
  z.strictObject({
    contractId: Ulid,
    title: Line,
    serviceId: Ulid.optional(),
    areaId: Ulid.optional(),
    municipalities: z.array(MunicipalityCode).max(20),
    organisations: z.array(Slug).max(10),
    /** The task of the basispakket that the work would be, were it in the package. */
    task: Slug.optional(),
    runsFrom: RoughDate,
    ...contractTerms,
  }),
  (data) => ({
    contract: data.contractId,
    'plus-service': data.serviceId,
    area: data.areaId,
    municipality: data.municipalities,
  }),
);

/** The terms named here take the place of what they were; the others stay. */
export const PlusContractAmended = event(
  'PlusContractAmended',
  z.strictObject({ contractId: Ulid, ...contractTerms, reason: Note }),
  (data) => ({ contract: data.contractId }),
);

/** Shared with all members in the ambtelijke stuurgroep, on the valid date. */
export const PlusContractShared = event(
  'PlusContractShared',
  z.strictObject({ contractId: Ulid }),
  (data) => ({ contract: data.contractId }),
);

/** Before its end; from the valid date it no longer runs. */
export const PlusContractTerminated = event(
  'PlusContractTerminated',
  z.strictObject({ contractId: Ulid, reason: Note }),
  (data) => ({ contract: data.contractId }),
);

/** What was agreed has been done. */
export const PlusContractCompleted = event(
  'PlusContractCompleted',
  z.strictObject({ contractId: Ulid, note: Note.optional() }),
  (data) => ({ contract: data.contractId }),
);

export const pluspakketEvents = [
  PlusServiceOffered,
  PlusServiceArranged,
  PlusServiceEnded,
  PlusServiceMoved,
  PlusContractConcluded,
  PlusContractAmended,
  PlusContractShared,
  PlusContractTerminated,
  PlusContractCompleted,
] as const;
