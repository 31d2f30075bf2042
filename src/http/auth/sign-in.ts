/** Signing in and out: by a link made on the machine itself, or at the identity provider. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { MunicipalityCode } from '../../../events/values.ts';
import {
  type Caller,
  givenRoles,
  type IdentityProvider,
  type PendingSignIn,
} from '../../ledger/access/index.ts';
import { flawsOf } from '../../ledger/record.ts';
import { HttpProblem, invalidInput } from '../problems.ts';
import { parseQuery, queryOf, readQuery } from '../query.ts';
import { giving } from './access.ts';
import { agentOf } from './callers.ts';
import { cookieIn, setCookie } from './cookies.ts';
import { type Entrance, isSecure } from './entrance.ts';
import { checkCsrf, csrfField, formIn, takeForms } from './forms.ts';
import { signInLinksOn } from './links.ts';
import { pagePolicy, refusedPage, signedInPage, signInPage } from './pages.ts';
import { hashOf, sameText, secret, type Sessions } from './sessions.ts';

/** Seconds that a session's cookie stays, and that signing in elsewhere may take. */
const sessionSeconds = 8 * 60 * 60;
const elsewhereSeconds = 10 * 60;
/** Sign-ins under way at once. */
const mostPending = 1_000;

const schema = { hide: true };
const open = { schema, ...giving('service') };
const Code = z.string().regex(/^[\w-]{43}$/, { error: 'is geen code van een link' });

/** A program holds a token; everybody else who can be given a role may follow a link. */
const Link = z
  .strictObject({
    role: z
      .enum(givenRoles)
      .exclude(['service'], {
        error: `verwacht een van: ${givenRoles.filter((role) => role !== 'service').join(', ')}; een programma krijgt een token`,
      })
      .default('administrator'),
    municipality: MunicipalityCode.optional(),
    as: z
      .string()
      .regex(/^[\w.@-]{1,80}$/, { error: 'verwacht één woord' })
      .optional(),
  })
  .refine(({ role, municipality }) => (role === 'municipality') === (municipality !== undefined), {
    error: 'hoort bij de rol municipality, en daar alleen',
    path: ['municipality'],
  })
  .refine(({ role, as }) => role === 'administrator' || as !== undefined, {
    error: 'zeg wie het is: wat iemand vastlegt, staat onder een eigen kenmerk',
    path: ['as'],
  });

/** Names nobody in particular. */
const Nobody = z.strictObject({});
/** Somebody is signed out by name: the role is not guessed. */
const Named = z.looseObject({ role: z.string() });

/** @throws ProblemError `invalid` */
const linkIn = (request: FastifyRequest): z.infer<typeof Link> => {
  const read = Link.safeParse(request.body ?? {});
  if (read.success) return read.data;
  throw invalidInput(flawsOf(read.error));
};

const show = (reply: FastifyReply, html: string, status = 200, formTo: readonly string[] = []) =>
  reply
    .code(status)
    .header('content-security-policy', pagePolicy(formTo))
    .type('text/html; charset=utf-8')
    .serializer(String)
    .send(html);

const refused = (why: string): string =>
  refusedPage(undefined, why, ['/aanmelden', 'Opnieuw proberen']);

