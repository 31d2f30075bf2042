/** Referrals and placements, sealed; and counts, from reported totals only. */
import { z } from 'zod';
import { PersonErased, PersonErasureRequested } from '../../../events/erasures.ts';
import {
  CircumstanceRecorded,
  PersonReference,
  PlacementRecorded,
  ReferralRecorded,
} from '../../../events/people.ts';
import { PeriodTotalsReported, ShownCount } from '../../../events/period-totals.ts';
import { LocalDate, MunicipalityCode, RoughDate } from '../../../events/values.ts';
import { item, recorded } from './item.ts';

/** Of a person: what is sealed is opened for who may and asks for it. */
const personal = {
  ...recorded,
  sealed: z.boolean().meta({ description: 'Waar als de gegevens zelf verzegeld zijn' }),
  erased: z.literal(true).optional().meta({ description: 'De gegevens zijn gewist' }),
  keyUnknown: z
    .literal(true)
    .optional()
    .meta({ description: 'De sleutel ontbreekt hier; dat is niet hetzelfde als gewist' }),
  details: z.looseObject({}).optional().meta({ description: 'Alleen als het is geopend' }),
  remarks: z.array(z.looseObject({})).optional(),
};

const steps = z.array(
  z.looseObject({ ...personal, outcome: ReferralRecorded.schema.shape.outcome }),
);

export const Referral = item('Referral', { ...ReferralRecorded.schema.shape, ...personal, steps });
export const Placement = item('Placement', {
  ...PlacementRecorded.schema.shape,
  ...personal,
  steps,
});
export const Circumstance = item('Circumstance', {
  ...CircumstanceRecorded.schema.shape,
  ...personal,
});

export const erasureStatuses = ['requested', 'erased'] as const;

export const Erasure = item('Erasure', {
  ...PersonErasureRequested.schema.shape,
  ...recorded,
  status: z.enum(erasureStatuses),
  erasedOn: RoughDate.optional().meta({ description: 'Wanneer het klaar was' }),
  confirmedBy: PersonErased.schema.shape.confirmedBy.optional().meta({
    description: 'Wie bevestigde dat er niets is achtergebleven',
  }),
});

export const retentionStatuses = ['due', 'kept', 'no-term', 'erased'] as const;

export const Retention = item('Retention', {
  person: PersonReference,
  municipality: MunicipalityCode.optional().meta({ description: 'De enige die iets vastlegde' }),
  municipalities: z.array(MunicipalityCode).meta({
    description:
      'Wie iets van deze persoon vastlegde; een gemeente ziet alleen wie geheel de hare is',
  }),
  status: z.enum(retentionStatuses).meta({
    description: '`due`: de bewaartermijn is voorbij; `no-term`: de regel geeft er geen',
  }),
  dueOn: LocalDate.optional(),
  kinds: z.array(
    z.object({
      kind: z.string(),
      last: RoughDate.meta({ description: 'Het laatste dat van deze soort is vastgelegd' }),
      keptUntil: LocalDate.optional(),
    }),
  ),
  rule: z.string().optional(),
});

export const PeriodTotals = item('PeriodTotals', {
  ...PeriodTotalsReported.schema.shape,
  ...recorded,
});

export const countGroups = ['report', 'municipality', 'measure', 'year'] as const;

export const PlacementCount = item('PlacementCount', {
  countId: z.string(),
  groupBy: z.enum(countGroups),
  measure: z.string(),
  municipality: MunicipalityCode.optional(),
  year: z.string().optional(),
  count: ShownCount.meta({ description: 'Onder de vijf `<5`; `hidden` als een deel dat is' }),
  atLeast: z.int().optional().meta({ description: 'De som van wat wel zichtbaar is' }),
  reports: z.int(),
  hidden: z.int(),
});
