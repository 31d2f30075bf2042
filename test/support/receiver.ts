/** A receiver of webhooks on this machine, over TLS with a certificate of its own. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** For 127.0.0.1 and `localhost`, made anew. */
const certificate = (): { readonly key: string; readonly cert: string } => {
  const folder = mkdtempSync(join(tmpdir(), 'receiver-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  try {
    execFileSync(
      'openssl',
      [
        ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'],
        ...['-nodes', '-days', '2', '-subj', '/CN=localhost', '-keyout', key, '-out', cert],
        ...['-addext', 'subjectAltName=DNS:localhost,DNS:receiver.example,IP:127.0.0.1'],
      ],
      { stdio: 'ignore' },
    );
    return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
  } finally {
    rmSync(folder, { recursive: true });
  }
};

interface Got {
  readonly method: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface Receiver {
  readonly port: number;
  readonly address: string;
  /** The authority that signed for it: itself. */
  readonly ca: string;
  /** In the order in which they came. */
  readonly got: readonly Got[];
  /** Resolves when this many requests of a method have come. */
  readonly until: (count: number, method?: string) => Promise<readonly Got[]>;
  readonly close: () => Promise<void>;
}

type Answer = (got: Got, response: ServerResponse, index: number) => void;

/** Lets in whoever asks, and takes everything. */
export const welcoming: Answer = ({ method, headers }, response) => {
  if (method === 'OPTIONS')
    response.setHeader('webhook-allowed-origin', String(headers['webhook-request-origin']));
  response.statusCode = method === 'OPTIONS' ? 200 : 204;
  response.end();
};

export const receiver = async (answer: Answer = welcoming): Promise<Receiver> => {
  const got: Got[] = [];
  const waiting = new Set<() => void>();
  const listening = await listen((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', headers } = request;
      const one = { method, headers, body: Buffer.concat(chunks).toString('utf8') };
      got.push(one);
      answer(one, response, got.length - 1);
      for (const look of waiting) look();
    });
  });
  return {
    ...listening,
    got,
    until: (count, method = 'POST') =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = got.filter((one) => one.method === method);
          if (found.length < count) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
  };
};

/** Over TLS, on a free port of this machine. */
export const listen = async (answer: RequestListener) => {
  const { key, cert } = certificate();
  const server = createServer({ key, cert }, answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    port,
    address: `https://localhost:${port}/events`,
    ca: cert,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
