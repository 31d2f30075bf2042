/**
 * One request to a receiver. Nothing that it answers holds us up or fills memory: connecting and
 * answering have a deadline, of a body a little is read and thrown away, redirects are answers.
 */
import { lookup as dnsLookup, type LookupAddress } from 'node:dns';
import { Agent, request as httpsRequest } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { isIP, type LookupFunction } from 'node:net';
import { type Allowed, hostOf, isAllowedHost, mayConnect } from './addresses.ts';
import type { Outcome } from './course.ts';

/** Bytes of an answer that are read, so that its connection can be used again. */
const mostRead = 65_536;

/** Milliseconds for each. */
interface Deadlines {
  readonly connect: number;
  /** Until the head of the answer is in. */
  readonly answer: number;
  /** For the rest of it, which nobody waits for. */
  readonly rest: number;
}
const usual: Deadlines = { connect: 5_000, answer: 15_000, rest: 2_000 };

interface SenderParts {
  readonly allowed: Allowed;
  readonly deadlines?: Deadlines;
  /** All addresses of a name. */
  readonly resolve?: Resolve;
  /** Authorities beside those of the machine. */
  readonly ca?: string;
}

type Resolve = (
  host: string,
  done: (error: Error | null, addresses: readonly LookupAddress[]) => void,
) => void;

export interface Sending {
  readonly method: 'OPTIONS' | 'POST';
  readonly address: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Never rejects. */
export type Send = (sending: Sending, signal: AbortSignal) => Promise<Outcome>;

class NotAllowedError extends Error {
  override readonly name = 'NotAllowedError';
}
class LateError extends Error {
  override readonly name = 'LateError';
}

/** Every address that DNS gives must be allowed, and only these are connected to. */
const guardedLookup =
  (allowed: Allowed, resolve: Resolve): LookupFunction =>
  (host, options, done) => {
    resolve(host, (error, addresses) => {
      const [first] = addresses;
      if (error !== null) done(error, '');
      else if (first === undefined || !addresses.every((one) => mayConnect(one.address, allowed)))
        done(new NotAllowedError(), '');
      else if (options.all === true) done(null, [...addresses]);
      else done(null, first.address, first.family);
    });
  };

const byDns: Resolve = (host, done) =>
  dnsLookup(host, { all: true }, (error, addresses) =>
    done(error, error === null ? addresses : []),
  );

export const sender = ({ allowed, deadlines = usual, resolve = byDns, ca }: SenderParts) => {
  const options = { keepAlive: true, maxCachedSessions: 0, ...(ca === undefined ? {} : { ca }) };
  const guarded = new Agent({ ...options, lookup: guardedLookup(allowed, resolve) });
  const open = new Agent(options);
  const send: Send = (sending, signal) => {
    const url = new URL(sending.address);
    const isOpen = isAllowedHost(url, allowed);
    const host = hostOf(url);
    // A written address is not looked up.
    if (!isOpen && isIP(host) !== 0 && !mayConnect(host, allowed))
      return Promise.resolve({ failure: 'address-not-allowed' });
    return exchange(url, sending, { agent: isOpen ? open : guarded, deadlines, signal });
  };
  return {
    send,
    close: () => {
      guarded.destroy();
      open.destroy();
    },
  };
};

interface Exchange {
  readonly agent: Agent;
  readonly deadlines: Deadlines;
  readonly signal: AbortSignal;
}

const exchange = (
  url: URL,
  { method, headers, body }: Sending,
  { agent, deadlines, signal }: Exchange,
): Promise<Outcome> =>
  new Promise((resolve) => {
    const request = httpsRequest(url, { method, agent, headers, signal });
    const late = () => request.destroy(new LateError());
    const connecting = setTimeout(late, deadlines.connect);
    const answering = setTimeout(late, deadlines.answer);
    const finish = (outcome: Outcome): void => {
      clearTimeout(connecting);
      clearTimeout(answering);
      resolve(outcome);
    };
    request.on('socket', (socket) => {
      if (request.reusedSocket) clearTimeout(connecting);
      else socket.once('secureConnect', () => clearTimeout(connecting));
    });
    request.on('response', (response) => {
      discard(response, deadlines.rest);
      finish(answerIn(response));
    });
    // Who wants to speak otherwise is not spoken to.
    request.on('upgrade', (response, socket) => {
      socket.destroy();
      finish(answerIn(response));
    });
    request.on('error', (error) => finish({ failure: failureIn(error) }));
    // However it ends, it is not waited for any longer.
    request.on('close', () => finish({ failure: 'unreachable' }));
    request.end(body);
  });

const failureIn = (error: Error) => {
  if (error instanceof LateError) return 'timeout';
  return error instanceof NotAllowedError ? 'address-not-allowed' : 'unreachable';
};

/** Reads a little, and cuts off what is long or slow. */
const discard = (response: IncomingMessage, rest: number): void => {
  const cut = setTimeout(() => response.destroy(), rest);
  let read = 0;
  response.on('data', (chunk: Buffer) => {
    read += chunk.length;
    if (read > mostRead) response.destroy();
  });
  response.on('error', () => undefined);
  response.on('close', () => clearTimeout(cut));
};

const headerIn = ({ headers }: IncomingMessage, name: string): string | undefined => {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
};

const answerIn = (response: IncomingMessage): Outcome => ({
  status: response.statusCode ?? 0,
  retryAfter: millisecondsIn(response.headers['retry-after']),
  allowedOrigin: headerIn(response, 'webhook-allowed-origin'),
  allowedRate: headerIn(response, 'webhook-allowed-rate'),
});

/** Of a Retry-After: seconds, or a date. */
const millisecondsIn = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1_000;
  const isDate = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(text);
  const at = isDate ? Date.parse(text) : Number.NaN;
  // One that only looks like a date is none.
  return Number.isNaN(at) ? undefined : Math.max(0, at - Date.now());
};
