/** Which receivers on the machine's own network are allowed: read strictly, for it opens a door. */
import { describe, expect, it } from 'vitest';
import { webhookAllowIn } from '../../src/host/webhook-settings.ts';

describe('LEDGER_WEBHOOK_ALLOW', () => {
  it.each([
    ['', []],
    ['localhost:8443', ['localhost:8443']],
    ['a.example:443, 10.0.0.0/8  fd00::/8', ['a.example:443', '10.0.0.0/8', 'fd00::/8']],
    ['127.0.0.1:9000,[::1]:9000', ['127.0.0.1:9000', '[::1]:9000']],
  ])('%j is %j', (text, expected) => {
    expect(webhookAllowIn(text)).toEqual(expected);
  });

  it.each([
    'localhost',
    'https://localhost:8443',
    'localhost:8443/pad',
    'naam@localhost:8443',
    'localhost:99999',
    '10.0.0.0',
    '10.0.0.0/33',
    '10.0.0/8',
    'fd00::/129',
    '10.0.0.0/-1',
    '*:443',
    '127.1:443',
  ])('%j is not known, and is told', (text) => {
    expect(() => webhookAllowIn(text)).toThrow(`LEDGER_WEBHOOK_ALLOW: ${text}`);
  });
});
