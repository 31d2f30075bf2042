/** The office as it is opened: its wrapping key replaced, an older copy put back, keys missing. */
import { copyFileSync, existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { wrappingSource } from '../../src/host/wrapping.ts';
import type { EventLog } from '../../src/ledger/event-log.ts';
import { KeysHeldError, type WrappingSource } from '../../src/ledger/ports.ts';
import { openMemoryLog } from '../../src/log/memory.ts';
import { newKey, wrappingId } from '../../src/privacy/crypto.ts';
import { openKeyStore } from '../../src/privacy/key-store.ts';
import { KeysLostError, type Office, OtherSecretError } from '../../src/privacy/office.ts';
import { openWrapping, WrappingError } from '../../src/privacy/rotation.ts';
import { temporaryFolder } from '../support/folders.ts';
import { hmac, testLedger } from '../support/ledger.ts';
import { byHand } from '../support/log-files.ts';
import { officeIn, settingsIn } from '../support/office.ts';
import { anna, bram, looking, referral } from '../support/people.ts';
import { id } from '../support/scenario.ts';

/** A ledger that uses this office. */
const ledgerWith = (log: EventLog, { people, looks }: Office) =>
  testLedger(log, undefined, { people, looks });

/** A ledger in which Anna was referred, its office closed. */
const withAnna = async () => {
  const [folder, log] = [temporaryFolder(), openMemoryLog()];
  await testLedger(log);
  const office = await officeIn(folder, log);
  const made = await ledgerWith(log, office);
  const validFrom = { latest: '2017-01-01' };
  await made.take('join-member', { municipality: 'gm0828', name: 'Oss' }, { validFrom });
  await made.take('record-referral', referral());
  office.close();
  const keys = join(folder, 'office', 'keys.sqlite');
  return { folder, log, keys, wrapping: join(folder, 'office', 'wrapping-key') };
};

/** What is opened of all referrals. */
const openedBy = async (log: EventLog, office: Office) => {
  const { ledger } = await ledgerWith(log, office);
  return (await ledger.ask({ question: 'referrals', opening: looking() })).items;
};

const opens = async (folder: string, log: EventLog): Promise<void> => {
  const office = await officeIn(folder, log);
  expect(await openedBy(log, office)).toMatchObject([{ sealed: false }]);
  office.close();
};

describe('going over to another wrapping key', () => {
  test('leaves everything to be opened, under the new key alone', async () => {
    const { folder, log, wrapping } = await withAnna();
    const old = readFileSync(wrapping);
    const office = await officeIn(folder, log);
    expect(office.wrapping.rotate()).toBe(1);
    expect(await openedBy(log, office)).toMatchObject([{ sealed: false }]);
    office.close();
    expect(readFileSync(wrapping).equals(old)).toBe(false);
    expect(existsSync(`${wrapping}.next`)).toBe(false);
    await opens(folder, log);
    const withOld = { ...wrappingSource(settingsIn(folder), false), current: () => old };
    await expect(officeIn(folder, log, () => withOld)).rejects.toThrow(WrappingError);
  });

  test('cut off before the keys went over, it is finished at the next start', async () => {
    const { folder, log, wrapping, keys } = await withAnna();
    wrappingSource(settingsIn(folder), false).renew();
    const next = readFileSync(`${wrapping}.next`);
    await opens(folder, log);
    expect(readFileSync(wrapping)).toEqual(next);
    const store = openKeyStore(keys);
    expect(store.wrappedUnder()).toBe(wrappingId(next));
    store.close();
  });

  test('cut off after they went over, it is finished at the next start', async () => {
    const { folder, log, wrapping } = await withAnna();
    const source = wrappingSource(settingsIn(folder), false);
    const office = await officeIn(folder, log, () => ({ ...source, settle: () => undefined }));
    office.wrapping.rotate();
    office.close();
    const next = readFileSync(`${wrapping}.next`);
    await opens(folder, log);
    expect(readFileSync(wrapping)).toEqual(next);
    expect(existsSync(`${wrapping}.next`)).toBe(false);
  });

  test('cut off while they go over, all of them stay where they were', () => {
    const store = openKeyStore(':memory:');
    const [one, two] = ['a', 'b'].map((name) => ({ reference: name, keyId: id(name) }));
    store.addAll([one!, two!].map((key) => ({ ...key, wrapped: Buffer.from(key.keyId) })));
    let count = 0;
    const half = (): never | Buffer => {
      count += 1;
      if (count === 2) throw new Error('disk full');
      return Buffer.from('new');
    };
    expect(() => store.rewrap('next', half)).toThrow('disk full');
    for (const { keyId } of [one!, two!])
      expect(store.byIds([keyId]).get(keyId)).toMatchObject({
        wrapped: new Uint8Array(Buffer.from(keyId)),
      });
    expect(store.wrappedUnder()).toBeUndefined();
  });

  test('goes from the file to the environment and to a key service', async () => {
    const { folder, log, wrapping } = await withAnna();
    const [first, second] = [newKey(), newKey()];
    const from = (environment: Record<string, string>) =>
      officeIn(folder, log, (isNew) => wrappingSource(settingsIn(folder, environment), isNew));
    const given = { KEY: first.toString('base64'), OTHER: second.toString('hex') };
    const one = await from({
      LEDGER_WRAPPING_KEY: 'env:KEY',
      LEDGER_WRAPPING_KEY_BEFORE: `file:${wrapping}`,
      ...given,
    });
    expect(await openedBy(log, one)).toMatchObject([{ sealed: false }]);
    expect(one.wrapping.rotate()).toBeUndefined();
    one.close();
    const two = await from({
      LEDGER_WRAPPING_KEY: `command:printf %s ${second.toString('hex')}`,
      LEDGER_WRAPPING_KEY_BEFORE: 'env:KEY',
      ...given,
    });
    expect(await openedBy(log, two)).toMatchObject([{ sealed: false }]);
    two.close();
    const wrong = from({ LEDGER_WRAPPING_KEY: 'env:KEY', ...given });
    await expect(wrong).rejects.toThrow(WrappingError);
  });

  test('a key service that answers with another key has its key taken over when asked', async () => {
    const { folder, log } = await withAnna();
    let key: Buffer = readFileSync(join(folder, 'office', 'wrapping-key'));
    const service = (): WrappingSource => ({
      current: () => key,
      next: () => undefined,
      previous: () => undefined,
      renew: () => key,
      settle: () => undefined,
    });
    const office = await officeIn(folder, log, service);
    key = newKey();
    expect(office.wrapping.rotate()).toBe(1);
    office.close();
    const again = await officeIn(folder, log, service);
    expect(await openedBy(log, again)).toMatchObject([{ sealed: false }]);
    again.close();
  });
});

describe('while somebody else reads the keys', () => {
  /** Reads on while something else is done. */
  const whileRead = <T>(keys: string, act: () => T): T =>
    byHand(keys, (db) => {
      db.exec('BEGIN');
      db.prepare('SELECT * FROM keys').all();
      return act();
    });

  test('none goes over to another wrapping key, and all of them can be opened', async () => {
    const { folder, log, keys } = await withAnna();
    const office = await officeIn(folder, log);
    whileRead(keys, () => expect(() => office.wrapping.rotate()).toThrow(KeysHeldError));
    const { take } = await ledgerWith(log, office);
    await take('record-referral', referral({ referralId: id('second'), personId: bram }));
    office.close();
    const again = await officeIn(folder, log);
    expect(await openedBy(log, again)).toMatchObject([{ sealed: false }, { sealed: false }]);
    again.close();
  });

  test('who begins to read when they have gone over leaves them where they are', async () => {
    const { folder, log, keys, wrapping } = await withAnna();
    const store = openKeyStore(keys);
    let times = 0;
    const empty = (): void => {
      times += 1;
      if (times === 2) throw new KeysHeldError();
      store.empty();
    };
    const wrappings = openWrapping({ ...store, empty }, wrappingSource(settingsIn(folder), false));
    expect(wrappings.rotate).toThrow(KeysHeldError);
    expect(wrappingId(wrappings.key())).toBe(store.wrappedUnder());
    store.close();
    await opens(folder, log);
    expect(existsSync(`${wrapping}.next`)).toBe(false);
  });

  test('the office is not opened, and says why', async () => {
    const { folder, log, keys } = await withAnna();
    const office = await officeIn(folder, log);
    const { take } = await ledgerWith(log, office);
    await take('record-referral', referral({ referralId: id('second'), personId: bram }));
    await whileRead(keys, () => expect(officeIn(folder, log)).rejects.toThrow(KeysHeldError));
    office.close();
    const again = await officeIn(folder, log);
    expect(await openedBy(log, again)).toHaveLength(2);
    again.close();
  });

  test('nor is a file of the first version, which it is left', () => {
    const file = join(temporaryFolder(), 'keys.sqlite');
    byHand(file, (db) =>
      db.exec(`CREATE TABLE keys (reference TEXT PRIMARY KEY, key_id TEXT NOT NULL UNIQUE, wrapped BLOB) WITHOUT ROWID;
        INSERT INTO keys VALUES ('a', '1', x'00');
        PRAGMA user_version = 1;`),
    );
    whileRead(file, () => expect(() => openKeyStore(file)).toThrow(KeysHeldError));
    const store = openKeyStore(file);
    expect(store.find('a')).toMatchObject({ keyId: '1' });
    store.close();
  });
});

test('beside the secret of another ledger the office is not opened: nobody would be known', async () => {
  const { folder, log } = await withAnna();
  const stranger = (text: string): string => hmac(`another ${text}`);
  await expect(officeIn(folder, log, undefined, stranger)).rejects.toThrow(OtherSecretError);
  await opens(folder, log);
});

describe('an older copy of the keys', () => {
  test('that lacks a key is noticed: it is unknown, and nobody new gets a key', async () => {
    const { folder, log, keys } = await withAnna();
    const older = `${keys}.older`;
    copyFileSync(keys, older);
    const office = await officeIn(folder, log);
    expect(office.missing).toEqual([]);
    const { take } = await ledgerWith(log, office);
    await take('record-referral', referral({ referralId: id('second'), personId: bram }));
    office.close();
    renameSync(older, keys);
    const restored = await officeIn(folder, log);
    expect(restored.missing).toHaveLength(1);
    const items = await openedBy(log, restored);
    expect(items).toMatchObject([{ sealed: false }, { keyUnknown: true }]);
    expect(JSON.stringify(items)).not.toContain('erased');
    const { take: again } = await ledgerWith(log, restored);
    for (const personId of [bram, id('somebody')])
      await expect(
        again('record-referral', referral({ referralId: id('third'), personId })),
      ).rejects.toMatchObject({ problem: { code: 'unavailable' } });
    restored.close();
  });

  test('of before somebody was forgotten does not bring him or her back', async () => {
    const { folder, log, keys } = await withAnna();
    copyFileSync(keys, `${keys}.older`);
    const office = await officeIn(folder, log);
    await (await ledgerWith(log, office)).take('erase-person', { personId: anna });
    office.close();
    renameSync(`${keys}.older`, keys);
    const restored = await officeIn(folder, log);
    expect(restored.missing).toEqual([]);
    const made = await ledgerWith(log, restored);
    expect(made.ledger.personOf(anna)).toBe('erased');
    expect(await openedBy(log, restored)).toMatchObject([{ erased: true }]);
    restored.close();
  });

  test('that was found whole beside another log is looked through again', async () => {
    const { folder, log, keys } = await withAnna();
    // Found whole up to here, also by what is put back later.
    (await officeIn(folder, log)).close();
    copyFileSync(keys, `${keys}.older`);
    const another = openMemoryLog();
    await testLedger(another);
    const office = await officeIn(folder, another);
    const { take } = await ledgerWith(another, office);
    const validFrom = { latest: '2017-01-01' };
    await take('join-member', { municipality: 'gm0828', name: 'Oss' }, { validFrom });
    await take('record-referral', referral({ personId: bram }));
    await take('erase-person', { personId: bram });
    office.close();
    renameSync(`${keys}.older`, keys);
    const restored = await officeIn(folder, another);
    expect(restored.missing).toHaveLength(1);
    const again = await ledgerWith(another, restored);
    await expect(
      again.take('record-referral', referral({ referralId: id('second'), personId: bram })),
    ).rejects.toMatchObject({ problem: { code: 'unavailable' } });
    restored.close();
  });

  test('all of it gone is told, and nothing is made anew', async () => {
    const { folder, log, keys } = await withAnna();
    renameSync(keys, `${keys}.away`);
    await expect(officeIn(folder, log)).rejects.toThrow(KeysLostError);
    expect(existsSync(keys)).toBe(false);
  });
});

test('an older copy of the log does not bring a forgotten person back', async () => {
  const { folder, log } = await withAnna();
  const older = openMemoryLog();
  await older.append((await log.read('all')).map(({ entry }) => entry));
  const office = await officeIn(folder, log);
  await (await ledgerWith(log, office)).take('erase-person', { personId: anna });
  office.close();
  const again = await officeIn(folder, older);
  expect(await openedBy(older, again)).toMatchObject([{ erased: true }]);
  const { take } = await ledgerWith(older, again);
  await expect(take('record-referral', referral({ referralId: id('new') }))).rejects.toMatchObject({
    problem: { refusal: { code: 'erased' } },
  });
  again.close();
});
