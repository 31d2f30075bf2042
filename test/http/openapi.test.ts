/** Rules of our own that mirror those of the NLGov REST API Design Rules 2.2. */
import { beforeAll, describe, expect, it } from 'vitest';
import { commands } from '../../src/domain/index.ts';
import { testApp } from './support.ts';

interface Operation {
  readonly operationId: string;
  readonly summary?: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly responses: Readonly<
    Record<
      string,
      {
        readonly description: string;
        readonly headers?: Readonly<Record<string, unknown>>;
        readonly content?: Readonly<Record<string, unknown>>;
      }
    >
  >;
}
interface Document {
  readonly openapi: string;
  readonly info: {
    readonly version: string;
    readonly contact: Readonly<Record<string, string>>;
  };
  readonly servers: readonly { readonly url: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, unknown>> };
}

let document: Document;
let headers: Readonly<Record<string, unknown>>;
beforeAll(async () => {
  const reply = await (await testApp()).get('/v1/openapi.json');
  document = reply.json<Document>();
  headers = reply.headers;
});

const operations = (): readonly (readonly [string, string, Operation])[] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => [path, method, operation] as const),
  );

describe('the document', () => {
  it('is OpenAPI 3.1, public, with contact and version', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(document.info.version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(Object.keys(document.info.contact).sort()).toEqual(['email', 'name', 'url']);
    expect(document.servers.map((s) => s.url)).toEqual(['/v1']);
    expect(headers['access-control-allow-origin']).toBe('*');
  });

  it('has paths in kebab-case without a slash at the end', () => {
    for (const path of Object.keys(document.paths)) {
      expect(path).toMatch(/^(\/(_?[a-z0-9]+(-[a-z0-9]+)*|\{[a-z][A-Za-z0-9]*\}))+$/);
      expect(path).not.toMatch(/\/$/);
    }
  });

  it('has parameters in camelCase', () => {
    for (const [path, , { parameters = [] }] of operations())
      for (const parameter of parameters)
        if (parameter.in !== 'header') expect(parameter.name, path).toMatch(/^[a-z][A-Za-z0-9]*$/);
  });

  it('has only GET and POST, each named once, with a summary', () => {
    const ids = operations().map(([, , operation]) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [path, method, operation] of operations()) {
      expect(['get', 'post']).toContain(method);
      expect(operation.summary, path).toBeTruthy();
      expect(operation.operationId).toMatch(/^[a-z][A-Za-z0-9]+$/);
    }
  });

  it('declares 400 on every write and every read with parameters', () => {
    for (const [path, method, { parameters = [], responses }] of operations())
      if (method === 'post' || parameters.length > 0)
        expect(Object.keys(responses), `${method} ${path}`).toContain('400');
  });

  it('has problems as problem+json, and the version on every answer', () => {
    for (const [path, , { responses }] of operations())
      for (const [status, { content = {}, headers: declared = {}, description }] of Object.entries(
        responses,
      )) {
        expect(Object.keys(declared), `${path} ${status}`).toContain('API-Version');
        expect(description).toBeTruthy();
        const media = path === '/event-stream' ? 'text/event-stream' : 'application/json';
        expect(Object.keys(content)).toEqual([
          Number(status) >= 400 ? 'application/problem+json' : media,
        ]);
      }
  });

  it('asks for a key on every write, and for If-Match on steps', () => {
    for (const [path, method, { parameters = [] }] of operations()) {
      const names = parameters.map((p) => p.name);
      // What records nothing needs no key; a signature is one however often it is sent.
      const without = ['/previews', '/person-references', '/checkpoints/{size}/_cosign'];
      if (method === 'get' || without.includes(path)) continue;
      // A subscription is no fact of the ledger: its steps may be repeated, and have no version.
      if (path.startsWith('/webhooks/')) continue;
      expect(names, path).toContain('Idempotency-Key');
      const step = path.includes('/_') && path !== '/members/{successor}/_merge';
      expect(names.includes('If-Match'), path).toBe(step);
    }
  });

  it('has an operation for every command', () => {
    for (const { path } of commands) expect(document.paths[`/${path}`]?.post).toBeDefined();
  });

  it('has no reference that leads nowhere, and no schema unused', () => {
    const text = JSON.stringify(document);
    const named = [...text.matchAll(/"#\/components\/schemas\/(\w+)"/g)].map(([, name]) => name);
    expect([...new Set(named)].sort()).toEqual(Object.keys(document.components.schemas).sort());
  });

  it('has dates in fields that end in Date, and text in those that end in Cents', () => {
    const walk = (schema: unknown, name: string): void => {
      if (typeof schema !== 'object' || schema === null) return;
      const { properties, $ref } = schema as { properties?: object; $ref?: string };
      if (name.endsWith('Cents'))
        expect($ref).toMatch(/^#\/components\/schemas\/(Posted|Signed)?Cents$/);
      if (name.endsWith('Date')) expect($ref).toBe('#/components/schemas/LocalDate');
      for (const [key, value] of Object.entries(schema)) if (key !== 'properties') walk(value, '');
      for (const [key, value] of Object.entries(properties ?? {})) walk(value, key);
    };
    walk(document.components.schemas, '');
    expect(document.components.schemas.LocalDate).toMatchObject({ format: 'date' });
    expect(document.components.schemas.Instant).toMatchObject({ format: 'date-time' });
  });
});
