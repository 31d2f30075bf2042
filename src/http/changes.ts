/** History again: events in order, each with what it changed in the answers. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { LocalDate } from '../../events/values.ts';
import { giving } from './auth/access.ts';
import { Of, questionIn } from './of.ts';
import type { AtLedger } from './parts.ts';
import { readQuery } from './query.ts';
import { momentIn } from './reads.ts';
import {
  About,
  AfterSequence,
  asked,
  AsOf,
  change,
  Limit,
  namedDecisions,
  ReportedEvent,
  SequenceText,
  usualPerPage,
} from './schemas.ts';

const { validAt, knownAt } = asked;

const querystring = z.strictObject({
  after: AfterSequence,
  upTo: SequenceText.optional().meta({
    description: 'Tot en met dit volgnummer',
    example: '311',
  }),
  about: About,
  of: Of.optional().meta({
    description: 'Alleen wat verandert in deze vraag, en de gebeurtenissen die dat doen',
  }),
  limit: Limit,
  validAt: validAt.meta({
    description: 'Dag waarop het verschil wordt genomen; anders de dag van elke gebeurtenis zelf',
    format: 'date',
    example: '2021-09-01',
  }),
  knownAt,
});

const ChangingEvent = ReportedEvent.extend({
  validAt: LocalDate.meta({ description: 'De dag waarop het verschil is genomen' }),
  changes: z.array(z.looseObject(change)),
});

export const registerChanges = (app: FastifyInstance, at: AtLedger): void => {
  const schema = {
    summary: 'De gebeurtenissen op volgnummer, met wat elk veranderde in de antwoorden',
    tags: ['questions'],
    querystring,
    response: {
      200: z.object({
        asOf: AsOf,
        items: z.array(ChangingEvent),
        next: z.string().optional(),
        ...namedDecisions,
      }),
    },
  };
  app.get('/v1/changes', { schema, ...giving('changes') }, async (request) => {
    const given = readQuery(request.url, querystring);
    const { after, upTo, about, of, limit } = given;
    return at(request).replay(
      {
        ...momentIn(given),
        after: Number(after ?? -1),
        about,
        upTo: upTo === undefined ? undefined : Number(upTo),
        question: of === undefined ? undefined : questionIn(of),
      },
      Number(limit ?? usualPerPage),
    );
  });
};
