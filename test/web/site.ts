/** The pages as they are served, over a ledger in memory. */
import type { AddressInfo } from 'node:net';
import type { FastifyInstance, LightMyRequestResponse } from 'fastify';
import { buildApp } from '../../src/http/app.ts';
import type { Caller } from '../../src/ledger/access/index.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { registerPages } from '../../src/web/routes.ts';

export interface Site {
  readonly app: FastifyInstance;
  /** Such as `http://127.0.0.1:41873`. */
  readonly address: string;
  /** Errors that should not have happened. */
  readonly reported: unknown[];
  /** What a browser that asks for this path is sent. */
  readonly get: (path: string) => Promise<LightMyRequestResponse>;
  readonly close: () => Promise<void>;
}

const reader: Caller = { id: 'reader', access: { roles: ['auditor'], municipalities: [] } };

interface Visitor {
  readonly caller?: Caller;
  /** Token of the session; absent: nobody is signed in, so nothing can be recorded. */
  readonly csrf?: string;
}

/**
 * @param ledger as the pages ask for it, each time again
 * @param visitor who looks
 */
export const siteOver = async (
  ledger: () => Ledger | undefined,
  { caller = reader, csrf }: Visitor = {},
): Promise<Site> => {
  const reported: unknown[] = [];
  const parts = { ledger, report: (error: unknown) => void reported.push(error) };
  const app = await buildApp({
    ...parts,
    version: '1.2.3',
    beside: async (server) => {
      // Who is signed in where is told elsewhere: here it is somebody who sees all that pages show.
      server.addHook('onRequest', async (request) => {
        request.caller = caller;
        if (csrf !== undefined) request.session = { caller, csrf };
      });
      await registerPages(server, parts);
    },
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    app,
    address: `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`,
    reported,
    get: (path) =>
      app.inject({ url: path, headers: { accept: 'text/html', 'accept-encoding': 'gzip' } }),
    close: () => app.close(),
  };
};
