/** The pages as routes: rendered on the server from the same use cases as the API. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import compress from '@fastify/compress';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { LogClosedError, LogUnavailableError } from '../ledger/event-log.ts';
import { ProblemError } from '../ledger/errors.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { LookLogError } from '../ledger/ports.ts';
import { ask, type Asked } from './asked.ts';
import { href, Href, html, type Html } from './html.ts';
import { fromForm, linkAt, momentOf, timesIn } from './moment.ts';
import { type Content, framed, plain, scriptAddress, styleAddress } from './page.ts';
import { pages } from './pages/index.ts';
import { link, paragraph } from './parts.ts';
import { fontFile, stylesheet } from './stylesheet.ts';
import { word } from './words.ts';

/** One page: where it is, and what it shows. */
export interface Page {
  readonly path: string;
  readonly show: (asked: Asked) => Promise<Content>;
  /** What was sent by its form; an address to go to, or the page again with what is wrong. */
  readonly send?: (
    asked: Asked,
    posted: (name: string) => string | undefined,
  ) => Promise<Content | Href>;
}

interface WebParts {
  /** Undefined until it has caught up. */
  readonly ledger: () => Ledger | undefined;
  readonly report?: (error: unknown) => void;
}

/** Nothing comes from elsewhere, and nothing in a page may run. */
const policy =
  "default-src 'none'; style-src 'self'; script-src 'self'; font-src 'self'; img-src 'self'; " +
  "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/** Pages are for everyone; what they show is what the ledger tells who asks. */
const given = {
  schema: { hide: true },
  config: { access: { resource: 'service', action: 'read' } },
} as const;

/** Longest address that is read, in characters. */
const longest = 2_000;

export const registerPages = async (app: FastifyInstance, parts: WebParts): Promise<void> => {
  await app.register(async (scope) => {
    await scope.register(compress, { threshold: 1024 });
    scope.addHook('onRequest', async (_request, reply) => {
      reply.header('content-security-policy', policy);
    });
    scope.addHook('onRequest', leaveSlash);
    scope.setErrorHandler((error, request, reply) => answerError(parts, error, request, reply));
    registerFiles(scope);
    takeForms(scope);
    for (const page of pages) registerPage(scope, page, parts);
    registerRest(scope);
  });
};

/** Paths of others: what is not found there is theirs to tell. */
const notPages = /^\/(v1|health|metrics|\.well-known|web)(\/|$)/;

const byPerson = ({ headers }: FastifyRequest): boolean =>
  headers.accept?.includes('text/html') === true;

/** A slash too many at the end: the same without it, which is never an address elsewhere. */
const leaveSlash = async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
  const [, path, query = ''] = /^(\/[^/\\?][^?]*?)\/+(\?.*)?$/.exec(request.url) ?? [];
  if (path === undefined || notPages.test(path) || !byPerson(request)) return undefined;
  return reply.redirect(path + query, 308);
};

/** Everything else that is asked for by a person. */
const registerRest = (scope: FastifyInstance): void => {
  scope.get('/*', given, async (request, reply) => {
    const path = request.url.split('?')[0]!;
    if (notPages.test(path) || !byPerson(request)) {
      reply.callNotFound();
      return reply;
    }
    return sendHtml(reply.code(404), notFound('Deze pagina bestaat niet.'));
  });
};

/** Longest form, in bytes: a pasted table fits. */
const formLimit = 128 * 1024;

const takeForms = (scope: FastifyInstance): void => {
  scope.addContentTypeParser(
    /^application\/x-www-form-urlencoded\b/i,
    { parseAs: 'string', bodyLimit: formLimit },
    (_request, body, done) => done(null, body),
  );
};

const registerPage = (scope: FastifyInstance, page: Page, { ledger }: WebParts): void => {
  const { send } = page;
  scope.get(page.path, given, async (request, reply) => {
    const query = queryIn(request);
    if (fromForm(query)) {
      const kept = Object.entries(query).filter(([name]) => !/^(peildatum|bekend-op)/.test(name));
      const to = linkAt(timesIn(query));
      return reply.redirect(to(pathOf(request), Object.fromEntries(kept)).address, 303);
    }
    return answer(request, reply, ledger(), page.show);
  });
  if (send === undefined) return;
  scope.post(page.path, given, async (request, reply) => {
    const fields = new URLSearchParams(typeof request.body === 'string' ? request.body : '');
    const posted = (name: string): string | undefined => fields.get(name) ?? undefined;
    return answer(request, reply, ledger(), (asked) => send(asked, posted));
  });
};

