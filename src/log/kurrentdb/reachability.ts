/**
 * Why no node of a cluster was found. The client only says that it found none, so each node that
 * was named is called on, and let go of once it is clear whether it is the one that is meant.
 */
import { isIP, connect as openly, type Socket } from 'node:net';
import { connect as securely } from 'node:tls';
import type { KurrentAddress } from './address.ts';
import { ServerError } from './failures.ts';

/** Milliseconds that a node gets to answer. */
const patience = 2_000;

type Endpoint = KurrentAddress['endpoints'][number];

const open = ({ address: host, port }: Endpoint, { tls, authority }: KurrentAddress): Socket =>
  tls
    ? securely({
        host,
        port,
        ALPNProtocols: ['h2'],
        ...(isIP(host) === 0 ? { servername: host } : {}),
        ...(authority === undefined ? {} : { ca: authority }),
      })
    : openly({ host, port });

interface Called {
  readonly name: string;
  /** Absent: it answers, and is trusted. */
  readonly why?: string;
  /** It answered, and that is not what TLS takes for the node that was meant. */
  readonly isUntrusted?: boolean;
}

const call = (endpoint: Endpoint, address: KurrentAddress): Promise<Called> =>
  new Promise((resolve) => {
    const name = `${endpoint.address}:${endpoint.port}`;
    const socket = open(endpoint, address);
    const end = (why?: string, isUntrusted = false): void => {
      socket.destroy();
      resolve(why === undefined ? { name } : { name, why, isUntrusted });
    };
    socket.setTimeout(patience, () => end('no answer'));
    socket.on(address.tls ? 'secureConnect' : 'connect', () => end());
    socket.on('error', (error: NodeJS.ErrnoException) => end(wordsOf(error), isOfTls(error)));
    socket.on('close', () => end('closed the connection'));
  });

/** Errors of the system name the call that failed. */
const isOfTls = ({ code, syscall }: NodeJS.ErrnoException): boolean =>
  code === 'EPROTO' || (syscall === undefined && code !== 'ECONNRESET');

/** What OpenSSL says stands between colons. */
const wordsOf = ({ message, code }: NodeJS.ErrnoException): string => {
  const [, said] = /SSL routines:[^:]*:([^:\n]+)/.exec(message) ?? [];
  const line = said ?? message.replace(/; if the root CA .*$/s, '').replace(/\s+/g, ' ');
  return line === '' ? String(code) : line;
};

/** Undefined: some node can be reached and is trusted, so it is about something else. */
export const whyNoNode = async (address: KurrentAddress): Promise<ServerError | undefined> => {
  const called = await Promise.all(address.endpoints.map((endpoint) => call(endpoint, address)));
  if (called.some(({ why }) => why === undefined)) return undefined;
  const untrusted = called.filter(({ isUntrusted }) => isUntrusted === true);
  const words = (some: readonly Called[]): string =>
    some.map(({ name, why }) => `${name}: ${why}`).join('; ');
  return untrusted.length > 0
    ? new ServerError('untrusted', `no trusted connection: ${words(untrusted)}`)
    : new ServerError('unreachable', `no node can be reached: ${words(called)}`);
};
