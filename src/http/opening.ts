/** Who wants to see what is sealed, and for what: read from a request, by right. */
import type { FastifyRequest } from 'fastify';
import type { Actor } from '../../events/entry.ts';
import { type Access, actorAs, may, reachOf, roleFor } from '../ledger/access/index.ts';
import type { Opening } from '../ledger/opening.ts';
import type { Trace } from '../ledger/ports.ts';
import type { Purpose } from '../ledger/purposes.ts';
import { refusal } from './auth/access.ts';
import { isFromElsewhere } from './auth/forms.ts';
import { HttpProblem, invalidInput } from './problems.ts';

interface Asked {
  readonly opened?: string | undefined;
  readonly purpose?: string | undefined;
}

/** Who looks, as the log of looking keeps it. */
const readerOf = ({ caller }: FastifyRequest): Actor => {
  const { role = 'public' } = roleFor(caller.access, 'personal-fields', 'read') ?? {};
  return actorAs(caller, role);
};

/**
 * Undefined: nothing is to be opened.
 * @param access of who asks, with the municipalities that merged into its own
 * @throws ProblemError `invalid`, HttpProblem `forbidden`
 */
export const openingIn = (
  request: FastifyRequest,
  access: Access,
  asked: Asked,
): Opening | undefined => {
  const { opened, purpose } = asked;
  if (opened === undefined && purpose === undefined) return undefined;
  if (opened === undefined) throw wrong('purpose', 'hoort bij opened=true');
  if (reachOf(access, 'personal-fields', 'read') === undefined)
    throw refusal(request.caller, 'U mag niet openen wat verzegeld is.');
  checkSite(request);
  if (purpose === undefined) throw wrong('purpose', 'ontbreekt; noem het doel bij opened=true');
  return {
    purpose: purpose as Purpose,
    reader: readerOf(request),
    trace: traceIn(request),
    may: (municipality) => may(access, 'personal-fields', 'read', municipality),
  };
};

/**
 * Who is signed in would be noted as having looked, also where another site sent the browser here.
 * @throws HttpProblem `forbidden`
 */
const checkSite = (request: FastifyRequest): void => {
  if (request.session !== undefined && isFromElsewhere(request))
    throw new HttpProblem('forbidden', 'Dit verzoek komt van een andere site.');
};

const wrong = (pointer: string, detail: string) => invalidInput([{ pointer, detail }]);

/** W3C trace context: version, trace, span, flags. Whatever does not fit is left aside. */
const traceparent = /^[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-[0-9a-f]{2}$/;

const traceIn = ({ headers }: FastifyRequest): Trace | undefined => {
  const given = headers['traceparent'];
  const [, traceId, parentSpanId] = traceparent.exec(typeof given === 'string' ? given : '') ?? [];
  return traceId === undefined || parentSpanId === undefined
    ? undefined
    : { traceId, parentSpanId };
};
