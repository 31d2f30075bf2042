/**
 * The HTTP face. Every route reads and answers through the ledger; whatever is sent in, the
 * answer is what was asked for or a problem.
 */
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { checkAccess, refusal } from './auth/access.ts';
import { identify } from './auth/callers.ts';
import { registerSecurityTxt } from './auth/security-txt.ts';
import { sessionsOn } from './auth/sessions.ts';
import { registerSignIn } from './auth/sign-in.ts';
import { registerTokens } from './auth/tokens.ts';
import { readJson } from './body.ts';
import { registerChanges } from './changes.ts';
import { answerOnSocket } from './client-errors.ts';
import { registerDocs } from './docs.ts';
import { speakDutch } from './dutch.ts';
import { registerEventStream } from './event-stream.ts';
import { registerEvents } from './events.ts';
import { registerExport } from './export.ts';
import { commonHeaders, setCommonHeaders } from './headers.ts';
import { registerHealth } from './health.ts';
import { registerLocal } from './local.ts';
import { registerMetrics } from './metrics.ts';
import { notFound, refuseTrailingSlash, watchRoutes } from './methods.ts';
import { registerDocument } from './openapi.ts';
import { type AppParts, atLedger } from './parts.ts';
import { ProblemError } from '../ledger/errors.ts';
import { HttpProblem, internalProblem, invalidInput, problemOf } from './problems.ts';
import { asksForPage, sendProblemPage } from './problem-page.ts';
import { registerPeople } from './people.ts';
import { registerPreviews } from './previews.ts';
import { registerPostings } from './postings.ts';
import { registerProofs } from './proofs.ts';
import { registerQuestions } from './questions.ts';
import { registerReads } from './reads.ts';
import { refuseWhenStopping } from './stopping.ts';
import { registerWebhooks } from './webhooks.ts';
import { registerWrites } from './writes.ts';

export type { AppParts } from './parts.ts';
export { localAddress, markLocal } from './local.ts';

/** Largest body, in bytes; a command is at most 512 KiB once recorded. */
const bodyLimit = 600_000;
/** Milliseconds within which a whole request must have come in. */
const requestTimeout = 30_000;

export const buildApp = async (parts: AppParts): Promise<FastifyInstance> => {
  speakDutch();
  const headers = commonHeaders(parts.version);
  const answerError = problemSender(parts);
  const app = Fastify({
    bodyLimit,
    requestTimeout,
    forceCloseConnections: 'idle',
    // Ours says it as a problem.
    return503OnClosing: false,
    // The one proxy that was said to be in front tells the address; nobody else is believed.
    trustProxy: parts.entrance?.proxied === true && ((_address: string, hop: number) => hop < 1),
    clientErrorHandler: answerOnSocket(headers),
    frameworkErrors: (error, request, reply) => {
      reply.headers(headers);
      void answerError(error, request, reply);
    },
    // Queries are read by the routes themselves, strictly.
    routerOptions: { querystringParser: () => ({}), maxParamLength: 500 },
  });
  app.setErrorHandler(answerError);
  app.addHook('onRequest', setCommonHeaders(headers));
  app.addHook('onRequest', refuseTrailingSlash);
  refuseWhenStopping(app);
  const { entrance } = parts;
  const sessions = entrance && sessionsOn(entrance.clock);
  const passesOn = parts.writerUrl !== undefined;
  const whoNow = identify(app, entrance, sessions, passesOn);
  checkAccess(app, passesOn);
  readOnlyJson(app);
  app.setValidatorCompiler<z.ZodType>(({ schema, httpPart }) => validate(schema, httpPart));
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
  const known = watchRoutes(app);
  await registerDocument(app, parts.version);
  registerMetrics(app, parts);

  const at = atLedger(parts);
  registerReads(app, at);
  registerQuestions(app, at);
  registerChanges(app, at);
  registerPostings(app, at);
  registerEvents(app, at);
  registerEventStream(app, parts, at, whoNow);
  registerProofs(app, at);
  registerExport(app, parts, at);
  registerWrites(app, parts, at);
  registerPreviews(app, at);
  registerPeople(app, at);
  registerWebhooks(app, parts, at);
  registerLocal(app, parts, at);
  if (entrance !== undefined && sessions !== undefined) {
    registerTokens(app, entrance);
    registerSignIn(app, entrance, sessions);
    registerSecurityTxt(app, entrance);
  }
  registerHealth(app, parts);
  registerDocs(app);
  await parts.beside?.(app);
  app.setNotFoundHandler(notFound(known));
  await app.ready();
  return app;
};

/** Paths are checked here; queries and bodies where they are read. */
const validate = (schema: z.ZodType, part: string | undefined) => (data: unknown) => {
  if (part !== 'params') return { value: data };
  const read = schema.safeParse(data);
  if (read.success) return { value: read.data };
  return {
    error: invalidInput(
      read.error.issues.map((i) => ({ pointer: i.path.join('.'), detail: i.message })),
    ),
  };
};

const readOnlyJson = (app: FastifyInstance): void => {
  app.addHook('onRequest', async ({ headers }) => {
    const encoding = headers['content-encoding'] ?? 'identity';
    if (encoding.toLowerCase() === 'identity') return;
    throw new HttpProblem('unsupported-media-type', 'Stuur de inhoud zonder Content-Encoding.');
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i,
    { parseAs: 'buffer' },
    (_request, body, done) => {
      try {
        done(null, readJson(body as Buffer));
      } catch (error) {
        done(error as Error);
      }
    },
  );
};

const isForbidden = (error: unknown): error is ProblemError =>
  error instanceof ProblemError && error.problem.code === 'forbidden';

const problemSender =
  ({ report }: AppParts) =>
  (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
    const found = problemOf(isForbidden(error) ? refusal(request.caller, error.message) : error);
    if (found === undefined) report?.(error);
    const { status, headers, body } = found ?? internalProblem();
    // Set on the way to an answer that is not given.
    for (const name of ['etag', 'location', 'idempotency-replayed']) reply.removeHeader(name);
    if (asksForPage(request)) return sendProblemPage(request, reply.headers(headers), body);
    return reply
      .code(status)
      .headers(headers)
      .type('application/problem+json; charset=utf-8')
      .serializer((data: unknown) => JSON.stringify(data))
      .send(body);
  };
