/** The ledger's events as CloudEvents, following the NL GOV profile. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { entryTypes, type EntryType, tag } from '../../events/index.ts';
import { Evidence } from '../../events/entry.ts';
import { EventId, Instant, MunicipalityCode, RoughDate, TagText } from '../../events/values.ts';
import type { StoredEvent } from '../ledger/event-log.ts';
import { giving } from './auth/access.ts';
import { etagOf } from './headers.ts';
import type { AtLedger } from './parts.ts';
import { invalidInput } from './problems.ts';
import { readQuery } from './query.ts';
import { momentIn } from './reads.ts';
import { AfterSequence, asked, AsOf, Limit, usualPerPage } from './schemas.ts';

const source = 'urn:nld:oin:00000099000000000000:systeem:partnership-ledger';
const prefix = 'nl.participatiewet.';

const kebab = (type: string): string => type.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();

const typeNames = new Map<string, EntryType>(
  entryTypes.flatMap((type) => [[type, type] as const, [prefix + kebab(type), type] as const]),
);

const CloudEventShape = {
  specversion: z.literal('1.0'),
  id: EventId,
  source: z.string().meta({ example: source }),
  type: z.string().meta({ example: `${prefix}decision-adopted` }),
  time: Instant.meta({ description: 'Wanneer het is vastgelegd' }),
  sequence: z.string().regex(/^\d+$/).meta({ description: 'Volgnummer in het grootboek' }),
  datacontenttype: z.literal('application/json'),
  data: z.looseObject({
    fact: z.looseObject({}).meta({ description: 'De gegevens van dit type gebeurtenis' }),
    version: z.int(),
    validFrom: RoughDate,
    evidence: z.array(Evidence).optional(),
    restsOn: z.array(EventId).optional(),
    reverses: EventId.optional(),
    correlation: EventId.optional(),
    actor: z.object({ office: z.string(), municipality: MunicipalityCode.optional() }),
  }),
};
const CloudEvent = z.object(CloudEventShape).meta({ id: 'CloudEvent' });

/** Sealed fields, the command and who exactly acted stay in the ledger. */
const cloudEvent = ({ sequence, entry }: StoredEvent): z.infer<typeof CloudEvent> => ({
  specversion: '1.0',
  id: entry.id,
  source,
  type: prefix + kebab(entry.type),
  time: entry.recordedAt,
  sequence: String(sequence),
  datacontenttype: 'application/json',
  data: {
    fact: entry.data,
    version: entry.version,
    validFrom: entry.validFrom,
    evidence: entry.evidence,
    restsOn: entry.restsOn,
    reverses: entry.reverses,
    correlation: entry.correlation,
    actor: { office: entry.actor.office, municipality: entry.actor.municipality },
  },
});

export const registerEvents = (app: FastifyInstance, at: AtLedger): void => {
  registerFeed(app, at);
  registerEvent(app, at);
};

const registerFeed = (app: FastifyInstance, at: AtLedger): void => {
  const querystring = z.strictObject({
    after: AfterSequence,
    limit: Limit,
    type: z
      .string()
      .optional()
      .meta({ example: `${prefix}decision-adopted` }),
    tag: TagText.optional().meta({
      description: 'Alleen over dit ding, zoals municipality:gm0828',
      example: 'municipality:gm0828',
    }),
    ...asked,
  });
  const schema = {
    summary: 'De gebeurtenissen van het grootboek, als CloudEvents op volgnummer',
    tags: ['events'],
    querystring,
    response: {
      200: z.object({ asOf: AsOf, items: z.array(CloudEvent), next: z.string().optional() }),
    },
  };
  app.get('/v1/events', { schema, ...giving('events') }, async (request) => {
    const given = readQuery(request.url, querystring);
    const limit = Number(given.limit ?? usualPerPage);
    const type = given.type === undefined ? undefined : typeNames.get(given.type);
    if (given.type !== undefined && type === undefined)
      throw invalidInput([
        { pointer: 'type', detail: `onbekend type; toegestaan: ${entryTypes.join(', ')}` },
      ]);
    const { asOf, items, next } = await at(request).events(
      { ...momentIn(given), after: Number(given.after ?? -1), type, tag: given.tag },
      limit,
    );
    const page = { asOf, items: items.map(cloudEvent) };
    return next === undefined ? page : { ...page, next: String(next) };
  });
};

const cloudEventsMedia = 'application/cloudevents+json';

const registerEvent = (app: FastifyInstance, at: AtLedger): void => {
  const querystring = z.strictObject(asked);
  const schema = {
    summary: 'Een gebeurtenis, als CloudEvent',
    description: `Met \`Accept: ${cloudEventsMedia}\` alleen het CloudEvent zelf.`,
    tags: ['events'],
    params: z.object({ eventId: EventId }),
    querystring,
    response: {
      200: z.object({ asOf: AsOf, ...CloudEventShape, basis: z.array(EventId) }),
    },
  };
  app.get('/v1/events/:eventId', { schema, ...giving('events') }, async (request, reply) => {
    const given = readQuery(request.url, querystring);
    const { eventId } = request.params as { readonly eventId: string };
    const ledger = at(request);
    const { asOf, event: found } = await ledger.event(eventId, momentIn(given));
    const version = await ledger.version(tag('event', eventId), asOf.knownAt);
    reply.header('etag', etagOf(version));
    const event = cloudEvent(found);
    if (wantsCloudEvent(request.headers.accept, reply)) return event;
    return { asOf, ...event, basis: [eventId] };
  });
};

const wantsCloudEvent = (accept: string | undefined, reply: FastifyReply): boolean => {
  reply.header('vary', 'Accept, Authorization, Cookie');
  if (accept?.includes(cloudEventsMedia) !== true) return false;
  reply.type(cloudEventsMedia);
  return true;
};
