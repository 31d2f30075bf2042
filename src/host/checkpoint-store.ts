/**
 * Where checkpoints are kept: a small SQLite file in the office, apart from log and read tables,
 * so that a log that was put back from a copy is noticed.
 */
import { type FileHandle, open } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import type { CheckpointStore, KeptCheckpoint } from '../ledger/proofs.ts';

const version = 1;

const schema = `
  CREATE TABLE IF NOT EXISTS checkpoints (size INTEGER PRIMARY KEY, note TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS cosignatures (
    size INTEGER NOT NULL,
    line TEXT NOT NULL,
    PRIMARY KEY (size, line)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS key_changes (n INTEGER PRIMARY KEY, note TEXT NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS lost (
    n INTEGER PRIMARY KEY,
    size INTEGER NOT NULL,
    note TEXT NOT NULL,
    lost_by INTEGER NOT NULL
  ) STRICT;
  PRAGMA user_version = ${version};
`;

/**
 * A checkpoint goes to the write-ahead log and is not waited for by SQLite. Waiting for the
 * disk is done here, beside the event loop, so that appends go on meanwhile; it is what
 * `synchronous = FULL` would do after each commit.
 */
const pragmas = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA wal_autocheckpoint = 10000;
`;

/** @throws Error when the file is of a newer version, or no store of checkpoints */
export const openCheckpointStore = async (file: string): Promise<CheckpointStore> => {
  const db = new DatabaseSync(file);
  let journal: FileHandle;
  try {
    const found = db.prepare('PRAGMA user_version').get() as { user_version: number };
    if (found.user_version > version) throw new Error(`${file} is of a newer version`);
    db.exec(pragmas);
    db.exec(schema);
    db.exec('PRAGMA synchronous = NORMAL');
    journal = await open(`${file}-wal`, 'r+');
  } catch (error) {
    db.close();
    throw error;
  }
  return storeOn(db, journal);
};

/** A checkpoint with the lines that others signed under it. */
const withLines = `
  SELECT c.size, c.note || coalesce(
    (SELECT group_concat(line, '' ORDER BY line) FROM cosignatures s WHERE s.size = c.size), ''
  ) AS note FROM checkpoints c`;

const storeOn = (db: DatabaseSync, journal: FileHandle): CheckpointStore => {
  const insert = db.prepare('INSERT OR REPLACE INTO checkpoints VALUES (?, ?)');
  const last = db.prepare(`${withLines} ORDER BY c.size DESC LIMIT 1`);
  const from = db.prepare(`${withLines} WHERE c.size >= ? ORDER BY c.size LIMIT ?`);
  const addLine = db.prepare('INSERT OR IGNORE INTO cosignatures VALUES (?, ?)');
  const changes = db.prepare('SELECT note FROM key_changes ORDER BY n');
  const addChange = db.prepare('INSERT INTO key_changes (note) VALUES (?)');
  /** Rare writes are waited for at once. */
  const durably = (write: () => void): void => {
    db.exec('PRAGMA synchronous = FULL; BEGIN');
    try {
      write();
      db.exec('COMMIT');
    } finally {
      if (db.isTransaction) db.exec('ROLLBACK');
      db.exec('PRAGMA synchronous = NORMAL');
    }
  };
  return {
    keep: async ({ size, note }) => {
      insert.run(size, note);
      await journal.datasync();
    },
    latest: () => last.get() as KeptCheckpoint | undefined,
    from: (size, limit) => from.all(size, limit) as unknown as readonly KeptCheckpoint[],
    cosign: (size, line) => durably(() => addLine.run(size, line)),
    keyChanges: () => changes.all().map(({ note }) => String(note)),
    changeKey: (note) => durably(() => addChange.run(note)),
    lose: (above, lostBy) =>
      durably(() => {
        db.prepare(
          `INSERT INTO lost (size, note, lost_by)
           SELECT size, note, ? FROM (${withLines}) WHERE size > ? ORDER BY size`,
        ).run(lostBy, above);
        db.prepare('DELETE FROM checkpoints WHERE size > ?').run(above);
        db.prepare('DELETE FROM cosignatures WHERE size > ?').run(above);
      }),
    lost: () =>
      db
        .prepare('SELECT size, note, lost_by AS lostBy FROM lost ORDER BY n')
        .all() as unknown as ReturnType<CheckpointStore['lost']>,
    close: () => {
      db.close();
      void journal.close();
    },
  };
};
