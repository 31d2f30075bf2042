/**
 * The client's gRPC gives TLS the host as the name of the server, also when it is an IP address:
 * that is no name (RFC 6066 §3), and Node refuses it. A node may be given by its address, and one
 * of a cluster may tell its own, where no setting of the client reaches: so it is left out for all.
 * The certificate is held against the address all the same.
 */
import { isIP } from 'node:net';
import { credentials } from '@grpc/grpc-js';

/** What the library keeps to itself, of what makes its secure connections. */
interface Securing {
  _createSecureConnector(...parts: unknown[]): {
    readonly connectionOptions: { servername?: string };
  };
}

let isDone = false;

export const allowTlsByAddress = (): void => {
  if (isDone) return;
  isDone = true;
  const securing = Object.getPrototypeOf(credentials.createSsl()) as Securing;
  const { _createSecureConnector: create } = securing;
  securing._createSecureConnector = function (...parts) {
    const connector = create.apply(this, parts);
    const { connectionOptions } = connector;
    if (isIP(connectionOptions.servername ?? '') !== 0) delete connectionOptions.servername;
    return connector;
  };
};
