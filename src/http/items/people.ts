/** Referrals and placements, sealed; and counts, from reported totals only. */
import { z } from 'zod';
import {
  CircumstanceRecorded,
  PlacementRecorded,
  ReferralRecorded,
} from '../../../events/people.ts';
import { PeriodTotalsReported, ShownCount } from '../../../events/period-totals.ts';
import { MunicipalityCode } from '../../../events/values.ts';
import { item, recorded } from './item.ts';

/** Of a person: what is sealed is opened only on the machine itself, for who asks for it. */
const personal = {
  ...recorded,
  sealed: z.boolean().meta({ description: 'Waar als de gegevens zelf verzegeld zijn' }),
  erased: z.literal(true).optional().meta({ description: 'De gegevens zijn gewist' }),
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
