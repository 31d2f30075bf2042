/** Once the service stops it takes nothing more; what still comes is told so as all else is. */
import type { FastifyInstance } from 'fastify';
import { HttpProblem } from './problems.ts';

export const refuseWhenStopping = (app: FastifyInstance): void => {
  let isStopping = false;
  app.addHook('preClose', async () => {
    isStopping = true;
  });
  app.addHook('onRequest', async () => {
    if (isStopping) throw new HttpProblem('unavailable', 'Het grootboek stopt.');
  });
};
