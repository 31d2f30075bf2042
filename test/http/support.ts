/** The HTTP face over a ledger in memory. */
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify';
import { expect } from 'vitest';
import { buildApp, localAddress } from '../../src/http/app.ts';
import { historyLedger, newKey, type TestLedger, testLedger } from '../support/ledger.ts';

export interface TestApp extends TestLedger {
  readonly app: FastifyInstance;
  /** Errors that should not have happened. */
  readonly reported: unknown[];
  /** Asks as the machine itself, unless another address or a token is given. */
  readonly inject: (options: InjectOptions) => Promise<LightMyRequestResponse>;
  readonly get: (path: string) => Promise<LightMyRequestResponse>;
  /** Posts with a new key, unless the headers have one. */
  readonly post: (
    path: string,
    body: unknown,
    headers?: Record<string, string>,
  ) => Promise<LightMyRequestResponse>;
}

const over = async (made: TestLedger): Promise<TestApp> => {
  const reported: unknown[] = [];
  const app = await buildApp({
    ledger: () => made.ledger,
    version: '1.2.3',
    report: (error) => reported.push(error),
    rebuild: async () => ({ events: made.ledger.head().sequence + 1, seconds: 0.1 }),
  });
  const inject: TestApp['inject'] = (options) =>
    app.inject({ remoteAddress: localAddress, ...options });
  return {
    ...made,
    app,
    reported,
    inject,
    get: (path) => inject({ url: path }),
    post: (path, body, headers = {}) =>
      inject({
        method: 'POST',
        url: path,
        headers: {
          'idempotency-key': newKey(),
          'content-type': 'application/json',
          ...headers,
        },
        payload: typeof body === 'string' ? body : JSON.stringify(body),
      }),
  };
};

export const testApp = async (): Promise<TestApp> => over(await testLedger());
export const historyApp = async (): Promise<TestApp> => over(await historyLedger());

/** The answer is a problem with this status and code, and nothing else. */
export const expectProblem = (
  reply: LightMyRequestResponse,
  status: number,
  code: string,
): Record<string, unknown> => {
  const body = reply.json<Record<string, unknown>>();
  expect({ status: reply.statusCode, code: body.code }).toEqual({ status, code });
  expect(reply.headers['content-type']).toBe('application/problem+json; charset=utf-8');
  expect(body).toMatchObject({ type: `/docs#${code}`, status });
  expect(body.title).toBeTypeOf('string');
  expect(body.detail).toBeTypeOf('string');
  expect(reply.headers['api-version']).toBe('1.2.3');
  return body;
};
