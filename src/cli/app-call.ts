/** Asks a ledger that is opened in this process, through its own API. */
import type { FastifyInstance } from 'fastify';
import { downloaded } from './failure.ts';
import type { Call, CliPorts } from './ports.ts';

export const callIn =
  (app: FastifyInstance): Call =>
  async (method, url, body, headers = {}) => {
    const reply = await app.inject({
      method,
      url,
      // The machine itself asks.
      remoteAddress: 'local',
      headers: {
        ...headers,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { payload: JSON.stringify(body) }),
    });
    return {
      status: reply.statusCode,
      headers: reply.headers as Record<string, string | undefined>,
      body: reply.body === '' ? undefined : reply.json(),
    };
  };

export const downloadIn =
  (app: FastifyInstance): CliPorts['download'] =>
  async (url) => {
    const reply = await app.inject({ url, payloadAsStream: true });
    return downloaded(reply.statusCode, reply.stream());
  };
