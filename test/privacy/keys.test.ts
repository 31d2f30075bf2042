/** Persons' keys: kept before they are used, never given twice, gone for good when erased. */
import { createHmac } from 'node:crypto';
import { copyFileSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { monotonicFactory } from 'ulid';
import { expect, test } from 'vitest';
import type { SealedField } from '../../events/entry.ts';
import { KeysHeldError, type People } from '../../src/ledger/ports.ts';
import { newKey } from '../../src/privacy/crypto.ts';
import { type KeptKey, openKeyStore } from '../../src/privacy/key-store.ts';
import { peopleIn, rehearsedPeople } from '../../src/privacy/people.ts';
import { temporaryFolder } from '../support/folders.ts';
import { byHand } from '../support/log-files.ts';
import { anna, bram } from '../support/people.ts';

const ulid = monotonicFactory();
const place = { eventId: '0190a000-0000-7000-8000-000000000001', field: 'details', schema: 1 };

const office = (file = join(temporaryFolder(), 'keys.sqlite'), wrapping = newKey()) => {
  const store = openKeyStore(file);
  const hmac = (text: string): string => createHmac('sha256', 'secret').update(text).digest('hex');
  const parts = { store, hmac, ids: { ulid }, wrapping: () => wrapping };
  return {
    file,
    wrapping,
    store,
    people: peopleIn({ ...parts, isWhole: () => true }),
    lacking: peopleIn({ ...parts, isWhole: () => false }),
  };
};

/** What is sealed, opened. */
const opened = (people: People, sealed: SealedField): unknown => {
  const opener = people.openersOf([sealed.key]).get(sealed.key);
  return typeof opener === 'function' ? opener(place.eventId, sealed) : opener;
};

const filesHolding = (file: string, bytes: Uint8Array): readonly string[] =>
  readdirSync(dirname(file)).filter((name) =>
    readFileSync(join(dirname(file), name)).includes(bytes),
  );

test('a key that was kept is there when the office is opened again', async () => {
  const { file, wrapping, store, people } = office();
  const key = people.keyOf(anna)!;
  await key.keep!();
  const sealed = key.seal(place, { kind: 'chosen' });
  store.close();
  const again = office(file, wrapping).people;
  expect(again.keyOf(anna)).toMatchObject({ keyId: key.keyId, person: key.person });
  expect(opened(again, sealed)).toEqual({ kind: 'chosen' });
});

test('a key that was not kept leaves nothing', () => {
  const { people, file } = office();
  const key = people.keyOf(anna)!;
  expect(people.keyOf(anna)!.keyId).not.toBe(key.keyId);
  const count = byHand(file, (db) => db.prepare('SELECT count(*) AS n FROM keys').get());
  expect(count).toEqual({ n: 0 });
});

test('of two keys made at once for one person, one is kept', async () => {
  const { people } = office();
  const [one, other] = [people.keyOf(anna)!, people.keyOf(anna)!];
  await Promise.all([one.keep!(), other.keep!(), one.keep!()]);
  expect(people.keyOf(anna)).toMatchObject({ keyId: one.keyId });
  expect(people.keyOf(anna)).not.toHaveProperty('keep');
});

test('an erased person never gets another key, and an unknown key is no erased one', async () => {
  const { people } = office();
  const key = people.keyOf(anna)!;
  const late = people.keyOf(anna)!;
  await key.keep!();
  const sealed = key.seal(place, 1);
  people.destroy(key.keyId);
  people.destroy(key.keyId);
  expect(people.keyOf(anna)).toBeUndefined();
  expect(people.personOf(anna)).toBe('erased');
  await late.keep!();
  expect(people.keyOf(anna)).toBeUndefined();
  expect(opened(people, sealed)).toBe('erased');
  expect(opened(people, people.keyOf(bram)!.seal(place, 1))).toBe('unknown');
});

test('what is left of an erased person ties no person to a key, and no byte of the key', async () => {
  const { people, file, store } = office();
  const key = people.keyOf(anna)!;
  await key.keep!();
  await people.keyOf(bram)!.keep!();
  const kept = store.byIds([key.keyId]).get(key.keyId) as KeptKey;
  people.destroy(key.keyId);
  const rows = byHand(file, (db) => db.prepare('SELECT * FROM keys').all());
  expect(rows).toHaveLength(1);
  expect(filesHolding(file, kept.wrapped)).toEqual([]);
  expect(statSync(`${file}-wal`).size).toBe(0);
});

test('what a crash left in the journal is gone when the office is opened again', async () => {
  const { people, file, store } = office();
  const key = people.keyOf(anna)!;
  await key.keep!();
  const kept = store.byIds([key.keyId]).get(key.keyId) as KeptKey;
  const copy = join(temporaryFolder(), 'keys.sqlite');
  const cut = (): void => {
    for (const end of ['', '-wal']) copyFileSync(`${file}${end}`, `${copy}${end}`);
  };
  // As if it stopped between the change and emptying the journal.
  byHand(file, (db) => {
    db.exec(`UPDATE keys SET wrapped = zeroblob(60); DELETE FROM keys`);
    cut();
  });
  expect(filesHolding(copy, kept.wrapped)).not.toEqual([]);
  openKeyStore(copy);
  expect(filesHolding(copy, kept.wrapped)).toEqual([]);
});

test('keys that somebody else reads just then are destroyed when it is tried again', async () => {
  const { people, file } = office();
  const key = people.keyOf(anna)!;
  await key.keep!();
  byHand(file, (db) => {
    db.exec('BEGIN');
    db.prepare('SELECT * FROM keys').all();
    expect(() => people.destroy(key.keyId)).toThrow(KeysHeldError);
  });
  people.destroy(key.keyId);
  expect(statSync(`${file}-wal`).size).toBe(0);
  expect(people.personOf(anna)).toBe('erased');
});

test('where keys are missing, nobody who is not known gets a new one', async () => {
  const { people, lacking } = office();
  await people.keyOf(anna)!.keep!();
  expect(lacking.keyOf(anna)).toBeDefined();
  expect(() => lacking.keyOf(bram)).toThrow(
    expect.objectContaining({
      problem: { code: 'unavailable', detail: expect.any(String) as string },
    }),
  );
});

test('of a file of the first version, a row without a key is a mark', () => {
  const file = join(temporaryFolder(), 'keys.sqlite');
  byHand(file, (db) => {
    db.exec(`CREATE TABLE keys (reference TEXT PRIMARY KEY, key_id TEXT NOT NULL UNIQUE, wrapped BLOB) WITHOUT ROWID;
      INSERT INTO keys VALUES ('a', '1', NULL), ('b', '2', x'00');
      PRAGMA user_version = 1;`);
  });
  const store = openKeyStore(file);
  expect([store.find('a'), store.byIds(['1']).get('1')]).toEqual(['erased', 'erased']);
  expect(store.find('b')).toMatchObject({ keyId: '2' });
});

test('a file of the second version is brought up, and keeps what it has', async () => {
  const { file, wrapping, store, people } = office();
  const [key, gone] = [people.keyOf(anna)!, people.keyOf(bram)!];
  await key.keep!();
  await gone.keep!();
  people.destroy(gone.keyId);
  const checked = { sequence: 7, eventId: 'x' };
  store.setCheckedUpTo(checked);
  store.close();
  byHand(file, (db) => db.exec('DROP TABLE losses; DROP TABLE lost_keys; PRAGMA user_version = 2'));
  const again = office(file, wrapping);
  expect(again.people.keyOf(anna)).toMatchObject({ keyId: key.keyId });
  expect(again.people.personOf(bram)).toBe('erased');
  expect([again.store.checkedUpTo(), again.store.losses()]).toEqual([checked, []]);
});

test('the file holds neither a person nor a key as it is', async () => {
  const { people, file, wrapping } = office();
  await people.keyOf(anna)!.keep!();
  const bytes = readFileSync(file);
  expect(bytes.includes(anna)).toBe(false);
  expect(bytes.includes(wrapping)).toBe(false);
});

test('a file that is of a newer version is not touched', () => {
  const { file, store } = office();
  store.close();
  byHand(file, (db) => db.exec('PRAGMA user_version = 4'));
  expect(() => openKeyStore(file)).toThrow(/newer/);
});

test('what is only rehearsed keeps no key, and knows its own again', () => {
  const { people, file } = office();
  const tried = rehearsedPeople(people);
  const key = tried.keyOf(anna)!;
  expect(key).not.toHaveProperty('keep');
  expect(tried.keyOf(anna)!.keyId).toBe(key.keyId);
  expect(opened(tried, key.seal(place, 2))).toBe(2);
  const count = byHand(file, (db) => db.prepare('SELECT count(*) AS n FROM keys').get());
  expect(count).toEqual({ n: 0 });
});
