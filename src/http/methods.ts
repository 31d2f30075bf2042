/** Which methods a path knows: for 405, for OPTIONS, and for the list in the documentation. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { mayKnow, type RouteAccess } from './auth/access.ts';
import { HttpProblem } from './problems.ts';

interface Known {
  readonly pattern: RegExp;
  readonly access: RouteAccess | undefined;
  readonly methods: Set<string>;
}
type KnownRoutes = ReadonlyMap<string, Known>;

/** Keeps every route that is registered from now on. */
export const watchRoutes = (app: FastifyInstance): KnownRoutes => {
  const known = new Map<string, Known>();
  app.addHook('onRoute', ({ url, method, config }) => {
    const pattern = new RegExp(
      `^${url
        .replace(/[.]/g, '\\.')
        .replace(/:[^/]+/g, '[^/]+')
        .replace(/(?<=.)\/\*$/, '/.*')}$`,
    );
    const route = known.get(url) ?? { pattern, access: config?.access, methods: new Set() };
    for (const one of [method].flat()) route.methods.add(one);
    known.set(url, route);
  });
  return known;
};

const methodsAt = (known: KnownRoutes, path: string, request: FastifyRequest) => {
  const found = [...known.values()].filter(
    ({ pattern, access }) => pattern.test(path) && mayKnow(request, access),
  );
  return [...new Set(found.flatMap(({ methods }) => [...methods]))];
};

/** @throws HttpProblem `not-found` or `method-not-allowed` */
export const notFound =
  (known: KnownRoutes) => async (request: FastifyRequest, reply: FastifyReply) => {
    const path = request.url.split('?', 1)[0] ?? '';
    const methods = methodsAt(known, path, request);
    if (methods.length === 0) throw new HttpProblem('not-found', 'Dit adres bestaat niet.');
    const allow = [...methods, 'OPTIONS'].join(', ');
    if (request.method === 'OPTIONS') return reply.code(204).header('allow', allow).send();
    throw new HttpProblem('method-not-allowed', `Hier kan alleen ${allow}.`, { allow });
  };

/** In the API a path with a slash at its end is another path, and there is nothing there. */
export const refuseTrailingSlash = async (request: FastifyRequest): Promise<void> => {
  const path = request.url.split('?', 1)[0] ?? '';
  if (path.startsWith('/v1/') && path.endsWith('/'))
    throw new HttpProblem(
      'not-found',
      'Dit adres bestaat niet. Laat de laatste schuine streep weg.',
    );
};
