/** What the client's many errors come down to. */
import { ErrorType } from '@eventstore/db-client';

/**
 * `conflict`: somebody else stands on that revision. `no-stream`: there is nothing yet. `deleted`:
 * the stream was deleted for ever. `denied`: not with these credentials. `too-large`: an append is
 * larger than this server takes. `busy`: it answers, but cannot carry this out now; the connection
 * is good. `untrusted`: TLS does not hold what is on the other side for the server, or it speaks no
 * TLS. `unreachable`: everything else; ask again, over a new connection.
 */
type Failure =
  | 'conflict'
  | 'no-stream'
  | 'deleted'
  | 'denied'
  | 'too-large'
  | 'busy'
  | 'untrusted'
  | 'unreachable';

/** A call that failed; whether it was carried out is known only where the kind says so. */
export class ServerError extends Error {
  override readonly name = 'ServerError';
  readonly kind: Failure;
  constructor(kind: Failure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.kind = kind;
  }
}

const kinds: Readonly<Record<string, Failure>> = {
  [ErrorType.WRONG_EXPECTED_VERSION]: 'conflict',
  [ErrorType.STREAM_NOT_FOUND]: 'no-stream',
  [ErrorType.STREAM_DELETED]: 'deleted',
  [ErrorType.ACCESS_DENIED]: 'denied',
  [ErrorType.MAXIMUM_APPEND_SIZE_EXCEEDED]: 'too-large',
  // The client goes to the leader that this answer names, by itself.
  [ErrorType.NOT_LEADER]: 'busy',
};

/** https://grpc.github.io/grpc/core/md_doc_statuscodes.html */
const codes = { permissionDenied: 7, resourceExhausted: 8, unauthenticated: 16 } as const;

export const failureOf = (error: unknown): ServerError => {
  if (error instanceof ServerError) return error;
  const { type, code, message } = error as { type?: unknown; code?: unknown; message?: unknown };
  const untrusted = handshakeIn(message);
  if (untrusted !== undefined)
    return new ServerError('untrusted', `no trusted connection: ${untrusted}`, { cause: error });
  return new ServerError(kindOf(type, code), wordsOf(type, code, message), { cause: error });
};

const kindOf = (type: unknown, code: unknown): Failure => {
  const known = typeof type === 'string' ? kinds[type] : undefined;
  if (known !== undefined) return known;
  if (code === codes.permissionDenied || code === codes.unauthenticated) return 'denied';
  // A message beyond what the server takes at all.
  return code === codes.resourceExhausted ? 'too-large' : 'unreachable';
};

/** What the client's gRPC says around the error of a connection. */
const around =
  /No connection established\. Last error: (?:\w*Error[^:]*: )?(.*?)\.? Resolution note:.*$/s;

/**
 * Why TLS came to nothing, in one line; undefined when it is not about that. The client gives only
 * words on: those of Node for a certificate, those of OpenSSL for what is no TLS.
 */
const handshakeIn = (message: unknown): string | undefined => {
  const [, said] = around.exec(String(message)) ?? [];
  const [, plain] = /SSL routines:[^:]*:(wrong version number)/.exec(said ?? '') ?? [];
  if (plain !== undefined) return plain;
  // What Node advises is not how an authority is given here.
  return said?.includes('certificate') === true
    ? said.replace(/; if the root CA .*$/s, '')
    : undefined;
};

/** Messages of the client tell addresses, never credentials; some are empty. */
const wordsOf = (type: unknown, code: unknown, message: unknown): string => {
  const said = typeof message === 'string' && message !== '' ? message : 'no message';
  const line = said.replace(around, '$1').replace(/\s+/g, ' ');
  const what = typeof type === 'string' ? type : `code ${String(code)}`;
  return type === undefined && code === undefined ? line : `${what}: ${line}`;
};