export const registerSignIn = (
  app: FastifyInstance,
  entrance: Entrance,
  sessions: Sessions,
): void => {
  const links = signInLinksOn(entrance.clock);
  const cookie = { isSecure: isSecure(entrance), seconds: sessionSeconds };
  const origin = (): string | undefined => entrance.url ?? app.listeningOrigin;

  const signIn = (request: FastifyRequest, reply: FastifyReply, caller: Caller) => {
    signOut(request);
    setCookie(reply, 'session', sessions.begin(caller, agentOf(request)), cookie);
    return reply.redirect('/aanmelden', 303);
  };
  const signOut = (request: FastifyRequest): void => {
    const before = cookieIn(request, 'session', cookie.isSecure);
    if (before !== undefined) sessions.end(before);
  };

  const managing = { schema, ...giving('sign-in-links', 'manage') };
  app.post('/v1/sign-in-links', managing, async (request) => {
    const linked = entrance.linked(linkIn(request));
    const at = origin();
    if (at === undefined)
      throw new HttpProblem('unavailable', 'De dienst draait niet. Start haar met npm start.');
    return { link: `${at}/aanmelden?code=${links.make(linked)}` };
  });

  app.post('/v1/sign-outs', managing, async (request) => {
    const isAll = Nobody.safeParse(request.body ?? {}).success;
    if (!isAll && !Named.safeParse(request.body).success)
      throw invalidInput([{ pointer: '/role', detail: 'zeg ook welke rol' }]);
    const whose = isAll ? undefined : entrance.linked(linkIn(request)).id;
    links.withdraw(whose);
    return { ended: sessions.endAll(whose) };
  });

  void app.register(async (forms) => {
    takeForms(forms);
    forms.get('/aanmelden', open, async (request, reply) => {
      const { code } = readQuery(request.url, z.strictObject({ code: Code.optional() }));
      const { session, caller } = request;
      return session === undefined
        ? show(reply, signInPage(code, entrance.provider !== undefined))
        : show(reply, signedInPage(caller.access.roles, session.csrf));
    });
    forms.post('/aanmelden', open, async (request, reply) => {
      const { code } = formIn(request, { code: Code });
      const linked = links.use(code);
      if (linked !== undefined) return signIn(request, reply, linked);
      return show(
        reply,
        refused('Deze link is al gebruikt, of niet meer geldig. Vraag de beheerder een nieuwe.'),
        403,
      );
    });
    forms.post('/afmelden', open, async (request, reply) => {
      checkCsrf(request, formIn(request, csrfField));
      signOut(request);
      setCookie(reply, 'session', '', { ...cookie, seconds: 0 });
      return reply.redirect('/aanmelden', 303);
    });
    if (entrance.provider !== undefined)
      registerElsewhere(forms, entrance, entrance.provider, origin, signIn);
  });
};

type SignIn = (request: FastifyRequest, reply: FastifyReply, caller: Caller) => FastifyReply;

const noQuery = z.strictObject({});

/** Signing in at the identity provider, by code with PKCE. */
const registerElsewhere = (
  app: FastifyInstance,
  entrance: Entrance,
  provider: IdentityProvider,
  origin: () => string | undefined,
  signIn: SignIn,
): void => {
  const pending = new Map<string, PendingSignIn & { readonly until: number }>();
  const cookie = { isSecure: isSecure(entrance), seconds: elsewhereSeconds };
  const now = (): number => Date.parse(entrance.clock.now());
  const redirect = (): string => `${origin() ?? ''}/aanmelden/terug`;

  app.get('/aanmelden/dienst', open, async (request, reply) => {
    readQuery(request.url, noQuery);
    const begun = await provider.begin(redirect());
    const [oldest] = pending.keys();
    if (pending.size >= mostPending && oldest !== undefined) pending.delete(oldest);
    const key = secret();
    pending.set(hashOf(key), { ...begun.pending, until: now() + elsewhereSeconds * 1000 });
    setCookie(reply, 'sign-in', key, cookie);
    return reply.redirect(begun.url, 303);
  });

  app.get('/aanmelden/terug', open, async (request, reply) => {
    const key = hashOf(cookieIn(request, 'sign-in', cookie.isSecure) ?? '');
    const began = pending.get(key);
    pending.delete(key);
    setCookie(reply, 'sign-in', '', { ...cookie, seconds: 0 });
    const given = parseQuery(queryOf(request.url));
    const [code, state] = [given.get('code'), given.get('state')];
    const isTheirs =
      began !== undefined && began.until >= now() && sameText(state ?? '', began.state);
    const caller =
      isTheirs && code !== undefined ? await provider.finish(code, redirect(), began) : undefined;
    if (caller === undefined)
      return show(reply, refused('De inlogdienst heeft u niet aangemeld.'), 403);
    if (caller.access.roles.includes('public'))
      return show(
        reply,
        refused('U heeft bij de inlogdienst nog geen rol voor dit grootboek.'),
        403,
      );
    return signIn(request, reply, caller);
  });
};
