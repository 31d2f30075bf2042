/** Subscriptions to events: made, looked at, held up, ended; and what their receivers refused. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { entryTypes } from '../../events/index.ts';
import { Instant, TagText, Ulid } from '../../events/values.ts';
import { flawsOf } from '../ledger/record.ts';
import {
  type WebhookRequest,
  webhookReasonNames,
  webhookReasons,
  type Webhooks,
  webhookStatuses,
} from '../ledger/webhooks.ts';
import { giving } from './auth/access.ts';
import { typeNamed, typePrefix } from './cloud-event.ts';
import { keyHeader, keyOf } from './idempotency.ts';
import type { AppParts, AtLedger } from './parts.ts';
import { passOn } from './passing-on.ts';
import { HttpProblem, invalidInput } from './problems.ts';
import { readQuery } from './query.ts';
import { AfterSequence, Limit, usualPerPage } from './schemas.ts';

const tags = ['webhooks'];
const noQuery = z.strictObject({});

const asked = {
  address: z.string().min(1).max(2_000).meta({
    description: 'Waarheen: https, en niet naar deze machine of haar netwerk',
    example: 'https://ontvanger.example.nl/gebeurtenissen',
  }),
  types: z
    .array(z.string().max(200))
    .min(1)
    .max(100)
    .optional()
    .meta({ description: 'Alleen deze soorten', example: [`${typePrefix}decision-adopted`] }),
  tags: z
    .array(TagText)
    .min(1)
    .max(10)
    .optional()
    .meta({ description: 'Alleen wat over al deze dingen gaat', example: ['municipality:gm0828'] }),
  rate: z
    .int()
    .min(1)
    .max(60_000)
    .optional()
    .meta({ description: 'Hoogste aantal verzoeken per minuut' }),
  note: z.string().min(1).max(200).optional().meta({ description: 'Waarvoor; geen namen' }),
};

const Body = z.strictObject({
  ...asked,
  token: z
    .string()
    .max(4_000)
    .regex(/^[A-Za-z0-9\-._~+/]+=*$/, { error: 'is geen bearer-token (RFC 6750)' })
    .meta({ description: 'Bearer-token waaraan de ontvanger ons kent' }),
  after: z
    .int()
    .min(-1)
    .optional()
    .meta({ description: 'Alles na dit volgnummer; anders wat van nu af gebeurt' }),
});

const Webhook = z
  .object({
    webhookId: Ulid,
    owner: z.string().meta({ description: 'Van wie: het id dat ook op gebeurtenissen staat' }),
    status: z.enum(webhookStatuses).meta({
      description: 'awaiting: de ontvanger heeft nog niet ingestemd',
    }),
    reason: z
      .enum(webhookReasonNames)
      .optional()
      .meta({
        description: Object.entries(webhookReasons)
          .map(([name, text]) => `${name}: ${text}`)
          .join('; '),
      }),
    since: Instant,
    createdAt: Instant,
    ...asked,
    position: z.int().meta({ description: 'Tot en met dit volgnummer is alles afgehandeld' }),
    parked: z.int().meta({ description: 'Hoeveel gebeurtenissen werden geweigerd' }),
    failure: z.string().optional().meta({ description: 'Wat er de laatste keer misging' }),
    notBefore: Instant.optional().meta({ description: 'Eerder wordt niets geprobeerd' }),
  })
  .meta({ id: 'Webhook', description: 'Een abonnement op gebeurtenissen' });

const Parked = z.object({
  sequence: z.int(),
  parkedAt: Instant,
  failure: z.string().meta({ description: 'Waarmee de ontvanger weigerde' }),
  due: z.boolean().meta({ description: 'Wordt opnieuw gestuurd' }),
});

/** The subscriptions, or why they are not here. */
type At = (request: FastifyRequest) => Webhooks;
type Route = (url: string, ...rest: RouteRest) => void;
type RouteRest = readonly [object, 'read' | 'follow', Answer];
type Answer = (request: FastifyRequest, reply: FastifyReply) => unknown;

export const registerWebhooks = (app: FastifyInstance, parts: AppParts, at: AtLedger): void => {
  const webhooks: At = (request) => {
    at(request);
    if (parts.webhooks !== undefined) return parts.webhooks;
    throw new HttpProblem('unavailable', 'Abonnementen zijn bij het proces dat schrijft.');
  };
  const { writerUrl } = parts;
  const post: Route = (url, schema, action, answer) =>
    void app.post(url, { schema, ...giving('webhooks', action) }, async (request, reply) => {
      readQuery(request.url, noQuery);
      if (writerUrl !== undefined) return passOn(writerUrl, at(request), request, reply);
      return answer(request, reply);
    });
  registerCreation(post, webhooks);
  registerLists(app, webhooks);
  registerSteps(post, webhooks);
  registerParked(app, post, webhooks);
};

