/** What only the machine itself may ask: over the socket in the data folder, or in-process. */
import { Socket } from 'node:net';
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { HistoryError } from '../ledger/import.ts';
import type { AppParts, AtLedger } from './parts.ts';
import { HttpProblem, invalidInput } from './problems.ts';
import { readQuery } from './query.ts';

const local = new WeakSet<IncomingMessage>();

/** Marks a request that came over the socket in the data folder. */
export const markLocal = (request: IncomingMessage): void => {
  local.add(request);
};

/** A request made in-process has no network socket below it. */
export const isLocal = ({ raw }: FastifyRequest): boolean =>
  local.has(raw) || !(raw.socket instanceof Socket);

const onlyLocal = async (request: FastifyRequest): Promise<void> => {
  if (!isLocal(request)) throw new HttpProblem('not-found', 'Dit adres bestaat niet.');
};

const Files = z.strictObject({
  files: z
    .array(z.strictObject({ name: z.string().min(1).max(200), text: z.string() }))
    .min(1)
    .max(1_000),
});

/** History files are longer than commands. */
const importLimit = 32 * 1024 * 1024;

export const registerLocal = (app: FastifyInstance, parts: AppParts, at: AtLedger): void => {
  const { rebuild, importFiles, replaceKey } = parts;
  const schema = { hide: true };
  const noQuery = z.strictObject({});
  if (rebuild !== undefined)
    app.post('/v1/read-tables/_rebuild', { schema, onRequest: onlyLocal }, async (request) => {
      readQuery(request.url, noQuery);
      at();
      return rebuild();
    });
  if (replaceKey !== undefined)
    app.post('/v1/signing-keys/_replace', { schema, onRequest: onlyLocal }, async (request) => {
      readQuery(request.url, noQuery);
      at();
      return replaceKey();
    });
  if (importFiles !== undefined)
    app.post(
      '/v1/imports',
      { schema, onRequest: onlyLocal, bodyLimit: importLimit },
      async (request) => {
        readQuery(request.url, noQuery);
        at();
        const read = Files.safeParse(request.body);
        if (!read.success)
          throw invalidInput(
            read.error.issues.map((i) => ({ pointer: `/${i.path.join('/')}`, detail: i.message })),
          );
        try {
          return await importFiles(read.data.files);
        } catch (error) {
          if (error instanceof HistoryError)
            throw invalidInput([{ pointer: 'files', detail: error.message }]);
          throw error;
        }
      },
    );
};
