/** Signed as Standard Webhooks lays down (standardwebhooks.com, version 1: HMAC-SHA-256). */
import { createHmac, randomBytes } from 'node:crypto';

const prefix = 'whsec_';

/** A new secret: 32 random bytes, as receivers' libraries take it. */
export const newSecret = (): string => prefix + randomBytes(32).toString('base64');

interface Signed {
  /** The same at every attempt: receivers know a repetition by it. */
  readonly id: string;
  readonly body: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

export const signatureHeaders = (
  secret: string,
  { id, body, at }: Signed,
): Readonly<Record<string, string>> => {
  const timestamp = String(Math.floor(at / 1_000));
  const key = Buffer.from(secret.slice(prefix.length), 'base64');
  const mac = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${mac}`,
  };
};