const registerCreation = (post: Route, webhooks: At): void => {
  const schema = {
    operationId: 'createWebhook',
    summary: 'Vraagt gebeurtenissen te sturen aan een adres, ondertekend en op volgorde',
    description:
      'De ontvanger stemt in door op een OPTIONS-verzoek met `WebHook-Allowed-Origin` te antwoorden (CloudEvents, Web Hooks for Event Delivery). Het geheim van de handtekening (Standard Webhooks) staat alleen in dit antwoord.',
    tags,
    headers: z.looseObject(keyHeader),
    body: Body,
    response: {
      201: z.object({
        webhook: Webhook,
        secret: z.string().optional().meta({ description: 'Geheim van de handtekening' }),
      }),
    },
  };
  post('/v1/webhooks', schema, 'follow', (request, reply) => {
    const key = keyOf(request);
    const read = Body.safeParse(request.body);
    if (!read.success) throw invalidInput(flawsOf(read.error));
    const given: WebhookRequest = { ...read.data, types: typesIn(read.data.types) };
    const { repeated, ...made } = webhooks(request).create(request.caller, given, key);
    if (repeated) reply.header('idempotency-replayed', 'true');
    reply.code(201).header('location', `/v1/webhooks/${made.webhook.webhookId}`);
    return made;
  });
};

/** @throws ProblemError `invalid` */
const typesIn = (names: readonly string[] | undefined): readonly string[] | undefined =>
  names?.map((name, index) => {
    const type = typeNamed(name);
    if (type !== undefined) return type;
    throw invalidInput([
      {
        pointer: `/types/${index}`,
        detail: `onbekend type; toegestaan: ${entryTypes.join(', ')}`,
      },
    ]);
  });

const params = z.object({ webhookId: Ulid });
const idIn = ({ params: given }: FastifyRequest): string =>
  (given as z.infer<typeof params>).webhookId;

const registerLists = (app: FastifyInstance, webhooks: At): void => {
  const list = {
    summary: 'Uw abonnementen; voor een beheerder alle',
    tags,
    response: { 200: z.object({ items: z.array(Webhook) }) },
  };
  app.get('/v1/webhooks', { schema: list, ...giving('webhooks') }, async (request) => {
    readQuery(request.url, noQuery);
    return { items: webhooks(request).list(request.caller) };
  });
  const one = { summary: 'Een abonnement', tags, params, response: { 200: Webhook } };
  app.get('/v1/webhooks/:webhookId', { schema: one, ...giving('webhooks') }, async (request) => {
    readQuery(request.url, noQuery);
    return webhooks(request).one(request.caller, idIn(request));
  });
};

const registerSteps = (post: Route, webhooks: At): void => {
  const step = (name: 'pause' | 'resume' | 'end', summary: string): void => {
    const schema = {
      operationId: `${name}Webhook`,
      summary,
      tags,
      params,
      response: { 200: Webhook },
    };
    // Whoever may see it may be its owner, or manage.
    const action = name === 'end' ? 'read' : 'follow';
    post(`/v1/webhooks/:webhookId/_${name}`, schema, action, (request) =>
      webhooks(request)[name](request.caller, idIn(request)),
    );
  };
  step('pause', 'Houdt een abonnement op; er gaat niets verloren');
  step('resume', 'Vraagt de ontvanger opnieuw om instemming en gaat verder waar het was');
  step('end', 'Beëindigt een abonnement; adres, token en geheim worden vernietigd');
};

const registerParked = (app: FastifyInstance, post: Route, webhooks: At): void => {
  const querystring = z.strictObject({ after: AfterSequence, limit: Limit });
  const list = {
    summary: 'De gebeurtenissen die de ontvanger weigerde, op volgnummer',
    tags,
    params,
    querystring,
    response: { 200: z.object({ items: z.array(Parked), next: z.string().optional() }) },
  };
  const url = '/v1/webhooks/:webhookId/parked';
  app.get(url, { schema: list, ...giving('webhooks') }, async (request) => {
    const given = readQuery(request.url, querystring);
    const limit = Number(given.limit ?? usualPerPage);
    const found = webhooks(request).parked(
      request.caller,
      idIn(request),
      Number(given.after ?? -1),
      limit + 1,
    );
    const items = found.slice(0, limit);
    return found.length > limit ? { items, next: String(items.at(-1)!.sequence) } : { items };
  });
  const response = {
    200: z.object({ due: z.int().meta({ description: 'Hoeveel opnieuw worden gestuurd' }) }),
  };
  const all = {
    operationId: 'replayParked',
    summary:
      'Stuurt alle geweigerde gebeurtenissen opnieuw, op volgnummer, tot er een wordt geweigerd',
    tags,
    params,
    response,
  };
  post(`${url}/_replay`, all, 'follow', (request) => ({
    due: webhooks(request).replay(request.caller, idIn(request)),
  }));
  const Sequence = z.string().regex(/^(0|[1-9]\d{0,14})$/, { error: 'verwacht een volgnummer' });
  const one = {
    operationId: 'replayParkedEvent',
    summary: 'Stuurt één geweigerde gebeurtenis opnieuw',
    tags,
    params: params.extend({ sequence: Sequence }),
    response,
  };
  post(`${url}/:sequence/_replay`, one, 'follow', (request) => {
    const { sequence } = request.params as { readonly sequence: string };
    return { due: webhooks(request).replay(request.caller, idIn(request), Number(sequence)) };
  });
};
