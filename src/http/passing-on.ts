/** A reader takes a command to the process that writes, and gives its answer as its own. */
import { setTimeout as wait } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { LedgerFor } from '../ledger/ledger.ts';
import { HttpProblem } from './problems.ts';

/** Milliseconds that the writer gets. */
const patience = 30_000;
/** Milliseconds that the mirror is waited for. */
const mostBehind = 2_000;
/** Set on the way, so that two readers that take each other for the writer do not go on for ever. */
const mark = 'ledger-passed-on';

const taken = ['authorization', 'content-type', 'idempotency-key', 'if-match'] as const;
const given = ['etag', 'location', 'idempotency-replayed', 'retry-after'] as const;

const Written = z.object({ events: z.array(z.object({ sequence: z.int() })).min(1) });

/** @throws HttpProblem `unavailable` */
export const passOn = async (
  writerUrl: string,
  ledger: LedgerFor,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> => {
  if (request.headers[mark] !== undefined)
    throw new HttpProblem(
      'unavailable',
      'Dit proces leest alleen; het adres van de schrijver klopt niet.',
    );
  const answer = await send(writerUrl, request);
  const body: unknown = await answer.json().catch(() => {
    throw new HttpProblem('unavailable', 'De schrijver gaf een onleesbaar antwoord.');
  });
  // Who has written reads his own writing here: the mirror has it a moment later.
  const written = answer.status === 201 ? Written.safeParse(body) : undefined;
  if (written?.success === true) await seenHere(ledger, written.data.events.at(-1)!.sequence);
  reply.code(answer.status);
  for (const name of given) {
    const value = answer.headers.get(name);
    if (value !== null) reply.header(name, value);
  }
  const type = answer.headers.get('content-type');
  if (type !== null) reply.type(type);
  return body;
};

/** Not for long, and not at all costs: it is written. */
const seenHere = async (ledger: LedgerFor, sequence: number): Promise<void> => {
  const late = new AbortController();
  await Promise.race([
    ledger.reached(sequence).catch(() => undefined),
    wait(mostBehind, undefined, { signal: late.signal }).catch(() => undefined),
  ]);
  late.abort();
};

const send = async (writerUrl: string, { url, headers, body }: FastifyRequest) => {
  const sent: Record<string, string> = { [mark]: '1' };
  for (const name of taken) {
    const value = headers[name];
    if (typeof value === 'string') sent[name] = value;
  }
  try {
    return await fetch(writerUrl + url, {
      method: 'POST',
      headers: sent,
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(patience),
    });
  } catch {
    throw new HttpProblem('unavailable', 'De schrijver van dit grootboek is nu niet bereikbaar.');
  }
};
