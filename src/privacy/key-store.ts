/**
 * Where persons' keys are kept: a small SQLite file in the office, which is never part of the log
 * or of the read tables. Of an erased person two marks stay, that are not tied to each other: the
 * reference, so that he or she never gets another key, and the id of the key, so that it is known
 * to be gone. Nobody can tell from them which events were whose.
 */
import type { DatabaseSync } from 'node:sqlite';
import { KeysHeldError } from '../ledger/ports.ts';
import { type Losses, lossesIn, lossTables } from './losses.ts';
import { isHeld, openOfficeFile, whole } from './office-file.ts';

export interface KeptKey {
  readonly keyId: string;
  readonly wrapped: Uint8Array;
}

export interface NewKey extends KeptKey {
  /** By which the person is found, and nobody is told. */
  readonly reference: string;
}

/** An event by its place, and by its id: another log has another there. */
interface Checked {
  readonly sequence: number;
  readonly eventId: string;
}

export interface KeyStore extends Losses {
  find(reference: string): KeptKey | 'erased' | undefined;
  /** Those that are known, by id. */
  byIds(keyIds: readonly string[]): ReadonlyMap<string, KeptKey | 'erased'>;
  /** Of persons who have no key and were not erased; tells of each. Durable when it returns. */
  addAll(keys: readonly NewKey[]): readonly boolean[];
  /**
   * Overwrites the key and leaves the marks; durable when it returns. False: it is not there.
   * @throws KeysHeldError when it is gone, and may be left in the journal: destroy it again
   */
  destroy(keyId: string): boolean;
  /** Which wrapping key these keys are under; undefined in a file that never said. */
  wrappedUnder(): string | undefined;
  /** Wraps every key anew, all or none; durable when it returns. Then {@link empty} it. */
  rewrap(wrappedUnder: string, again: (kept: KeptKey) => Uint8Array): number;
  /** Leaves nothing in the journal of what is gone. @throws KeysHeldError */
  empty(): void;
  /** Tells apart under which secret persons are known; undefined in a file that never said. */
  knownUnder(): string | undefined;
  setKnownUnder(secret: string): void;
  /** The last event up to which every key that an event names is in this file, or was given up. */
  checkedUpTo(): Checked | undefined;
  setCheckedUpTo(last: Checked): void;
  close(): void;
}

/** Zeroes over what is gone; what the journal still has of it, {@link emptied} takes away. */
const pragmas = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA secure_delete = ON;
`;

const schema = `
  CREATE TABLE keys (
    reference TEXT PRIMARY KEY,
    key_id TEXT NOT NULL UNIQUE,
    wrapped BLOB
  ) WITHOUT ROWID;
`;

/** In the first version a row without a key was the mark. */
const marks = `
  CREATE TABLE erased_persons (reference TEXT PRIMARY KEY) WITHOUT ROWID;
  CREATE TABLE erased_keys (key_id TEXT PRIMARY KEY) WITHOUT ROWID;
  CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
  INSERT INTO erased_persons SELECT reference FROM keys WHERE wrapped IS NULL;
  INSERT INTO erased_keys SELECT key_id FROM keys WHERE wrapped IS NULL;
  DELETE FROM keys WHERE wrapped IS NULL;
