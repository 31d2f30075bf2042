/** Listening, and stopping in good order. */
import type { Server } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { StartError } from './settings.ts';

/** Milliseconds that answers under way get to be finished. */
const grace = 8_000;

/**
 * @returns the address, as a browser takes it
 * @throws StartError when the port is in use or the address is not of this machine
 */
export const listen = async (app: FastifyInstance, host: string, port: number): Promise<string> => {
  try {
    return await app.listen({ host, port });
  } catch (error) {
    throw new StartError(reasonOf(error, host, port), { cause: error });
  }
};

const reasonOf = (error: unknown, host: string, port: number): string => {
  const { code } = error as { readonly code?: string };
  if (code === 'EADDRINUSE') return `Poort ${port} op ${host} is al in gebruik.`;
  if (code === 'EACCES') return `Poort ${port} op ${host} mag hier niet worden gebruikt.`;
  return `Op ${host}, poort ${port}, kan niet worden geluisterd (${code ?? 'onbekend'}).`;
};

/** Takes no more, finishes what was taken, and cuts off what does not end. */
export const stopServing = async (app: FastifyInstance, server?: Server): Promise<void> => {
  const cut = setTimeout(() => {
    app.server.closeAllConnections();
    server?.closeAllConnections();
  }, grace);
  const closed = new Promise<void>((resolve) => {
    if (server === undefined) {
      resolve();
      return;
    }
    server.close(() => resolve());
    server.closeIdleConnections();
  });
  await Promise.all([app.close(), closed]);
  clearTimeout(cut);
};

/** Aborts at SIGTERM or SIGINT; a second one ends the process as it would anyhow. */
export const stopSignal = (): AbortSignal => {
  const stop = new AbortController();
  const names = ['SIGTERM', 'SIGINT'] as const;
  const onSignal = (): void => {
    for (const name of names) process.removeListener(name, onSignal);
    stop.abort();
  };
  for (const name of names) process.on(name, onSignal);
  return stop.signal;
};

export const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
