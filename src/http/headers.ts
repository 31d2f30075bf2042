/** Headers that go with every answer, also with those of the server below the framework. */
import type { FastifyReply, FastifyRequest } from 'fastify';

const contentPolicy = "default-src 'none'; frame-ancestors 'none'";

export const commonHeaders = (version: string): Readonly<Record<string, string>> => ({
  'api-version': version,
  'cache-control': 'no-store',
  'content-security-policy': contentPolicy,
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
});

/** Sets them first, so that errors have them too. */
export const setCommonHeaders =
  (headers: Readonly<Record<string, string>>) =>
  async (_request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    reply.headers(headers);
  };

const entityTag = /^"(-1|0|[1-9]\d{0,14})"$/;

export const etagOf = (sequence: number): string => `"${sequence}"`;

/** The sequence in an `If-Match`; undefined when it is not one that the ledger gave. */
export const sequenceIn = (header: string): number | undefined => {
  const [, digits] = entityTag.exec(header) ?? [];
  return digits === undefined ? undefined : Number(digits);
};

const ulid = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/i;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** An idempotency key in one spelling; undefined when it is neither ULID nor UUID. */
export const keyIn = (header: string): string | undefined =>
  ulid.test(header) ? header.toUpperCase() : uuid.test(header) ? header.toLowerCase() : undefined;
