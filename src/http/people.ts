/** Who looked at a person, and by which reference a person is known here. */
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { Actor } from '../../events/entry.ts';
import { PersonReference } from '../../events/people.ts';
import { Instant, Ulid } from '../../events/values.ts';
import { ProblemError } from '../ledger/errors.ts';
import type { Looked } from '../ledger/ports.ts';
import { activityOf, purposeNames, purposes } from '../ledger/purposes.ts';
import { flawsOf } from '../ledger/record.ts';
import { may } from '../ledger/access/index.ts';
import { giving } from './auth/access.ts';
import type { AtLedger } from './parts.ts';
import { HttpProblem, invalidInput } from './problems.ts';
import { readQuery } from './query.ts';
import { Limit, usualPerPage } from './schemas.ts';

const Person = PersonReference.meta({ description: 'De persoon, als verwijzing' });

/** A line of the Logboek Dataverwerkingen, in the names of that standard. */
const Line = z
  .looseObject({
    trace_id: z.string(),
    span_id: z.string(),
    parent_span_id: z.string().optional(),
    status_code: z.literal(0),
    name: z.string(),
    start_time: Instant,
    end_time: Instant,
    attributes: z.record(z.string(), z.string()),
  })
  .meta({ description: 'De logregel, zoals de standaard Logboek Dataverwerkingen die vraagt' });

const LookedAt = z.object({
  at: Instant,
  purpose: z.enum(purposeNames),
  purposeTitle: z.string(),
  reader: Actor,
  line: Line,
});

const toldLook = (look: Looked): z.infer<typeof LookedAt> => ({
  at: look.notedAt,
  purpose: look.purpose,
  purposeTitle: purposes[look.purpose],
  reader: look.reader,
  line: {
    trace_id: look.traceId,
    span_id: look.spanId,
    ...(look.parentSpanId === undefined ? {} : { parent_span_id: look.parentSpanId }),
    status_code: 0,
    name: look.action,
    start_time: look.startedAt,
    end_time: look.notedAt,
    attributes: {
      'dpl.core.processing_activity_id': activityOf(look.purpose),
      'dpl.core.data_subject_id': look.person,
      'dpl.core.data_subject_id_type': 'urn:nl:partnership-ledger:person-reference',
    },
  },
});

export const registerPeople = (app: FastifyInstance, at: AtLedger): void => {
  registerLooks(app, at);
  registerReferences(app, at);
};

const registerLooks = (app: FastifyInstance, at: AtLedger): void => {
  const querystring = z.strictObject({ person: Person, limit: Limit });
  const schema = {
    summary: 'Wie naar de verzegelde gegevens van een persoon keek, wanneer en met welk doel',
    tags: ['processing-log'],
    querystring,
    response: { 200: z.object({ person: Person, items: z.array(LookedAt) }) },
  };
  app.get('/v1/processing-log', { schema, ...giving('processing-log') }, async (request) => {
    const { person, limit } = readQuery(request.url, querystring);
    const ledger = at(request);
    if (!may(ledger.access, 'processing-log', 'read', ...(await ledger.municipalitiesOf(person))))
      throw new HttpProblem('not-found', 'Dit bestaat niet.');
    const looks = ledger.looks(person, Number(limit ?? usualPerPage));
    return { person, items: looks.map(toldLook) };
  });
};

const Body = z.strictObject({ personId: Ulid });

/** Looked up for whom there is no reference, so that the answer takes no less time. */
const nobody = { person: '0'.repeat(32) };

/** In the body, for an address is written down in many places. */
const registerReferences = (app: FastifyInstance, at: AtLedger): void => {
  const schema = {
    operationId: 'findPersonReference',
    summary: 'Onder welke verwijzing een persoon hier bekend is; er wordt niets vastgelegd',
    tags: ['person-references'],
    body: Body,
    response: { 200: z.object({ person: Person }) },
  };
  const noQuery = z.strictObject({});
  app.post('/v1/person-references', { schema, ...giving('person-references') }, async (request) => {
    readQuery(request.url, noQuery);
    const read = Body.safeParse(request.body);
    if (!read.success) throw invalidInput(flawsOf(read.error, false));
    const ledger = at(request);
    const found = ledger.personOf(read.data.personId);
    const { person } = typeof found === 'object' ? found : nobody;
    const owners = await ledger.municipalitiesOf(person);
    // Whose an erased person was is not known any more: that there was one is told to no neighbour.
    if (found === undefined || !may(ledger.access, 'person-references', 'read', ...owners))
      throw new ProblemError({
        code: 'not-found',
        detail: 'Van deze persoon is niets vastgelegd.',
      });
    if (found === 'erased')
      throw new HttpProblem('erased', 'De gegevens van deze persoon zijn gewist.');
    return found;
  });
};
