/** Persons' keys: kept before they are used, never given twice, gone for good when erased. */
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { monotonicFactory } from 'ulid';
import { expect, test } from 'vitest';
import { newKey } from '../../src/privacy/crypto.ts';
import { openKeyStore } from '../../src/privacy/key-store.ts';
import { peopleIn, rehearsedPeople } from '../../src/privacy/people.ts';
import { temporaryFolder } from '../support/folders.ts';
import { byHand } from '../support/log-files.ts';
import { anna, bram } from '../support/people.ts';

const ulid = monotonicFactory();
const place = { eventId: '0190a000-0000-7000-8000-000000000001', field: 'details', schema: 1 };

const office = (file = join(temporaryFolder(), 'keys.sqlite'), wrapping = newKey()) => {
  const store = openKeyStore(file);
  const hmac = (text: string): string => createHmac('sha256', 'secret').update(text).digest('hex');
  return { file, wrapping, store, people: peopleIn({ store, wrapping, hmac, ids: { ulid } }) };
};

test('a key that was kept is there when the office is opened again', () => {
  const { file, wrapping, store, people } = office();
  const key = people.keyOf(anna)!;
  expect(key.keep()).toBe(true);
  const sealed = key.seal(place, { kind: 'chosen' });
  store.close();
  const again = office(file, wrapping).people;
  expect(again.keyOf(anna)).toMatchObject({ keyId: key.keyId, person: key.person });
  expect(again.open(place.eventId, sealed)).toEqual({ value: { kind: 'chosen' } });
});

test('a key that was not kept leaves nothing', () => {
  const { people, file } = office();
  const key = people.keyOf(anna)!;
  expect(people.keyOf(anna)!.keyId).not.toBe(key.keyId);
  const count = byHand(file, (db) => db.prepare('SELECT count(*) AS n FROM keys').get());
  expect(count).toEqual({ n: 0 });
});

test('of two keys made at once for one person, one is kept', () => {
  const { people } = office();
  const [one, other] = [people.keyOf(anna)!, people.keyOf(anna)!];
  expect([one.keep(), other.keep(), one.keep()]).toEqual([true, false, true]);
  expect(people.keyOf(anna)!.keyId).toBe(one.keyId);
});

test('an erased person never gets another key, and an unknown key is no erased one', () => {
  const { people, file } = office();
  const key = people.keyOf(anna)!;
  const late = people.keyOf(anna)!;
  key.keep();
  const sealed = key.seal(place, 1);
  byHand(file, (db: DatabaseSync) => db.exec('UPDATE keys SET wrapped = NULL'));
  expect(people.keyOf(anna)).toBeUndefined();
  expect(late.keep()).toBe(false);
  expect(people.open(place.eventId, sealed)).toEqual({ erased: true });
  const unknown = people.keyOf(bram)!.seal(place, 1);
  expect(() => people.open(place.eventId, unknown)).toThrow(/not in the office/);
});

test('the file holds neither a person nor a key as it is', () => {
  const { people, file, wrapping } = office();
  people.keyOf(anna)!.keep();
  const bytes = readFileSync(file);
  expect(bytes.includes(anna)).toBe(false);
  expect(bytes.includes(wrapping)).toBe(false);
});

test('a file that is of a newer version is not touched', () => {
  const { file, store } = office();
  store.close();
  byHand(file, (db) => db.exec('PRAGMA user_version = 2'));
  expect(() => openKeyStore(file)).toThrow(/newer/);
});

test('what is only rehearsed keeps no key, and knows its own again', () => {
  const { people, file } = office();
  const tried = rehearsedPeople(people);
  const key = tried.keyOf(anna)!;
  expect(key.keep()).toBe(true);
  expect(tried.keyOf(anna)!.keyId).toBe(key.keyId);
  expect(tried.open(place.eventId, key.seal(place, 2))).toEqual({ value: 2 });
  const count = byHand(file, (db) => db.prepare('SELECT count(*) AS n FROM keys').get());
  expect(count).toEqual({ n: 0 });
});
