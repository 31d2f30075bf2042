/**
 * People: referrals, placements, and what holds of a person whatever the placement (R12 – R15).
 *
 * What stands unsealed tells neither who it is about nor what of them: a type, a thing, a
 * municipality, and whether all rules were kept. Everything else is sealed, in two fields of one
 * length: `details` and `remarks`. The schemas of what is inside stand here too; they are storage
 * format like the rest, with versions of their own. Enumerations, numbers and dates only: there
 * is no room for a name.
 */
import { z } from 'zod';
import { event } from './define.ts';
import type { Entry } from './index.ts';
import { DecimalText, EventId, LocalDate, MunicipalityCode, Ulid } from './values.ts';

/** First 32 hex digits of an HMAC under the person's own key: without the key, nobody's. */
export const PersonReference = z.string().regex(/^[0-9a-f]{32}$/);

/**
 * Whether every rule was kept; which was not, and how, is sealed. `sealed` where even that there
 * was a remark would tell what was recorded: it stands among the remarks.
 */
const Outcome = z.enum(['passed', 'with-remarks', 'sealed']);

const person = { person: PersonReference };
const outcome = { outcome: Outcome };

export const ReferralRecorded = event(
  'ReferralRecorded',
  z.strictObject({ referralId: Ulid, ...person, municipality: MunicipalityCode, ...outcome }),
  (data) => ({
    referral: data.referralId,
    person: data.person,
    municipality: data.municipality,
  }),
);

const ReferralStepRecorded = event(
  'ReferralStepRecorded',
  z.strictObject({ referralId: Ulid, ...person, ...outcome }),
  (data) => ({ referral: data.referralId, person: data.person }),
);

export const PlacementRecorded = event(
  'PlacementRecorded',
  z.strictObject({
    placementId: Ulid,
    ...person,
    municipality: MunicipalityCode,
    referralId: Ulid.optional(),
    ...outcome,
  }),
  (data) => ({
    placement: data.placementId,
    person: data.person,
    municipality: data.municipality,
    referral: data.referralId,
  }),
);

const PlacementStepRecorded = event(
  'PlacementStepRecorded',
  z.strictObject({ placementId: Ulid, ...person, ...outcome }),
  (data) => ({ placement: data.placementId, person: data.person }),
);

export const CircumstanceRecorded = event(
  'CircumstanceRecorded',
  z.strictObject({ circumstanceId: Ulid, ...person, municipality: MunicipalityCode, ...outcome }),
  (data) => ({
    circumstance: data.circumstanceId,
    person: data.person,
    municipality: data.municipality,
  }),
);

export const peopleEvents = [
  ReferralRecorded,
  ReferralStepRecorded,
  PlacementRecorded,
  PlacementStepRecorded,
  CircumstanceRecorded,
] as const;

/** Types of events that are about one person. */
export const personalTypes = [
  'ReferralRecorded',
  'ReferralStepRecorded',
  'PlacementRecorded',
  'PlacementStepRecorded',
  'CircumstanceRecorded',
] as const;
export type PersonalType = (typeof personalTypes)[number];
export type PersonalEntry = Extract<Entry, { type: PersonalType }>;

export const isPersonal = (entry: Entry): entry is PersonalEntry =>
  (personalTypes as readonly string[]).includes(entry.type);

// --- what is sealed

/** From 0 to 100, as a decimal string. */
const Percent = DecimalText.refine((text) => Number(text) >= 0 && Number(text) <= 100, {
  error: 'verwacht een percentage van 0 tot en met 100',
});

const Direction = z.enum(['supply-led', 'demand-led']);

/** How a candidate came, and how he or she stands to the ways into a contract (R12). */
export const ReferralDetails = z.strictObject({
  route: z.enum(['referred', 'own-application']),
  direction: Direction,
  workSkills: z.enum(['sufficient', 'insufficient']),
  voortrajectNeeded: z.boolean(),
  /** An estimate; measured only at work. */
  estimatedLoonwaardePercent: Percent.optional(),
  canStartSoon: z.boolean().optional(),
  meetsVacancy: z.boolean().optional(),
  /** Language of work, as far as it asks for anything. */
  language: z.enum(['dutch', 'other']).optional(),
});
export type ReferralDetails = z.infer<typeof ReferralDetails>;

const kindOf = <Kind extends string>(kind: Kind) => z.strictObject({ kind: z.literal(kind) });

export const ReferralStep = z.discriminatedUnion('kind', [
  kindOf('voortraject-started'),
  kindOf('voortraject-ended'),
  z.strictObject({ kind: z.literal('loonwaarde-estimated'), loonwaardePercent: Percent }),
  kindOf('chosen'),
  kindOf('declined'),
  kindOf('withdrawn'),
]);
export type ReferralStep = z.infer<typeof ReferralStep>;

