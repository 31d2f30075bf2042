/** Every route says what it gives, and is answered to who may. A route that does not say cannot be. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import {
  type Action,
  type Caller,
  isHidden,
  reachOf,
  type Resource,
} from '../../ledger/access/index.ts';
import { HttpProblem } from '../problems.ts';

export interface RouteAccess {
  readonly resource: Resource;
  readonly action: Action;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    readonly access?: RouteAccess;
  }
  interface FastifyRequest {
    /** Who asks; set before anything else is looked at. */
    caller: Caller;
  }
}

/** What a route gives, as one of its options. */
export const giving = (resource: Resource, action: Action = 'read') => ({
  config: { access: { resource, action } },
});

const isPublic = ({ access }: Caller): boolean => access.roles.includes('public');

/** A refusal as who asks is told it: without signing in, that this may help. */
export const refusal = (caller: Caller, detail: string): HttpProblem =>
  isPublic(caller)
    ? new HttpProblem('unauthenticated', `${detail} Meld u aan.`, { 'www-authenticate': realm })
    : new HttpProblem('forbidden', detail);

export const realm = 'Bearer realm="partnership-ledger"';

/** From now on every route is checked. @throws Error for a route that says nothing */
export const checkAccess = (app: FastifyInstance, passesOn = false): void => {
  app.addHook('onRoute', ({ method, url, config }) => {
    if (config?.access === undefined) throw new Error(`${String(method)} ${url} gives what?`);
  });
  app.addHook('onRequest', async (request) => {
    const { access } = request.routeOptions.config;
    // What is passed on to the writer is judged there.
    if (passesOn && isPassedOn(request, access)) return;
    if (access !== undefined && !mayUse(request, access)) throw refused(request, access);
  });
};

const isPassedOn = ({ method }: FastifyRequest, access: RouteAccess | undefined): boolean =>
  access?.action === 'record' || (access?.resource === 'webhooks' && method === 'POST');

const mayUse = ({ caller }: FastifyRequest, { resource, action }: RouteAccess): boolean =>
  reachOf(caller.access, resource, action) !== undefined;

const refused = ({ caller }: FastifyRequest, { resource }: RouteAccess): HttpProblem =>
  isHidden(resource)
    ? new HttpProblem('not-found', 'Dit adres bestaat niet.')
    : refusal(caller, 'Dit mag u niet.');

/** Whether who asks may know that this is there. */
export const mayKnow = (request: FastifyRequest, access: RouteAccess | undefined): boolean =>
  access === undefined || !isHidden(access.resource) || mayUse(request, access);
