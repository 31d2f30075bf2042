/** Who asks, and what he or she may. The one place that says so, until callers have rights of their own. */
import type { FastifyRequest } from 'fastify';
import type { Actor } from '../../events/entry.ts';
import {
  type Access,
  localAccess,
  may,
  publicAccess,
  reachOf,
  type Resource,
} from '../ledger/access/index.ts';
import { isLocal } from './local.ts';
import { HttpProblem } from './problems.ts';

/** Who acts. */
export const actorOf = (_request: FastifyRequest): Actor => ({ id: 'local', office: 'registrar' });

/** What somebody is allowed to be. */
export const accessOf = (request: FastifyRequest): Access =>
  isLocal(request) ? localAccess : publicAccess;

/** Keeps from a route whoever may not use it at all. */
export const only =
  (resource: Resource, action: 'read' | 'record') =>
  async (request: FastifyRequest): Promise<void> => {
    if (reachOf(accessOf(request), resource, action) === undefined)
      throw new HttpProblem('not-found', 'Dit adres bestaat niet.');
  };

/** @throws HttpProblem for who may see only their own, and not this */
export const checkOwn = (
  request: FastifyRequest,
  resource: Resource,
  municipalities: readonly string[],
): void => {
  if (!may(accessOf(request), resource, 'read', ...municipalities))
    throw new HttpProblem('not-found', 'Dit bestaat niet.');
};