`;

const prepare = (db: DatabaseSync, found: number): void => {
  if (found < 1) db.exec(schema);
  if (found < 2) db.exec(marks);
  db.exec(lossTables);
};

/** @throws KeysHeldError; Error when the file is of a newer version, or no store of keys */
export const openKeyStore = (file: string): KeyStore => {
  const db = opened(file);
  const meta = metaIn(db);
  const kept = db.prepare(
    `SELECT key_id AS keyId, wrapped FROM keys WHERE reference = :of
     UNION ALL SELECT NULL, NULL FROM erased_persons WHERE reference = :of`,
  );
  const insert = db.prepare(
    `INSERT OR IGNORE INTO keys SELECT :reference, :keyId, :wrapped
      WHERE NOT EXISTS (SELECT 1 FROM erased_persons WHERE reference = :reference)`,
  );
  return {
    find: (reference) => {
      const found = kept.get({ of: reference }) as KeptKey | { keyId: null } | undefined;
      return found?.keyId === null ? 'erased' : found;
    },
    byIds: readerById(db),
    addAll: (keys) => whole(db, () => keys.map((key) => insert.run({ ...key }).changes === 1)),
    destroy: (keyId) => {
      const wasThere = whole(db, () => destroyIn(db, keyId));
      emptied(db);
      return wasThere;
    },
    wrappedUnder: () => meta.get('wrapped-under'),
    rewrap: (wrappedUnder, again) =>
      whole(db, () => {
        const all = db.prepare('SELECT key_id AS keyId, wrapped FROM keys').all();
        const update = db.prepare('UPDATE keys SET wrapped = ? WHERE key_id = ?');
        for (const kept of all as unknown as KeptKey[]) update.run(again(kept), kept.keyId);
        meta.set('wrapped-under', wrappedUnder);
        return all.length;
      }),
    empty: () => emptied(db),
    ...lossesIn(db),
    knownUnder: () => meta.get('known-under'),
    setKnownUnder: (secret) => meta.set('known-under', secret),
    checkedUpTo: () => {
      // Before, only its place was kept: that says nothing of another log.
      const [sequence, eventId] = meta.get('checked-up-to')?.split(' ') ?? [];
      return eventId === undefined ? undefined : { sequence: Number(sequence), eventId };
    },
    setCheckedUpTo: ({ sequence, eventId }) => meta.set('checked-up-to', `${sequence} ${eventId}`),
    close: () => db.close(),
  };
};

/** What a crash left of a change is in the file then, and nowhere else. */
const opened = (file: string): DatabaseSync => {
  let db: DatabaseSync | undefined;
  try {
    db = openOfficeFile(file, { version: 3, pragmas, prepare });
    emptied(db);
    return db;
  } catch (error) {
    db?.close();
    throw isHeld(error) ? new KeysHeldError() : error;
  }
};

/** Brings the journal into the file and cuts it to nothing. @throws KeysHeldError */
const emptied = (db: DatabaseSync): void => {
  const { busy } = db.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get() as { busy: number };
  if (busy !== 0) throw new KeysHeldError();
};

/** One statement for all: each looks first whether a crash left something to undo. */
const readerById = (db: DatabaseSync): KeyStore['byIds'] => {
  const statement = db.prepare(
    `WITH wanted AS MATERIALIZED (SELECT value AS key_id FROM json_each(?))
     SELECT key_id AS keyId, wrapped FROM keys WHERE key_id IN wanted
     UNION ALL SELECT key_id, NULL FROM erased_keys WHERE key_id IN wanted`,
  );
  return (keyIds) => {
    const rows = statement.all(JSON.stringify(keyIds)) as unknown as readonly {
      readonly keyId: string;
      readonly wrapped: Uint8Array | null;
    }[];
    return new Map(
      rows.map(({ keyId, wrapped }) => [keyId, wrapped === null ? 'erased' : { keyId, wrapped }]),
    );
  };
};

const metaIn = (db: DatabaseSync) => {
  const get = db.prepare('SELECT value FROM meta WHERE name = ?');
  const set = db.prepare('INSERT OR REPLACE INTO meta VALUES (?, ?)');
  return {
    get: (name: string) => (get.get(name) as { value: string } | undefined)?.value,
    set: (name: string, value: string): void => void set.run(name, value),
  };
};

const destroyIn = (db: DatabaseSync, keyId: string): boolean => {
  const row = db.prepare('SELECT reference FROM keys WHERE key_id = ?').get(keyId);
  if (row === undefined) return false;
  db.prepare('INSERT OR IGNORE INTO erased_persons VALUES (?)').run(row['reference'] as string);
  db.prepare('INSERT OR IGNORE INTO erased_keys VALUES (?)').run(keyId);
  // Overwritten before the row goes: what is freed is zeroed by SQLite as well.
  db.prepare('UPDATE keys SET wrapped = zeroblob(length(wrapped)) WHERE key_id = ?').run(keyId);
  db.prepare('DELETE FROM keys WHERE key_id = ?').run(keyId);
  return true;
};
