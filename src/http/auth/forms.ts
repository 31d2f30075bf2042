/** Forms of our own pages: read strictly, and only from our own pages. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { HttpProblem, invalidInput } from '../problems.ts';
import { flawsIn, parseQuery } from '../query.ts';
import { sameText } from './sessions.ts';

const bodyLimit = 8_192;

/** Routes that are registered on this app take forms. */
export const takeForms = (app: FastifyInstance): void => {
  app.addContentTypeParser(
    /^application\/x-www-form-urlencoded\s*(;\s*charset="?utf-8"?\s*)?$/i,
    { parseAs: 'string', bodyLimit },
    (_request, body, done) => done(null, body),
  );
};

/** The fields of a form. @throws ProblemError `invalid`, HttpProblem `forbidden` */
export const formIn = <Shape extends z.ZodRawShape>(
  request: FastifyRequest,
  shape: Shape,
): z.infer<z.ZodObject<Shape>> => {
  checkOrigin(request);
  const fields = typeof request.body === 'string' ? parseQuery(request.body) : new Map();
  const read = z.strictObject(shape).safeParse(Object.fromEntries(fields));
  if (!read.success) throw invalidInput(flawsIn(read.error));
  return read.data;
};

/** The token of the session that the form was made for. */
export const csrfField = { csrf: z.string().max(100) };

/** @throws HttpProblem `forbidden` */
export const checkCsrf = (
  { session }: FastifyRequest,
  { csrf }: { readonly csrf: string },
): void => {
  if (session !== undefined && sameText(csrf, session.csrf)) return;
  throw new HttpProblem('forbidden', 'Dit formulier hoort niet bij uw aanmelding.');
};

/** Whether a browser says that another site sent it here; who is no browser says nothing. */
export const isFromElsewhere = ({ headers }: Pick<FastifyRequest, 'headers'>): boolean => {
  const site = headers['sec-fetch-site'];
  return !(site === undefined || site === 'same-origin' || site === 'none');
};

/**
 * What browsers tell of where a form was sent from. Our pages tell nobody where one comes from
 * (`referrer-policy: no-referrer`), so the origin of our own forms reads `null`; that alone proves
 * nothing, but a browser that also says `same-origin` is not told to by a page elsewhere.
 */
const checkOrigin = (request: FastifyRequest): void => {
  const { headers } = request;
  const origin = headers.origin;
  const isOurs =
    origin === 'null'
      ? headers['sec-fetch-site'] === 'same-origin'
      : !isFromElsewhere(request) &&
        (origin === undefined || URL.parse(origin)?.host === headers.host);
  if (!isOurs) throw new HttpProblem('forbidden', 'Dit formulier komt van een andere site.');
};