const pathOf = (request: FastifyRequest): string => request.url.split('?')[0]!;

const answer = async (
  request: FastifyRequest,
  reply: FastifyReply,
  ledger: Ledger | undefined,
  show: (asked: Asked) => Promise<Content | Href>,
): Promise<FastifyReply> => {
  if (ledger === undefined) return sendHtml(reply.code(503).header('retry-after', '2'), starting());
  const query = queryIn(request);
  const times = timesIn(query);
  const link = linkAt(times);
  const params = request.params as Asked['params'];
  const asked = await ask(ledger.as(request.caller), {
    ...{ times, moment: momentOf(times), link, query, params },
    csrf: request.session?.csrf,
  });
  const content = await show(asked);
  if (content instanceof Href) return reply.redirect(content.address, 303);
  const frame = { path: pathOf(request), times, link, query, asOf: asked.asOf };
  return sendHtml(
    reply.code(content.status ?? 200),
    framed(content, {
      ...frame,
      head: ledger.head().sequence,
      isSignedIn: request.session !== undefined,
      origin: `${request.protocol}://${request.host}`,
    }),
  );
};

const sendHtml = (reply: FastifyReply, page: Html): FastifyReply =>
  reply.type('text/html; charset=utf-8').serializer(String).send(page.text);

/** The first value of each name; what is too long is left out. */
const queryIn = (request: FastifyRequest): Readonly<Record<string, string>> => {
  const text = request.url.slice(0, longest).split('?')[1] ?? '';
  const found: Record<string, string> = {};
  for (const [name, value] of new URLSearchParams(text)) found[name] ??= value;
  return found;
};

// --- files

const registerFiles = (scope: FastifyInstance): void => {
  const own = (name: string): Buffer => readFileSync(join(import.meta.dirname, 'files', name));
  const files: readonly (readonly [path: string, type: string, content: string | Buffer])[] = [
    [styleAddress, 'text/css; charset=utf-8', stylesheet()],
    [scriptAddress, 'text/javascript; charset=utf-8', own('page.js')],
    ['/web/icoon.svg', 'image/svg+xml', own('icon.svg')],
    ['/web/letter.woff2', 'font/woff2', readFileSync(fontFile)],
  ];
  for (const [path, type, content] of files) {
    const tag = `"${createHash('sha256').update(content).digest('base64url').slice(0, 22)}"`;
    scope.get(path, given, async (request, reply) => {
      reply.headers({ etag: tag, 'cache-control': 'no-cache' });
      if (request.headers['if-none-match'] === tag) return reply.code(304).send();
      return reply
        .type(type)
        .serializer((data: unknown) => data as string)
        .send(content);
    });
  }
};

// --- what goes wrong

const starting = (): Html =>
  plain(
    'Het grootboek start nog',
    paragraph('De gegevens worden ingelezen. Probeer het over enkele seconden opnieuw.'),
  );

