/** The document at `/v1/openapi.json`, and a page for people made of it. */
import { createHash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { giving } from './auth/access.ts';
import { escape } from './escape.ts';
import { type Document, finished, type Operation } from './openapi.ts';
import { problemCodes } from './problems.ts';

const style = `body{font:1rem/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b;background:#fff}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.4rem .8rem .4rem 0;border-bottom:1px solid #767676}
code{font-family:ui-monospace,monospace;overflow-wrap:anywhere}a{color:#004699}`;

const styleHash = createHash('sha256').update(style).digest('base64');

export const registerDocs = (app: FastifyInstance): void => {
  let document: Document | undefined;
  const made = (): Document => (document ??= finished(app.swagger()));
  const schema = { hide: true };
  app.get('/v1/openapi.json', { schema, ...giving('service') }, async (_request, reply) => {
    reply.header('access-control-allow-origin', '*');
    reply.header('access-control-expose-headers', 'API-Version');
    return made();
  });
  app.get('/docs', { schema, ...giving('service') }, async (_request, reply) => {
    reply.header(
      'content-security-policy',
      `default-src 'none'; style-src 'sha256-${styleHash}'; frame-ancestors 'none'`,
    );
    return reply.type('text/html; charset=utf-8').serializer(String).send(page(made()));
  });
};

const rowsOf = (document: Document, wanted: string): string =>
  Object.entries(document.paths)
    .flatMap(([path, methods]) =>
      Object.entries(methods)
        .filter(([method]) => method === wanted)
        .map(([, operation]) => rowOf(path, operation)),
    )
    .join('');

const rowOf = (path: string, { summary, parameters = [] }: Operation): string => {
  const names = parameters.filter((p) => p.in !== 'path').map((p) => p.name);
  return `<tr><td><code>/v1${escape(path)}</code></td><td>${escape(summary ?? '')}</td><td>${names.map((n) => `<code>${escape(n)}</code>`).join(' ')}</td></tr>`;
};

const codeRows = (): string =>
  Object.entries(problemCodes)
    .map(
      ([code, [status, title]]) =>
        `<tr id="${code}"><td><code>${code}</code></td><td>${status}</td><td>${escape(title)}</td></tr>`,
    )
    .join('');

const table = (heads: readonly string[], rows: string): string =>
  `<table><thead><tr>${heads.map((h) => `<th scope="col">${h}</th>`).join('')}</tr></thead><tbody>${rows}</tbody></table>`;

const page = (document: Document): string => `<!doctype html>
<html lang="nl"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>API van het grootboek</title><style>${style}</style></head><body>
<main><h1>API van het grootboek</h1>
<p>Elke vraag heeft twee tijden: <code>validAt</code> (peildatum) en <code>knownAt</code> (bekend op).
Alle velden staan in <a href="/v1/openapi.json">het OpenAPI-document</a>.</p>
<h2>Lezen (GET)</h2>${table(['Adres', 'Wat het geeft', 'Parameters'], rowsOf(document, 'get'))}
<h2>Vastleggen (POST)</h2>${table(['Adres', 'Wat het doet', 'Kopregels'], rowsOf(document, 'post'))}
<h2>Codes van problemen</h2>${table(['Code', 'Status', 'Betekenis'], codeRows())}
</main></body></html>
`;