export const PlacementDetails = z.strictObject({
  work: z.enum(['beschut', 'participation']),
  direction: Direction,
  term: z.enum(['temporary', 'structural']),
  employer: z.enum(['ibn', 'elsewhere']),
  /** First day after a contract for a time. */
  until: LocalDate.optional(),
  /** Outflow to regular work has proved impossible (R13). */
  outflowImpossible: z.boolean().optional(),
});
export type PlacementDetails = z.infer<typeof PlacementDetails>;

/** Of the minimum wage: what was granted to the person, and what is reimbursed of it (R15). */
const subsidy = { grantedPercent: Percent, reimbursedPercent: Percent };

export const PlacementStep = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('loonwaarde-measured'), loonwaardePercent: Percent }),
  z.strictObject({ kind: z.literal('extended'), until: LocalDate }),
  z.strictObject({ kind: z.literal('made-structural'), outflowImpossible: z.boolean() }),
  z.strictObject({ kind: z.literal('subsidy-granted'), ...subsidy }),
  z.strictObject({ kind: z.literal('subsidy-changed'), ...subsidy }),
  z.strictObject({
    kind: z.literal('outflow'),
    to: z.enum([
      'regular-work',
      'education',
      'contract-end',
      'own-request',
      'illness',
      'retirement',
      'moved',
      'deceased',
      'other',
    ]),
  }),
  kindOf('returned'),
]);
export type PlacementStep = z.infer<typeof PlacementStep>;

/** What R14 asks to know of a person. */
export const CircumstanceDetails = z.discriminatedUnion('kind', [
  kindOf('indication-granted'),
  kindOf('withdrawal-advised'),
  kindOf('indication-withdrawn'),
  /** Somebody with an indication of before, now taken over by IBN. */
  kindOf('caseload-taken-over'),
  kindOf('too-ill'),
  kindOf('able-again'),
  kindOf('job-lost'),
  /** It was looked into, and there is none. */
  kindOf('no-indication'),
]);
export type CircumstanceDetails = z.infer<typeof CircumstanceDetails>;

/** Kinds of remark on an event about a person; the catalogue of findings says what they mean. */
export const remarkKinds = [
  'demand-led-without-skills',
  'demand-led-with-voortraject',
  'demand-led-loonwaarde',
  'demand-led-not-soon',
  'demand-led-not-fitting',
  'applied-without-vacancy',
  'placed-without-referral',
  'placed-without-choice',
  'placed-without-voortraject',
  'structural-too-soon',
  'beschut-without-indication',
  'beschut-while-too-ill',
  'caseload-before-the-rule',
  'beschut-subsidy-differs',
  'subsidy-not-in-full',
  'subsidy-above-maximum',
] as const;

/** A rule that was not kept, and the event by which it was in force. */
export const Remarks = z
  .array(
    z.strictObject({
      kind: z.enum(remarkKinds),
      rule: z.string().regex(/^R([1-9]|[1-9]\d)$/),
      ruleSetBy: EventId.optional(),
    }),
  )
  .max(6);
export type Remarks = z.infer<typeof Remarks>;

/** Schemas of each sealed field, oldest first; version = index + 1. */
const sealedSchemas = {
  ReferralRecorded: { details: [ReferralDetails], remarks: [Remarks] },
  ReferralStepRecorded: { details: [ReferralStep], remarks: [Remarks] },
  PlacementRecorded: { details: [PlacementDetails], remarks: [Remarks] },
  PlacementStepRecorded: { details: [PlacementStep], remarks: [Remarks] },
  CircumstanceRecorded: { details: [CircumstanceDetails], remarks: [Remarks] },
} as const satisfies Record<PersonalType, Record<SealedName, readonly z.ZodType[]>>;

export type SealedName = 'details' | 'remarks';

/** What is inside `details` of a type, in the newest version. */
export type DetailsOf<Type extends PersonalType> = z.infer<
  (typeof sealedSchemas)[Type]['details'][0]
>;

/** Version in which a sealed field is written. */
export const sealedVersion = (type: PersonalType, field: SealedName): number =>
  sealedSchemas[type][field].length;

/**
 * What was sealed, checked against the schema of its version.
 * @throws ZodError when it does not fit
 */
export const readSealed = (
  type: PersonalType,
  field: SealedName,
  version: number,
  value: unknown,
): unknown => {
  const schemas: readonly z.ZodType[] = sealedSchemas[type][field];
  const schema = schemas[version - 1];
  if (schema === undefined) throw new Error(`unknown version ${version} of sealed ${field}`);
  return schema.parse(value);
};
