/** What is sealed opens with its own key, in its own place, unchanged; and not otherwise. */
import { createHmac, hkdfSync, randomUUIDv7 } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Remarks, remarkKinds } from '../../events/people.ts';
import {
  inputHmac,
  newKey,
  open,
  personOf,
  seal,
  SealError,
  unwrap,
  wrap,
} from '../../src/privacy/crypto.ts';
import { id } from '../support/scenario.ts';

const keyId = id('key');
const place = { eventId: randomUUIDv7(), field: 'details', schema: 1 };

test('keys for each use are those of HKDF-SHA-256', () => {
  for (let i = 0; i < 20; i += 1) {
    const key = newKey();
    const used = hkdfSync('sha256', key, '', 'partnership-ledger input', 32);
    const expected = createHmac('sha256', Buffer.from(used)).update('text').digest('hex');
    expect(inputHmac(key, 'text')).toBe(expected);
  }
});

test('no two nonces are alike, wherever they are used', () => {
  const key = newKey();
  const nonces = Array.from({ length: 2_000 }, (_, i) =>
    i % 2 === 0
      ? seal(key, keyId, place, i).nonce
      : wrap(key, keyId, newKey()).subarray(0, 12).toString('base64'),
  );
  expect(new Set(nonces).size).toBe(nonces.length);
});

describe('a sealed value', () => {
  test('opens to what it was', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const plain: unknown = JSON.parse(JSON.stringify(value));
        const key = newKey();
        expect(open(key, place.eventId, seal(key, keyId, place, plain))).toEqual(plain);
      }),
      { numRuns: 200 },
    );
  });

  const key = newKey();
  const sealed = seal(key, keyId, place, { kind: 'chosen' });
  const flipped = (text: string, at: number): string => {
    const bytes = Buffer.from(text, 'base64');
    bytes[at] = bytes[at]! ^ 1;
    return bytes.toString('base64');
  };

  test.each([
    ['under the key of another person', () => open(newKey(), place.eventId, sealed)],
    ['in another event', () => open(key, randomUUIDv7(), sealed)],
    ['in another field', () => open(key, place.eventId, { ...sealed, field: 'remarks' })],
    ['as another version', () => open(key, place.eventId, { ...sealed, schema: 2 })],
    [
      'with another nonce',
      () => open(key, place.eventId, { ...sealed, nonce: flipped(sealed.nonce, 3) }),
    ],
    ['changed', () => open(key, place.eventId, { ...sealed, sealed: flipped(sealed.sealed, 9) })],
    [
      'with another tag',
      () => open(key, place.eventId, { ...sealed, sealed: flipped(sealed.sealed, 1039) }),
    ],
    ['cut off', () => open(key, place.eventId, { ...sealed, sealed: sealed.sealed.slice(0, 24) })],
    ['empty', () => open(key, place.eventId, { ...sealed, sealed: '' })],
  ])('does not open %s', (_where, attempt) => {
    expect(attempt).toThrow(SealError);
  });

  test('is as long as any other, whatever is in it', () => {
    const longest = Array.from({ length: 6 }, () => ({
      kind: remarkKinds.reduce((a, b) => (a.length > b.length ? a : b)),
      rule: 'R23',
      ruleSetBy: place.eventId,
    }));
    const lengths = [[], { kind: 'chosen' }, Remarks.parse(longest)].map(
      (value) => seal(key, keyId, place, value).sealed.length,
    );
    expect(new Set(lengths).size).toBe(1);
  });

  test('never has the nonce of another', () => {
    const nonces = Array.from({ length: 20_000 }, () => seal(key, keyId, place, 1).nonce);
    expect(new Set(nonces).size).toBe(nonces.length);
  });
});

test('a person’s reference and inputs differ from key to key', () => {
  const [one, other] = [newKey(), newKey()];
  expect(personOf(one, id('anna'))).toMatch(/^[0-9a-f]{32}$/);
  expect(personOf(one, id('anna'))).not.toBe(personOf(other, id('anna')));
  expect(inputHmac(one, 'x')).not.toBe(inputHmac(other, 'x'));
});

test('a wrapped key opens under its wrapping key and id only', () => {
  const [wrapping, key] = [newKey(), newKey()];
  const wrapped = wrap(wrapping, keyId, key);
  expect(unwrap(wrapping, keyId, wrapped)).toEqual(key);
  expect(wrapped.includes(key)).toBe(false);
  expect(() => unwrap(wrapping, id('other'), wrapped)).toThrow(SealError);
  expect(() => unwrap(newKey(), keyId, wrapped)).toThrow(SealError);
});
