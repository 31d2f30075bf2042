/** Awards, and the dossier quasi-inbesteden. */
import { z } from 'zod';
import {
  CriterionAttested,
  CriterionPart,
  ShareholdingRecorded,
} from '../../../events/lawfulness.ts';
import { CentsText, EventId, RoughDate, Ulid, Year } from '../../../events/values.ts';
import { item } from './item.ts';

export const awardKinds = ['lump-sum', 'pluspakket-contract', 'pilot'] as const;

export const Award = item('Award', {
  awardId: Ulid,
  kind: z.enum(awardKinds),
  title: z.string(),
  awardedOn: RoughDate,
});

const results = ['met', 'not-met', 'not-shown'] as const;

const Part = z.looseObject({
  part: CriterionPart,
  result: z.enum(results),
  evidence: z.array(z.looseObject({ what: z.string(), eventId: EventId })),
  judgement: z.looseObject({ attestationId: Ulid, outcome: z.enum(['met', 'not-met']) }).optional(),
  missing: z.array(z.string()),
});

export const Compliance = item('Compliance', {
  awardId: z.string(),
  kind: z.enum([...awardKinds, 'partnership']),
  title: z.string(),
  criteria: z.array(
    z.looseObject({
      criterion: z.enum(['control', 'activity', 'no-private-capital']),
      result: z.enum(results),
      parts: z.array(Part),
      missing: z.array(z.string()).meta({ description: 'Wat er zou moeten zijn om het te tonen' }),
      thresholdPercent: z.string().optional().meta({
        description: 'Van activity: meer dan dit deel moet zijn opgedragen',
      }),
      entrustedPercent: z.string().optional(),
      years: z
        .array(
          z.looseObject({
            year: Year,
            totalCents: CentsText,
            entrustedCents: CentsText,
            marketCents: CentsText,
            unclassedCents: CentsText,
            projection: z.boolean(),
          }),
        )
        .optional(),
      shareholdings: z.array(z.looseObject({})).optional(),
    }),
  ),
});

export const Attestation = item('Attestation', {
  ...CriterionAttested.schema.shape,
  date: RoughDate,
  office: z.string(),
  contested: z.looseObject({ reasoning: z.string(), date: RoughDate }).optional(),
});

export const Shareholding = item('Shareholding', {
  ...ShareholdingRecorded.schema.shape,
  holder: z.string(),
  since: RoughDate,
});
