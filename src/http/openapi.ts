/** The OpenAPI document, made of the same schemas as the routes. */
import swagger from '@fastify/swagger';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ProblemBody } from './problems.ts';

const description = `Grootboek van het partnerschap van gemeenten en IBN in Noordoost-Brabant.

Elk antwoord geldt voor een peildatum (\`validAt\`) en een volgnummer (\`knownAt\`), en zegt dat in
\`asOf\`. Bedragen zijn eurocenten als tekst; perioden lopen tot \`until\`; id's zijn ULID's.
Een fout is \`application/problem+json\` met een \`code\` uit een gesloten lijst (zie /docs).`;

export const registerDocument = async (app: FastifyInstance, version: string): Promise<void> => {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Grootboek van het partnerschap',
        description,
        version,
        license: { name: 'EUPL-1.2', url: 'https://eupl.eu/1.2/nl/' },
        contact: {
          name: 'Beheer van het grootboek',
          url: 'https://partnership-ledger.example/contact',
          email: 'beheer@partnership-ledger.example',
        },
      },
      servers: [{ url: '/v1', description: 'Versie 1' }],
      components: {
        securitySchemes: {
          bearer: {
            type: 'http',
            scheme: 'bearer',
            description: 'Een token van dit grootboek, of van de inlogdienst van uw organisatie',
          },
        },
      },
      // Without, one reads what is public.
      security: [{ bearer: [] }, {}],
    },
    transform: jsonSchemaTransform,
    transformObject: jsonSchemaTransformObject,
  });
};

type Schema = Readonly<Record<string, unknown>>;
interface Answer {
  description?: string;
  headers?: Record<string, Schema>;
  content?: Record<string, Schema>;
}
export interface Operation {
  operationId?: string;
  summary?: string;
  parameters?: readonly { readonly name: string; readonly in: string }[];
  responses: Record<string, Answer>;
}
export interface Document {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, Operation>>;
  readonly components: { readonly schemas: Record<string, Schema> };
}

const versionHeader = {
  description: 'Volledige versie van deze API',
  schema: { type: 'string', example: '1.0.0' },
};
const etagHeader = {
  description: 'Volgnummer van de laatste gebeurtenis over dit ding, tussen aanhalingstekens',
  schema: { type: 'string', example: '"311"' },
};
const locationHeader = { description: 'Waar het nieuwe te lezen is', schema: { type: 'string' } };
const replayedHeader = {
  description: 'Aanwezig als deze opdracht al eerder was vastgelegd',
  schema: { type: 'string', enum: ['true'] },
};
const retryHeader = { description: 'Seconden', schema: { type: 'integer' } };

/** Adds what holds for every route: problems, headers, names. */
export const finished = (made: unknown): Document => {
  const document = withoutDoubles(made as Document);
  document.components.schemas.Problem = problemSchema();
  for (const [path, methods] of Object.entries(document.paths))
    for (const [method, operation] of Object.entries(methods)) {
      operation.operationId ??= nameOf(path);
      addProblems(path, method, operation);
      for (const [status, answer] of Object.entries(operation.responses))
        addHeaders(path, method, status, answer);
    }
  return document;
};

/** A schema that is the same for what comes in and what goes out is told once. */
const withoutDoubles = (document: Document): Document => {
  const { schemas } = document.components;
  const plain = (schema: unknown) =>
    JSON.stringify(schema).replace(/(#\/components\/schemas\/\w+?)Input"/g, '$1"');
  const doubles = Object.keys(schemas).filter((name) => {
    const other = schemas[name.replace(/Input$/, '')];
    return name.endsWith('Input') && other !== undefined && plain(schemas[name]) === plain(other);
  });
  const text = doubles.reduce(
    (all, name) => all.replaceAll(`schemas/${name}"`, `schemas/${name.replace(/Input$/, '')}"`),
    JSON.stringify(document),
  );
  return withoutUnused(JSON.parse(text) as Document);
};

const withoutUnused = (document: Document): Document => {
  const unused = unusedIn(document);
  if (unused.length === 0) return document;
  const used = Object.entries(document.components.schemas).filter(([n]) => !unused.includes(n));
  return withoutUnused({
    ...document,
    components: { ...document.components, schemas: Object.fromEntries(used) },
  });
};

const unusedIn = (document: Document): readonly string[] => {
  const text = JSON.stringify(document);
  return Object.keys(document.components.schemas).filter(
    (name) => !text.includes(`schemas/${name}"`),
  );
};

const problemSchema = (): Schema => {
  const { $schema: _schema, id: _id, ...schema } = z.toJSONSchema(ProblemBody) as Schema;
  return schema;
};

/** `/lump-sums/{lumpSumId}` is `getLumpSumsByLumpSumId`. */
const nameOf = (path: string): string =>
  `get${path
    .split('/')
    .filter((part) => part !== '')
    .map((part) => {
      const parameter = part.startsWith('{');
      const words = part.replace(/[{}]/g, '').split(/[-.]/);
      const name = words.map((w) => w.charAt(0).toUpperCase() + w.slice(1)).join('');
      return parameter ? `By${name}` : name;
    })
    .join('')}`;

const problem = (text: string): Answer => ({
  description: text,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});

const addProblems = (path: string, method: string, operation: Operation): void => {
  const { responses } = operation;
  const writes = method === 'post';
  const parameters = operation.parameters ?? [];
  if (writes || parameters.length > 0) responses['400'] ??= problem('Ongeldige invoer');
  // A command in a preview may be about something that is not there.
  if (path.includes('{') || path === '/previews') responses['404'] ??= problem('Niet gevonden');
  if (writes) {
    responses['409'] ??= problem('Geweigerd, of in strijd met het grootboek');
    responses['413'] ??= problem('Te groot');
    responses['415'] ??= problem('Geen JSON');
    if (parameters.some(({ name }) => name === 'If-Match')) {
      responses['412'] ??= problem('Intussen veranderd');
      responses['428'] ??= problem('If-Match ontbreekt');
    }
  }
  responses['401'] ??= problem('Niet aangemeld, of met een token dat niet geldt');
  responses['403'] ??= problem('Dit mag u niet');
  responses['429'] ??= problem('Te veel verzoeken');
  responses['503'] ??= problem('Nu niet beschikbaar, of alleen te lezen');
};

const addHeaders = (path: string, method: string, status: string, answer: Answer): void => {
  if (answer.description === undefined || answer.description === 'Default Response')
    answer.description = status === '201' ? 'Vastgelegd' : 'Gelukt';
  const headers: Record<string, Schema> = { 'API-Version': versionHeader };
  if (status === '200' && (path.endsWith('}') || path === '/package')) headers.ETag = etagHeader;
  if (status === '201') {
    headers['Idempotency-Replayed'] = replayedHeader;
    if (method === 'post' && !path.includes('/_')) headers.Location = locationHeader;
  }
  if (status === '503' || status === '429') headers['Retry-After'] = retryHeader;
  answer.headers = { ...headers, ...answer.headers };
};
