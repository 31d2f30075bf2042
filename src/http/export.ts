/** The ledger as one archive that can be checked without it. */
import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { giving } from './auth/access.ts';
import type { AppParts, AtLedger } from './parts.ts';
import { HttpProblem } from './problems.ts';
import { Size } from './proofs.ts';
import { readQuery } from './query.ts';

export const registerExport = (
  app: FastifyInstance,
  { exportLedger }: AppParts,
  at: AtLedger,
): void => {
  if (exportLedger === undefined) return;
  const querystring = z.strictObject({ size: Size.optional(), at: z.string().optional() });
  let isBusy = false;
  app.get(
    '/tlog/export',
    { schema: { hide: true }, ...giving('entries') },
    async (request, reply) => {
      const given = readQuery(request.url, querystring);
      at(request);
      // Each costs every answer at every point: one at a time.
      if (isBusy) throw new HttpProblem('unavailable', 'Er wordt al een uitvoer gemaakt.');
      isBusy = true;
      try {
        const chunks = await exportLedger({
          size: given.size === undefined ? undefined : Number(given.size),
          at: given.at === undefined ? undefined : given.at.split(',').filter((t) => t !== ''),
        });
        const stream = Readable.from(chunks, { objectMode: false });
        stream.once('close', () => (isBusy = false));
        return await reply.type('application/x-tar').send(stream);
      } catch (error) {
        isBusy = false;
        throw error;
      }
    },
  );
};
