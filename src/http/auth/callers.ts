/** Who asks: from the machine itself, with a token, signed in, or nobody in particular. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Caller, localCaller, publicCaller } from '../../ledger/access/index.ts';
import { isLocal } from '../local.ts';
import { HttpProblem } from '../problems.ts';
import { realm } from './access.ts';
import { cookieIn } from './cookies.ts';
import { type Entrance, isSecure } from './entrance.ts';
import { askerOf, type Limiter, limiterOn } from './limits.ts';
import { type Session, type Sessions, sameText } from './sessions.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Of who is signed in by cookie. */
    session: Session | undefined;
  }
}

/** What a token that does not count costs, in requests: guessing is slow. */
const wrongToken = 20;

/** Who a request comes from, looked at again: undefined when its token or session has ended. */
export type WhoNow = (request: FastifyRequest) => Promise<Caller | undefined>;

/** Sets who asks, before anything else is looked at. */
export const identify = (
  app: FastifyInstance,
  entrance: Entrance | undefined,
  sessions: Sessions | undefined,
  /** Of a process that passes writes on: who may write, the writer tells. */
  passesOn: boolean,
): WhoNow => {
  // Nobody, until it is known who.
  app.decorateRequest('caller', null as unknown as Caller);
  app.decorateRequest('session', undefined);
  const limiter = entrance && limiterOn(entrance.clock);
  app.addHook('onRequest', async (request, reply) => {
    request.caller = publicCaller;
    reply.header('vary', 'Authorization, Cookie');
    const found = await callerOf(request, entrance, sessions).catch((error: unknown) => {
      // Asking an identity provider that does not answer is no way around.
      take(request, entrance, limiter);
      throw error;
    });
    request.session = found?.session;
    if (found === undefined && passesOn && request.method === 'POST') return;
    if (found === undefined) {
      take(request, entrance, limiter, wrongToken);
      throw new HttpProblem('unauthenticated', 'Dit token is niet geldig, of niet meer.', {
        'www-authenticate': `${realm}, error="invalid_token"`,
      });
    }
    request.caller = found.caller;
    take(request, entrance, limiter);
    checkOwnPage(request);
  });
  return async (request) => (await callerOf(request, entrance, sessions, false))?.caller;
};

interface Asking {
  readonly caller: Caller;
  readonly session?: Session;
}

/**
 * Undefined: with a token that is nobody's.
 * @param isUse whether a session stays alive by this
 */
const callerOf = async (
  request: FastifyRequest,
  entrance: Entrance | undefined,
  sessions: Sessions | undefined,
  isUse = true,
): Promise<Asking | undefined> => {
  const { authorization } = request.headers;
  if (authorization !== undefined) {
    const [, token] = /^Bearer ([\x21-\x7e]{1,8000})$/i.exec(authorization) ?? [];
    const caller = token === undefined ? undefined : await entrance?.bearer(token);
    return caller && { caller };
  }
  if (isLocal(request)) return { caller: localCaller };
  const cookie = entrance && cookieIn(request, 'session', isSecure(entrance));
  const session =
    cookie === undefined ? undefined : sessions?.find(cookie, agentOf(request), isUse);
  return session === undefined ? { caller: publicCaller } : { caller: session.caller, session };
};

/** The browser that a session is bound to. */
export const agentOf = ({ headers }: FastifyRequest): string => headers['user-agent'] ?? '';

/** @throws HttpProblem `too-many-requests` */
const take = (
  request: FastifyRequest,
  entrance: Entrance | undefined,
  limiter: Limiter | undefined,
  cost = 1,
): void => {
  const { caller } = request;
  const perMinute = entrance?.perMinute ?? 0;
  if (perMinute === 0 || isUnlimited(caller)) return;
  const most = perMinute * (caller === publicCaller ? 1 : 10);
  const wait = limiter?.take(askerOf(request), most, cost);
  if (wait === undefined || wait === 0) return;
  throw new HttpProblem('too-many-requests', `Te veel verzoeken. Wacht ${wait} s.`, {
    'retry-after': String(wait),
  });
};

const unlimited: ReadonlySet<string> = new Set(['local', 'auditor']);

/** Whether it is not held to how much one may ask. */
export const isUnlimited = ({ access }: Caller): boolean =>
  access.roles.some((role) => unlimited.has(role));

const formMedia = /^application\/x-www-form-urlencoded\b/i;

/**
 * A browser sends its cookie whoever made it ask, so a request that does something must show that
 * it comes from our own pages: in this header, or in a field of the form.
 * @throws HttpProblem `forbidden`
 */
const checkOwnPage = ({ method, headers, session }: FastifyRequest): void => {
  if (session === undefined || ['GET', 'HEAD', 'OPTIONS'].includes(method)) return;
  if (formMedia.test(headers['content-type'] ?? '')) return;
  const given = headers['x-csrf-token'];
  if (typeof given === 'string' && sameText(given, session.csrf)) return;
  throw new HttpProblem('forbidden', 'Stuur in X-CSRF-Token het teken van uw aanmelding mee.');
};
