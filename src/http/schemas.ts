/** Shapes that all answers and questions share, as the OpenAPI document tells them. */
import { z } from 'zod';
import { Evidence } from '../../events/entry.ts';
import { purposeNames } from '../ledger/purposes.ts';
import { EventId, Instant, LocalDate, RoughDate, Ulid } from '../../events/values.ts';

/** Largest page, and the page when none is asked for. */
export const mostPerPage = 1_000;
export const usualPerPage = 100;

const limitError = `verwacht een getal van 1 tot en met ${mostPerPage}`;

export const Limit = z
  .string()
  .regex(/^[1-9]\d{0,3}$/, { error: limitError, abort: true })
  .refine((text) => Number(text) <= mostPerPage, { error: limitError })
  .optional()
  .meta({ description: `Hoogste aantal in één bladzijde, 1 – ${mostPerPage}`, example: '100' });

/** Where a page goes on: `next` of the one before. */
export const cursor = (pattern: RegExp) =>
  z
    .string()
    .regex(pattern, { error: 'verwacht `next` van een vorige bladzijde' })
    .optional()
    .meta({ description: '`next` van de vorige bladzijde' });

export const SequenceText = z
  .string()
  .regex(/^(-1|0|[1-9]\d{0,14})$/, { error: 'verwacht een volgnummer (vanaf -1)' });

/** Where a page by sequence begins. */
export const AfterSequence = SequenceText.optional().meta({
  description: 'Alles na dit volgnummer; -1 is vanaf het begin',
  example: '-1',
});

/** The two times; the ledger reads them itself, so that there is one place that does. */
const moment = {
  validAt: z.string().optional().meta({
    description: 'Peildatum: de dag waarover de vraag gaat (JJJJ-MM-DD); anders vandaag',
    format: 'date',
    example: '2021-09-01',
  }),
  knownAt: z.string().optional().meta({
    description:
      'Bekend op: een volgnummer (-1 is het lege grootboek), of een datum of moment (RFC 3339) dat er een vindt; anders het hoogste',
    example: '311',
  }),
};

export const asked = {
  ...moment,
  with: z
    .enum(['basis'])
    .optional()
    .meta({ description: 'Geeft bij elk item van een lijst waarop het rust' }),
};

/** For what is about persons: asked for on purpose, by who may, and noted. */
export const openedAsked = {
  opened: z.enum(['true']).optional().meta({
    description: 'Opent wat verzegeld is, voor wie dat mag; dat dit gebeurt, wordt vastgelegd',
  }),
  purpose: z
    .enum(purposeNames, { error: `verwacht een van: ${purposeNames.join(', ')}` })
    .optional()
    .meta({ description: 'Met welk doel wordt geopend; verplicht bij `opened`' }),
};

export const AsOf = z
  .looseObject({
    validAt: LocalDate,
    knownAt: z.int().min(-1).meta({ description: 'Volgnummer waarvoor dit antwoord geldt' }),
    recordedAt: Instant.optional(),
    ledgerId: z.string(),
    dataset: z.string(),
    madeUp: z.boolean().meta({ description: 'Waar als de gegevens verzonnen zijn' }),
    model: z.int().meta({ description: 'Hoger als een antwoord anders kan uitkomen' }),
    open: z.literal(true).optional().meta({ description: 'Dit moment is nog niet voorbij' }),
  })
  .meta({ id: 'AsOf', description: 'Voor welk moment een antwoord geldt' });

/** What an answer rests on: event ids, or a digest when there are more than a hundred. */
export const basis = {
  basis: z.array(EventId).max(100).optional(),
  basisOf: z
    .object({
      query: z.string().meta({ description: 'De vraag die deze gebeurtenissen noemt' }),
      from: z.int(),
      upTo: z.int(),
      count: z.int(),
      digest: z.string().meta({ description: 'SHA-256 over de ids, één per regel' }),
    })
    .optional(),
};

/** The decisions that an answer names by id. */
export const namedDecisions = {
  decisions: z
    .array(z.object({ decisionId: Ulid, number: z.string().optional(), title: z.string() }))
    .meta({ description: 'Nummer en titel van de besluiten die het antwoord noemt' }),
};

/** What a date that is known only roughly does to an item. */
export const certainty = {
  certainty: z.enum(['certain', 'uncertain']).optional(),
  span: RoughDate.optional(),
  before: z.unknown().optional().meta({ description: 'Velden vóór de onzekere datum' }),
  after: z.unknown().optional().meta({ description: 'Velden na de onzekere datum' }),
};

export const evidence = {
  evidence: z.array(Evidence).optional(),
};

/** Of events that name something. */
export const About = z.string().min(1).max(200).optional().meta({
  description: 'Alleen gebeurtenissen waarin dit voorkomt: een id, een gemeentecode, een regel',
});

/** A thing of which an answer says something else than before. */
export const change = {
  question: z.string().meta({ description: 'De vraag waarvan het antwoord verandert' }),
  thing: z.string(),
  change: z.enum(['added', 'removed', 'changed']),
  before: z.looseObject({}).nullable(),
  after: z.looseObject({}).nullable(),
};

export const ReportedEvent = z
  .looseObject({
    sequence: z.int(),
    eventId: EventId,
    type: z.string(),
    validFrom: RoughDate,
    recordedAt: Instant,
    summary: z.string(),
    ...evidence,
  })
  .meta({ id: 'ReportedEvent' });
