/** Signatures are what receivers' libraries take. */
import { Webhook } from 'standardwebhooks';
import { expect, test } from 'vitest';
import { newSecret, signatureHeaders } from '../../src/webhooks/signature.ts';

const body = JSON.stringify({ id: 'e1', data: { tekst: 'één – ‰' } });
const signed = (secret: string, at = Date.now()) => ({
  ...signatureHeaders(secret, { id: 'e1', body, at }),
});

test('the library of the standard accepts them', () => {
  const secret = newSecret();
  expect(new Webhook(secret).verify(body, signed(secret))).toEqual(JSON.parse(body));
});

test('and makes the same ones', () => {
  const secret = newSecret();
  const at = Date.now();
  expect(signed(secret, at)['webhook-signature']).toBe(
    new Webhook(secret).sign('e1', new Date(at), body),
  );
});

test('it refuses another body, id, time or secret', () => {
  const secret = newSecret();
  const check = (text: string, headers: Record<string, string>, by = secret) =>
    new Webhook(by).verify(text, headers);
  const good = signed(secret);
  expect(() => check(`${body} `, good)).toThrow();
  expect(() => check(body, { ...good, 'webhook-id': 'e2' })).toThrow();
  expect(() => check(body, good, newSecret())).toThrow();
  expect(() => check(body, signed(secret, Date.now() - 3_600_000))).toThrow();
});

test('no two secrets are the same, and each is 32 bytes', () => {
  const [one, other] = [newSecret(), newSecret()];
  expect(one).not.toBe(other);
  expect(Buffer.from(one.slice('whsec_'.length), 'base64')).toHaveLength(32);
});
