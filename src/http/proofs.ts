/** What proves the ledger: checkpoints, proofs, and the files that monitors read. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { EventId } from '../../events/values.ts';
import type { KeptCheckpoint } from '../ledger/proofs.ts';
import { giving } from './auth/access.ts';
import type { AtLedger } from './parts.ts';
import { HttpProblem, invalidInput } from './problems.ts';
import { readQuery } from './query.ts';
import { Limit, usualPerPage } from './schemas.ts';

const tags = ['proofs'];

export const Size = z
  .string()
  .regex(/^(0|[1-9]\d{0,14})$/, { error: 'verwacht een aantal gebeurtenissen' })
  .meta({ description: 'Omvang van een controlepunt: het aantal gebeurtenissen', example: '312' });

const Note = z.string().meta({
  description: 'Controlepunt als getekende note (C2SP tlog-checkpoint), met alle handtekeningen',
});
const Hashes = z.array(z.string()).meta({ description: 'Hashes in base64 (RFC 6962)' });

const Checkpoint = z
  .object({ size: z.int().min(0), checkpoint: Note })
  .meta({ id: 'Checkpoint', description: 'Wat het grootboek op een moment was, getekend' });

const shown = ({ size, note }: KeptCheckpoint) => ({ size, checkpoint: note });

export const registerProofs = (app: FastifyInstance, at: AtLedger): void => {
  registerCheckpoints(app, at);
  registerCosigning(app, at);
  registerInclusion(app, at);
  registerConsistency(app, at);
  registerFiles(app, at);
};

const registerCheckpoints = (app: FastifyInstance, at: AtLedger): void => {
  const querystring = z.strictObject({
    after: Size.optional().meta({ description: 'Alles na deze omvang', example: '0' }),
    limit: Limit,
  });
  const schema = {
    summary: 'Alle controlepunten, op omvang, en de sleutels waarmee ze zijn getekend',
    tags,
    querystring,
    response: {
      200: z.object({
        origin: z.string().meta({ description: 'Naam van dit grootboek in elk controlepunt' }),
        keys: z.array(
          z.object({
            key: z.string().meta({ description: 'Openbare sleutel (verifier key)' }),
            from: z.int().meta({ description: 'Tekent controlepunten boven deze omvang' }),
          }),
        ),
        items: z.array(Checkpoint),
        next: z.string().optional(),
      }),
    },
  };
  app.get('/v1/checkpoints', { schema, ...giving('checkpoints') }, async (request) => {
    const { after = '0', limit = String(usualPerPage) } = readQuery(request.url, querystring);
    const { proofs } = at(request);
    const found = proofs.checkpointsFrom(Number(after) + 1, Number(limit) + 1);
    const page = found.slice(0, Number(limit));
    return {
      origin: proofs.origin,
      keys: proofs.keys(),
      items: page.map(shown),
      ...(found.length > page.length ? { next: String(page.at(-1)!.size) } : {}),
    };
  });

  const latest = {
    summary: 'Het laatste controlepunt',
    tags,
    response: { 200: Checkpoint },
  };
  app.get(
    '/v1/checkpoints/latest',
    { schema: latest, ...giving('checkpoints') },
    async (request) => {
      readQuery(request.url, z.strictObject({}));
      return shown(at(request).proofs.latest());
    },
  );
};

const registerCosigning = (app: FastifyInstance, at: AtLedger): void => {
  const body = z.strictObject({
    cosignature: z
      .string()
      .max(1_000)
      .meta({ description: 'Regel `— naam base64`: Ed25519, of C2SP tlog-cosignature' }),
  });
  const schema = {
    operationId: 'cosignCheckpoint',
    summary: 'Bewaart een handtekening van een ingestelde getuige onder een controlepunt',
    tags,
    params: z.object({ size: Size }),
    body,
    response: { 200: Checkpoint },
  };
  app.post(
    '/v1/checkpoints/:size/_cosign',
    { schema, ...giving('checkpoints', 'record') },
    async (request) => {
      readQuery(request.url, z.strictObject({}));
      const size = Number((request.params as { readonly size: string }).size);
      const given = body.safeParse(request.body);
      if (!given.success)
        throw invalidInput([
          { pointer: '/cosignature', detail: 'verwacht de regel van een handtekening' },
        ]);
      const { proofs } = at(request);
      proofs.cosign(size, given.data.cosignature);
      return shown(proofs.checkpoint(size));
    },
  );
};

const registerInclusion = (app: FastifyInstance, at: AtLedger): void => {
  const querystring = z.strictObject({ size: Size.optional() });
  const schema = {
    summary: 'Bewijs dat een gebeurtenis onder een controlepunt staat; zonder size het laatste',
    tags,
    params: z.object({ eventId: EventId }),
    querystring,
    response: {
      200: z.object({
        eventId: EventId,
        index: z.int(),
        size: z.int(),
        proof: Hashes,
        checkpoint: Note,
        receipt: z.string().meta({ description: 'Dit alles als C2SP tlog-proof, om te bewaren' }),
      }),
    },
  };
  app.get(
    '/v1/events/:eventId/inclusion-proof',
    { schema, ...giving('inclusion-proofs') },
    async (request) => {
      const { size } = readQuery(request.url, querystring);
      const { eventId } = request.params as { readonly eventId: string };
      const { event: find, proofs } = at(request);
      const { event } = await find(eventId, {});
      const under = size === undefined ? proofs.latest().size : Number(size);
      return { eventId, ...proofs.inclusion(event.sequence, under) };
    },
  );
};

const registerConsistency = (app: FastifyInstance, at: AtLedger): void => {
  const querystring = z.strictObject({ from: Size, to: Size });
  const schema = {
    summary: 'Bewijs dat het ene controlepunt het begin is van het andere',
    tags,
    querystring,
    response: { 200: z.object({ from: Checkpoint, to: Checkpoint, proof: Hashes }) },
  };
  app.get(
    '/v1/consistency-proofs',
    { schema, ...giving('consistency-proofs') },
    async (request) => {
      const given = readQuery(request.url, querystring);
      const { from, to, proof } = at(request).proofs.consistency(
        Number(given.from),
        Number(given.to),
      );
      return { from: shown(from), to: shown(to), proof };
    },
  );
};

const forYears = 'public, max-age=31536000, immutable';

/** The layout of C2SP tlog-tiles: what it names never changes, save the checkpoint. */
const registerFiles = (app: FastifyInstance, at: AtLedger): void => {
  const schema = { hide: true };
  const noQuery = z.strictObject({});
  app.get('/tlog/checkpoint', { schema, ...giving('checkpoints') }, async (request, reply) => {
    readQuery(request.url, noQuery);
    reply.type('text/plain; charset=utf-8').serializer(String);
    return at(request).proofs.latest().note;
  });
  registerKept(app, at);
  const sendTile = async (request: FastifyRequest, reply: FastifyReply) => {
    readQuery(request.url, noQuery);
    const found = await at(request).proofs.tile(request.url.slice('/tlog/'.length));
    if (found === undefined) throw new HttpProblem('not-found', 'Deze tegel bestaat niet.');
    return reply
      .header('cache-control', forYears)
      .type('application/octet-stream')
      .send(Buffer.from(found.buffer, found.byteOffset, found.byteLength));
  };
  app.get('/tlog/tile/*', { schema, ...giving('checkpoints') }, sendTile);
  // These hold the events themselves, sealed fields and all.
  app.get('/tlog/tile/entries/*', { schema, ...giving('entries') }, sendTile);
};

