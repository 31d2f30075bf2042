/**
 * Where persons' keys are kept: a small SQLite file in the office, which is never part of the log
 * or of the read tables. A row without a key is the mark that a person was erased, and stays: such
 * a person never gets another key.
 */
import { DatabaseSync } from 'node:sqlite';

interface KeptKey {
  readonly keyId: string;
  /** Undefined: erased. */
  readonly wrapped: Uint8Array | undefined;
}

export interface KeyStore {
  find(reference: string): KeptKey | undefined;
  byId(keyId: string): KeptKey | undefined;
  /** Durable when it returns; false when the person has a key, or was erased. */
  add(reference: string, keyId: string, wrapped: Uint8Array): boolean;
  close(): void;
}

const version = 1;

/** `FULL` and a journal that goes back to nothing: what was overwritten is not left behind. */
const pragmas = `
  PRAGMA journal_mode = DELETE;
  PRAGMA synchronous = EXTRA;
  PRAGMA secure_delete = ON;
`;

const schema = `
  CREATE TABLE IF NOT EXISTS keys (
    reference TEXT PRIMARY KEY,
    key_id TEXT NOT NULL UNIQUE,
    wrapped BLOB
  ) WITHOUT ROWID;
  PRAGMA user_version = ${version};
`;

/** @throws Error when the file is of a newer version, or no store of keys */
export const openKeyStore = (file: string): KeyStore => {
  const db = new DatabaseSync(file);
  try {
    db.exec(pragmas);
    const found = db.prepare('PRAGMA user_version').get() as { user_version: number };
    if (found.user_version > version) throw new Error(`${file} is of a newer version`);
    db.exec(schema);
  } catch (error) {
    db.close();
    throw error;
  }
  const [byReference, byId] = ['reference', 'key_id'].map((column) =>
    db.prepare(`SELECT key_id, wrapped FROM keys WHERE ${column} = ?`),
  ) as [ReturnType<typeof db.prepare>, ReturnType<typeof db.prepare>];
  const insert = db.prepare('INSERT OR IGNORE INTO keys VALUES (?, ?, ?)');
  const kept = (row: unknown): KeptKey | undefined => {
    if (row === undefined) return undefined;
    const { key_id: keyId, wrapped } = row as { key_id: string; wrapped: Uint8Array | null };
    return { keyId, wrapped: wrapped ?? undefined };
  };
  return {
    find: (reference) => kept(byReference.get(reference)),
    byId: (keyId) => kept(byId.get(keyId)),
    add: (reference, keyId, wrapped) => insert.run(reference, keyId, wrapped).changes === 1,
    close: () => db.close(),
  };
};
