/** A problem as a page: for who came with a browser to what is no part of the API. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { pagePolicy, refusedPage } from './auth/pages.ts';
import type { HttpCode } from './problems.ts';

interface Told {
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  readonly code: HttpCode;
}

/** What programs ask for: they are told a problem as one, whoever asks. */
const forPrograms = /^\/(v1|health|metrics|\.well-known|web)(\/|$)/;
const signingIn = /^\/(aanmelden|afmelden)(\/|$)/;

const pathOf = (request: FastifyRequest): string => request.url.split('?', 1)[0] ?? '';

export const asksForPage = (request: FastifyRequest): boolean =>
  request.headers.accept?.includes('text/html') === true && !forPrograms.test(pathOf(request));

/** Of a form or a link to sign in with, what is wrong is never the names of its fields. */
const whyOf = ({ code, detail }: Told, isSigningIn: boolean): string =>
  isSigningIn && code === 'invalid'
    ? 'Deze link of dit formulier is niet volledig. Neem de link helemaal over, of vraag de beheerder een nieuwe.'
    : detail;

export const sendProblemPage = (
  request: FastifyRequest,
  reply: FastifyReply,
  problem: Told,
): FastifyReply => {
  const path = pathOf(request);
  const isSigningIn = signingIn.test(path);
  const page = refusedPage(
    !isSigningIn ? problem.title : path === '/afmelden' ? 'Afmelden lukt niet' : undefined,
    whyOf(problem, isSigningIn),
    isSigningIn ? ['/aanmelden', 'Naar aanmelden en afmelden'] : undefined,
  );
  return reply
    .code(problem.status)
    .header('content-security-policy', pagePolicy([]))
    .type('text/html; charset=utf-8')
    .serializer(String)
    .send(page);
};