const answerError = (
  { report }: WebParts,
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply => {
  if (error instanceof ProblemError) return answerProblem(error, request, reply);
  if (error instanceof LogUnavailableError || error instanceof LogClosedError)
    return sendHtml(reply.code(503).header('retry-after', '5'), unreachable());
  if (error instanceof LookLogError)
    return sendHtml(reply.code(503).header('retry-after', '5'), refused(refusals[503]!));
  const { statusCode = 500, headers = {} } = error as Refused;
  if (refusals[statusCode] !== undefined)
    return sendHtml(reply.code(statusCode).headers(headers), refused(refusals[statusCode]));
  report?.(error);
  return sendHtml(reply.code(500), failed());
};

/** What the ledger itself answers instead of what was asked. */
const answerProblem = (
  { problem }: ProblemError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply => {
  const { code, detail } = problem;
  switch (code) {
    case 'forbidden':
      return sendHtml(reply.code(403), notAllowed(detail, request));
    case 'not-found':
      return sendHtml(reply.code(404), notFound(detail));
    case 'read-only':
    case 'unavailable':
      return sendHtml(reply.code(503).header('retry-after', '5'), refused(detail));
    default:
      return sendHtml(reply.code(400), misunderstood(pathOf(request), detail));
  }
};

/** What is thrown before a page is asked: by the framework, or by who looks at every request. */
interface Refused {
  readonly statusCode?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

const refusals: Readonly<Record<number, string>> = {
  400: 'Wat u stuurde kan niet worden gelezen.',
  401: 'Uw aanmelding is niet geldig, of niet meer.',
  403: 'Dit mag u niet.',
  404: 'Deze pagina bestaat niet.',
  405: 'Dit kan op deze pagina niet.',
  408: 'Het duurde te lang voordat uw verzoek er was. Probeer het nog eens.',
  413: 'Wat u stuurde is te groot.',
  415: 'Wat u stuurde heeft een vorm die hier niet wordt gelezen.',
  429: 'Dit waren te veel verzoeken. Wacht even, en probeer het dan weer.',
  503: 'Het grootboek is nu niet beschikbaar. Probeer het zo weer.',
};

/** `decisions/01JZ… bestaat niet op dit moment` names it for systems. */
const asMissed = (detail: string): string =>
  detail.replace(
    /^([a-z-]+)\/.* bestaat niet op dit moment\.$/s,
    (_, question: string) => `Bij “${word('question', question)}” is dit niet bekend.`,
  );

const notFound = (detail: string): Html =>
  plain(
    'Niet gevonden',
    html`${paragraph(asMissed(detail))}
    ${paragraph('Het kan zijn dat dit op de gekozen peildatum nog niet bestond.')}
    ${paragraph(link(href('/'), 'Naar het overzicht'), ' of ', link(href('/zoeken'), 'zoek'), '.')}`,
  );

/** What a moment is called on pages: `validAt` names it for systems. */
const asFilledIn = (detail: string): string =>
  detail
    .replace(/^Ongeldige invoer: /, '')
    .replace(
      /\bvalidAt: .*JJJJ-MM-DD/,
      'Bij “Geldig op” hoort een bestaande datum, met dag, maand en jaar.',
    )
    .replace(/\bknownAt: /, 'Bij “Bekend na gebeurtenis”: ');

const misunderstood = (path: string, detail: string): Html =>
  plain(
    'Dit adres klopt niet helemaal',
    html`${paragraph(asFilledIn(detail))}
    ${paragraph(link(/^\/(?![/\\])/.test(path) ? href(path) : href('/'), 'Deze pagina zonder die vraag'), ' of ', link(href('/'), 'het overzicht'), '.')}`,
  );

/** What a question is called on its page: `U mag balances niet lezen` names it for systems. */
const inDutch = (detail: string): string =>
  detail.replace(
    /^U mag ([a-z-]+) niet lezen\.$/,
    (_, question: string) => `“${word('question', question)}” is niet voor iedereen te lezen.`,
  );

/** Without signing in, that this may help. */
const notAllowed = (detail: string, { session }: FastifyRequest): Html =>
  plain(
    session === undefined ? 'Hiervoor moet u zich aanmelden' : 'Dit mag u niet zien',
    html`${paragraph(inDutch(detail))}
    ${
      session === undefined
        ? paragraph(link(href('/aanmelden'), 'Aanmelden'))
        : paragraph(
            'Wie wat mag zien, hangt af van de rol waarmee u bent aangemeld. ',
            link(href('/'), 'Naar het overzicht'),
          )
    }`,
  );

const unreachable = (): Html =>
  plain(
    'Het grootboek is niet te bereiken',
    paragraph('De gegevens zijn er nog wel. Probeer het zo weer.'),
  );

const refused = (detail: string): Html =>
  plain(
    'Dit lukt nu niet',
    html`${paragraph(detail)} ${paragraph(link(href('/'), 'Naar het overzicht'))}`,
  );

const failed = (): Html =>
  plain(
    'Er ging iets mis',
    paragraph('Dit ligt aan het grootboek, niet aan u. Er is niets vastgelegd of verloren.'),
  );
