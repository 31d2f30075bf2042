/** The file of the log: made, recognised and checked. */
import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tagsOf, tagsVersion } from '../../events/index.ts';
import { ForeignLogError, LogUnavailableError } from '../ledger/event-log.ts';
import { storedEvent } from './store.ts';

/** `PLed` in ASCII, in the file's header: tells a ledger from any other SQLite database. */
const applicationId = 0x50_4c_65_64;
/** Raised when the tables change. */
const schemaVersion = 1;

const schema = `
  CREATE TABLE events (
    sequence INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL,
    text TEXT NOT NULL
  ) STRICT;
  CREATE INDEX events_type ON events (type);
  CREATE TABLE tags (
    tag TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    PRIMARY KEY (tag, sequence)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  PRAGMA application_id = ${applicationId};
  PRAGMA user_version = ${schemaVersion};
`;

interface FileOptions {
  readonly file: string;
  /** The ledger that this must be. A new file is made for it. */
  readonly ledgerId?: string | undefined;
  readonly readOnly: boolean;
  /** Size of the file at most, in pages of 4 KiB; beyond it the disk counts as full. */
  readonly maxPages?: number | undefined;
}

/** @throws ForeignLogError, LogUnavailableError, and errors of SQLite itself */
export const openFile = ({ file, ledgerId, readOnly, maxPages }: FileOptions): DatabaseSync => {
  // SQLite takes a file of a few bytes for a new one and would write over it.
  const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (size > 0 && size < 512) throw new ForeignLogError(`${file} is not a database`);
  const db = new DatabaseSync(file, { readOnly, timeout: 1000, defensive: true });
  try {
    const fresh = isFresh(db, file);
    if (fresh && readOnly) throw new LogUnavailableError(`there is no ledger yet in ${file}`);
    if (!readOnly) prepareWriting(db, file, maxPages);
    if (fresh) transaction(db, () => db.exec(schema));
    const owner = ownerOf(db, file);
    if (ledgerId !== undefined && owner !== undefined && owner !== ledgerId)
      throw new ForeignLogError(`${file} holds ledger ${owner}, not ledger ${ledgerId}`);
    if (ledgerId !== undefined && !readOnly) setMeta(db, 'ledgerId', ledgerId);
    checkGapless(db, file);
    keepTags(db, file, readOnly);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
};

export const transaction = <T>(db: DatabaseSync, change: () => T): T => {
  rollback(db);
  db.exec('BEGIN IMMEDIATE');
  let done = false;
  try {
    const result = change();
    db.exec('COMMIT');
    done = true;
    return result;
  } finally {
    if (!done) rollback(db);
  }
};

/** Changes the tables, looks, and puts everything back as it was. */
export const rehearsal = <T>(db: DatabaseSync, change: () => T): T => {
  db.exec('BEGIN IMMEDIATE');
  try {
    return change();
  } finally {
    rollback(db);
  }
};

/** SQLite rolls back by itself on some errors. Where this fails too, the next one tries again. */
const rollback = (db: DatabaseSync): void => {
  try {
    if (db.isTransaction) db.exec('ROLLBACK');
  } catch {
    // The first error is the one to tell.
  }
};

export const setMeta = (db: DatabaseSync, name: string, value: string): void => {
  db.prepare('INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)').run(name, value);
};

const metaOf = (db: DatabaseSync, name: string): string | undefined =>
  db.prepare('SELECT value FROM meta WHERE name = ?').get(name)?.['value'] as string | undefined;

const pragma = (db: DatabaseSync, name: string): unknown =>
  db.prepare(`PRAGMA ${name}`).get()?.[name];

/** True for a file without anything in it. Looks only: a foreign file is left as it was. */
const isFresh = (db: DatabaseSync, file: string): boolean => {
  const owner = pragma(db, 'application_id');
  const version = pragma(db, 'user_version');
  if (owner === applicationId) {
    if (version === schemaVersion) return false;
    throw new ForeignLogError(
      `${file} has tables of version ${String(version)}, not ${schemaVersion}`,
    );
  }
  const tables = db.prepare('SELECT count(*) AS count FROM sqlite_schema').get()?.['count'];
  if (owner === 0 && version === 0 && tables === 0) return true;
  throw new ForeignLogError(`${file} is a database of something else`);
};

const prepareWriting = (db: DatabaseSync, file: string, maxPages?: number): void => {
  const mode = db.prepare('PRAGMA journal_mode = WAL').get()?.['journal_mode'];
  if (mode !== 'wal')
    throw new LogUnavailableError(`${file} cannot be used with a write-ahead log`);
  db.exec('PRAGMA synchronous = FULL');
  // The default of 1,000 pages makes every hundredth append wait some 20 ms.
  db.exec('PRAGMA wal_autocheckpoint = 10000');
  db.exec('PRAGMA cache_size = -65536');
  if (maxPages !== undefined) db.exec(`PRAGMA max_page_count = ${Math.trunc(maxPages)}`);
};

/** The ledger's id stands in event 0; before there is one, in `meta`. */
const ownerOf = (db: DatabaseSync, file: string): string | undefined => {
  const noted = metaOf(db, 'ledgerId');
  const row = db.prepare('SELECT text FROM events WHERE sequence = 0').get();
  if (row === undefined) return noted;
  const { entry } = storedEvent(0, String(row['text']));
  if (entry.type !== 'LedgerOpened')
    throw new ForeignLogError(`${file} begins with ${entry.type}, not with LedgerOpened`);
  const { ledgerId } = entry.data;
  if (noted !== undefined && noted !== ledgerId)
    throw new ForeignLogError(`${file} was made for ledger ${noted} and holds ledger ${ledgerId}`);
  return ledgerId;
};

const checkGapless = (db: DatabaseSync, file: string): void => {
  const row = db
    .prepare('SELECT count(*) AS count, min(sequence) AS low, max(sequence) AS high FROM events')
    .get();
  const { count, low, high } = row as { count: number; low: number | null; high: number | null };
  if (count > 0 && (low !== 0 || high !== count - 1))
    throw new ForeignLogError(`${file} has a gap: ${count} events on sequences ${low} to ${high}`);
};

/** Events in one transaction while the tags are made anew. */
const chunk = 10_000;

/** Makes the tag index anew when tags have changed since, or when that was broken off. */
const keepTags = (db: DatabaseSync, file: string, readOnly: boolean): void => {
  if (metaOf(db, 'tagsVersion') === String(tagsVersion)) return;
  if (readOnly)
    throw new LogUnavailableError(
      `the tags in ${file} are of another version; open it for writing`,
    );
  transaction(db, () => {
    setMeta(db, 'tagsVersion', 'being made');
    db.exec('DELETE FROM tags');
  });
  const events = db.prepare('SELECT sequence, text FROM events WHERE sequence >= ? LIMIT ?');
  const add = db.prepare('INSERT INTO tags (tag, sequence) VALUES (?, ?)');
  for (let from = 0, more = true; more; from += chunk) {
    const rows = events.all(from, chunk) as { sequence: number; text: string }[];
    transaction(db, () => {
      for (const { sequence, text } of rows)
        for (const tag of tagsOf(storedEvent(sequence, text).entry)) add.run(tag, sequence);
    });
    more = rows.length === chunk;
  }
  setMeta(db, 'tagsVersion', String(tagsVersion));
};
