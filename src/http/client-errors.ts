/** Requests that the server below the framework cannot read: answered on the bare socket. */
import type { Socket } from 'node:net';
import { answer, type HttpCode } from './problems.ts';

const details: Readonly<Record<string, readonly [HttpCode, string]>> = {
  HPE_HEADER_OVERFLOW: ['headers-too-large', 'De kopregels van dit verzoek zijn te groot.'],
  ERR_HTTP_REQUEST_TIMEOUT: ['timeout', 'Het verzoek kwam niet op tijd binnen.'],
};

const phrases: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  408: 'Request Timeout',
  431: 'Request Header Fields Too Large',
};

export const answerOnSocket =
  (common: Readonly<Record<string, string>>) =>
  (error: Error & { readonly code?: string }, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) {
      socket.destroy();
      return;
    }
    const [code, detail] = details[error.code ?? ''] ?? [
      'invalid',
      'Dit is geen leesbaar HTTP-verzoek.',
    ];
    const { status, body } = answer(code, detail);
    const text = JSON.stringify(body);
    const headers = Object.entries({
      ...common,
      'content-type': 'application/problem+json; charset=utf-8',
      'content-length': String(Buffer.byteLength(text)),
      connection: 'close',
    });
    const lines = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
    socket.end(`HTTP/1.1 ${status} ${phrases[status] ?? 'Bad Request'}\r\n${lines}\r\n${text}`);
  };
