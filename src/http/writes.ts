/** One route for every command. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { EventId, Instant } from '../../events/values.ts';
import type { LedgerFor } from '../ledger/ledger.ts';
import type { Recorded } from '../ledger/record.ts';
import { giving } from './auth/access.ts';
import { fieldsOf, locationOf, roughDate, type Route, routes } from './commands.ts';
import { sequenceIn } from './headers.ts';
import { keyHeader, keyOf } from './idempotency.ts';
import type { AppParts, AtLedger } from './parts.ts';
import { passOn } from './passing-on.ts';
import { HttpProblem, invalidInput } from './problems.ts';
import { readQuery } from './query.ts';

const Created = z.object({
  events: z.array(
    z.object({ eventId: EventId, sequence: z.int(), type: z.string(), recordedAt: Instant }),
  ),
  created: z
    .record(z.string(), z.string())
    .optional()
    .meta({ description: 'Het id dat het grootboek gaf aan wat nieuw is' }),
  proof: z.array(z.string()).meta({
    description: 'Van elk van deze gebeurtenissen het bewijs (C2SP tlog-proof), om te bewaren',
  }),
});

const matchHeader = {
  'If-Match': z.string().meta({
    description: 'De ETag van het ding zoals u het las',
    example: '"311"',
  }),
};

const noQuery = z.strictObject({});

const camel = (name: string): string =>
  name.replace(/-([a-z])/g, (_, c: string) => c.toUpperCase());

export const registerWrites = (
  app: FastifyInstance,
  { writerUrl }: Pick<AppParts, 'writerUrl'>,
  at: AtLedger,
): void => {
  for (const route of routes) {
    const schema = {
      operationId: camel(route.name),
      'x-command': route.name,
      summary: route.summary,
      tags: [route.tag],
      ...(route.params.length === 0
        ? {}
        : {
            params: z.object(Object.fromEntries(route.params.map((p) => [p, pathParam(route, p)]))),
          }),
      headers: z.looseObject(route.matches ? { ...keyHeader, ...matchHeader } : keyHeader),
      body: route.body,
      response: { 201: Created },
    };
    app.post(route.url, { schema, ...giving(route.resource, 'record') }, async (request, reply) => {
      readQuery(request.url, noQuery);
      if (writerUrl !== undefined) return passOn(writerUrl, at(request), request, reply);
      return record(at(request), route, request, reply);
    });
  }
};

/** A parameter in the path is the field of that name. */
const pathParam = ({ body }: Route, name: string): z.ZodType => {
  const field: unknown = (body.shape as Readonly<Record<string, unknown>>)[name];
  return field instanceof z.ZodOptional ? (field.unwrap() as z.ZodType) : z.string();
};

const record = async (
  ledger: LedgerFor,
  route: Route,
  request: FastifyRequest,
  reply: FastifyReply,
) => {
  const key = keyOf(request);
  const ifMatch = route.matches ? matchOf(request) : undefined;
  const { mode, validFrom, evidence, ...fields } = objectIn(request.body);
  const recorded = await ledger.record({
    command: route.name,
    body: fieldsOf(fields, request.params as Readonly<Record<string, string>>),
    mode,
    validFrom: roughDate(validFrom),
    evidence,
    key,
    ifMatch,
  });
  if (recorded.repeated) reply.header('idempotency-replayed', 'true');
  reply.code(201);
  const created = creationIn(route, recorded);
  if (created.location !== undefined) reply.header('location', created.location);
  return {
    events: recorded.events,
    ...(created.ids === undefined ? {} : { created: created.ids }),
    proof: recorded.proof,
  };
};

/** What was made, from its event, so that a repeated command answers the same. */
const creationIn = (route: Route, { events, data: written }: Recorded) => {
  const [first] = events;
  if (route.isAction || first === undefined) return {};
  const data = written as Readonly<Record<string, unknown>>;
  const { creates } = route.command;
  const id = creates === undefined ? undefined : data[creates];
  return {
    location: locationOf(route, data, first.eventId),
    ids: creates === undefined || typeof id !== 'string' ? undefined : { [creates]: id },
  };
};

/** @throws HttpProblem `precondition-required`, ProblemError `invalid` */
const matchOf = (request: FastifyRequest): number => {
  const given = request.headers['if-match'];
  if (given === undefined)
    throw new HttpProblem(
      'precondition-required',
      'Stuur in If-Match de ETag van het ding zoals u het las.',
    );
  const sequence = sequenceIn(given);
  if (sequence !== undefined) return sequence;
  throw invalidInput([{ pointer: 'If-Match', detail: 'verwacht één ETag, zoals "311"' }]);
};

/** @throws ProblemError `invalid` */
const objectIn = (body: unknown): Readonly<Record<string, unknown>> => {
  if (typeof body === 'object' && body !== null && !Array.isArray(body))
    return body as Readonly<Record<string, unknown>>;
  throw invalidInput([{ pointer: '', detail: 'verwacht een JSON-object' }]);
};
