/** Asks a running ledger over the socket in its data folder. */
import { request } from 'node:http';
import { CliFailure, downloaded, exit } from './failure.ts';
import type { Call, CliPorts, Reply } from './ports.ts';

/** Milliseconds without a sign of life; a rebuild of a large ledger takes minutes. */
const patience = 30 * 60_000;

/** @param path of the socket */
export const callOver =
  (path: string): Call =>
  (method, url, body, headers = {}) =>
    new Promise<Reply>((resolve, reject) => {
      const text = body === undefined ? undefined : JSON.stringify(body);
      const sending = request(
        {
          socketPath: path,
          method,
          path: url,
          timeout: patience,
          headers: {
            ...headers,
            ...(text === undefined
              ? {}
              : {
                  'content-type': 'application/json',
                  'content-length': String(Buffer.byteLength(text)),
                }),
          },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', () => reject(lost()));
          response.on('end', () => {
            const received = Buffer.concat(chunks).toString('utf8');
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers as Reply['headers'],
              body: read(received),
            });
          });
        },
      );
      sending.on('timeout', () => sending.destroy());
      sending.on('error', () => reject(lost()));
      sending.end(text);
    });

/** @param path of the socket */
export const downloadOver =
  (path: string): CliPorts['download'] =>
  (url) =>
    new Promise((resolve, reject) => {
      const sending = request({ socketPath: path, path: url, timeout: patience }, (response) =>
        resolve(downloaded(response.statusCode ?? 0, response)),
      );
      sending.on('timeout', () => sending.destroy());
      sending.on('error', () => reject(lost()));
      sending.end();
    });

const lost = (): CliFailure =>
  new CliFailure(exit.refused, 'De verbinding met het grootboek is verbroken.');

const read = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
};