/** What somebody keeps, as files: a checkpoint, and the receipt of an event. */
const registerKept = (app: FastifyInstance, at: AtLedger): void => {
  const asFile = (reply: FastifyReply, name: string): void =>
    void reply
      .header('content-disposition', `attachment; filename="${name}"`)
      .type('text/plain; charset=utf-8')
      .serializer(String);
  const params = z.object({ size: Size });
  app.get(
    '/tlog/checkpoint/:size',
    { schema: { hide: true, params }, ...giving('checkpoints') },
    async (request, reply) => {
      readQuery(request.url, z.strictObject({}));
      const { size } = request.params as { readonly size: string };
      const { note } = at(request).proofs.checkpoint(Number(size));
      asFile(reply, `controlepunt-${size}.txt`);
      return note;
    },
  );
  const querystring = z.strictObject({ size: Size.optional() });
  app.get(
    '/tlog/receipt/:eventId',
    {
      schema: { hide: true, params: z.object({ eventId: EventId }) },
      ...giving('inclusion-proofs'),
    },
    async (request, reply) => {
      const { size } = readQuery(request.url, querystring);
      const { eventId } = request.params as { readonly eventId: string };
      const { event: find, proofs } = at(request);
      const { event } = await find(eventId, {});
      const under = size === undefined ? proofs.latest().size : Number(size);
      const { receipt } = proofs.inclusion(event.sequence, under);
      asFile(reply, `gebeurtenis-${event.sequence}.tlog-proof`);
      return receipt;
    },
  );
};
