/** What only the machine itself may ask: over the socket in the data folder, or in-process. */
import { Socket } from 'node:net';
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { HistoryError } from '../ledger/import.ts';
import { giving } from './auth/access.ts';
import type { AppParts, AtLedger } from './parts.ts';
import { HttpProblem, invalidInput } from './problems.ts';
import { readQuery } from './query.ts';

const local = new WeakSet<IncomingMessage>();

/** Marks a request that came over the socket in the data folder. */
export const markLocal = (request: IncomingMessage): void => {
  local.add(request);
};

/** The address that the machine itself has when it asks in-process; no network gives it. */
export const localAddress = 'local';

/** A request made in-process has no network socket below it, and is local only if it says so. */
export const isLocal = ({ raw }: FastifyRequest): boolean =>
  local.has(raw) || (!(raw.socket instanceof Socket) && addressOf(raw.socket) === localAddress);

const addressOf = (socket: unknown): unknown =>
  (socket as { readonly remoteAddress?: unknown }).remoteAddress;

const Files = z.strictObject({
  files: z
    .array(z.strictObject({ name: z.string().min(1).max(200), text: z.string() }))
    .min(1)
    .max(1_000),
});

/** History files are longer than commands. */
const importLimit = 32 * 1024 * 1024;

export const registerLocal = (app: FastifyInstance, parts: AppParts, at: AtLedger): void => {
  const { rebuild, rotateKeys, importFiles, replaceKey } = parts;
  const schema = { hide: true };
  const noQuery = z.strictObject({});
  if (rebuild !== undefined)
    app.post(
      '/v1/read-tables/_rebuild',
      { schema, ...giving('read-tables', 'manage') },
      async (request) => {
        readQuery(request.url, noQuery);
        at(request);
        return rebuild();
      },
    );
  if (rotateKeys !== undefined)
    app.post('/v1/keys/_rotate', { schema, ...giving('keys', 'manage') }, async (request) => {
      readQuery(request.url, noQuery);
      at(request);
      const keys = rotateKeys();
      if (keys !== undefined) return { keys };
      throw new HttpProblem('nothing-to-do', 'De bron geeft nog dezelfde sleutel.');
    });
  if (replaceKey !== undefined)
    app.post(
      '/v1/signing-keys/_replace',
      { schema, ...giving('keys', 'manage') },
      async (request) => {
        readQuery(request.url, noQuery);
        at(request);
        return replaceKey();
      },
    );
  if (importFiles !== undefined)
    app.post(
      '/v1/imports',
      { schema, ...giving('imports', 'manage'), bodyLimit: importLimit },
      async (request) => {
        readQuery(request.url, noQuery);
        at(request);
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
