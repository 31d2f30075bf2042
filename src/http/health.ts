/** Whether the service runs, and whether its answers hold. */
import type { FastifyInstance } from 'fastify';
import { giving } from './auth/access.ts';
import type { AppParts } from './parts.ts';
import { HttpProblem } from './problems.ts';

export const registerHealth = (app: FastifyInstance, { ledger, logState }: AppParts): void => {
  const schema = { hide: true };
  app.get('/health/live', { schema, ...giving('service') }, async () => ({ status: 'live' }));
  app.get('/health/ready', { schema, ...giving('service') }, async () => {
    const open = ledger();
    if (open === undefined)
      throw new HttpProblem('unavailable', 'Het grootboek is nog niet bijgewerkt.');
    // Waits for the read tables, and fails when they have stopped.
    const { knownAt } = await open.moment({});
    const log = logState?.();
    return { status: 'ready', sequence: knownAt, ...(log === undefined ? {} : { log }) };
  });
};
