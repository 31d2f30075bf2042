/** The ledger's events, in pages and one by one. */
import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { entryTypes, tag } from '../../events/index.ts';
import { EventId, TagText } from '../../events/values.ts';
import type { FeedFilter } from '../ledger/feed.ts';
import { giving } from './auth/access.ts';
import {
  CloudEvent,
  CloudEventShape,
  cloudEvent,
  cloudEventsMedia,
  typeNamed,
  typePrefix,
} from './cloud-event.ts';
import { etagOf } from './headers.ts';
import type { AtLedger } from './parts.ts';
import { invalidInput } from './problems.ts';
import { readQuery } from './query.ts';
import { momentIn } from './reads.ts';
import { AfterSequence, asked, AsOf, Limit, usualPerPage } from './schemas.ts';

/** Which events, in pages and in the stream alike. */
export const feedFilters = {
  type: z
    .string()
    .optional()
    .meta({ example: `${typePrefix}decision-adopted` }),
  tag: TagText.optional().meta({
    description: 'Alleen over dit ding, zoals municipality:gm0828',
    example: 'municipality:gm0828',
  }),
};

/** @throws ProblemError `invalid` for a type that is not known */
export const filterIn = (given: {
  readonly type?: string | undefined;
  readonly tag?: string | undefined;
}): FeedFilter => {
  const type = given.type === undefined ? undefined : typeNamed(given.type);
  if (given.type !== undefined && type === undefined)
    throw invalidInput([
      { pointer: 'type', detail: `onbekend type; toegestaan: ${entryTypes.join(', ')}` },
    ]);
  return { type, tag: given.tag };
};

export const registerEvents = (app: FastifyInstance, at: AtLedger): void => {
  registerFeed(app, at);
  registerEvent(app, at);
};

const registerFeed = (app: FastifyInstance, at: AtLedger): void => {
  const querystring = z.strictObject({
    after: AfterSequence,
    limit: Limit,
    ...feedFilters,
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
    const { asOf, items, next } = await at(request).events(
      { ...momentIn(given), after: Number(given.after ?? -1), ...filterIn(given) },
      limit,
    );
    const page = { asOf, items: items.map(cloudEvent) };
    return next === undefined ? page : { ...page, next: String(next) };
  });
};

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
