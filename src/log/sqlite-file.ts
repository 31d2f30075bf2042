/** The file of the embedded log: made, recognised, checked. */
import { existsSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { readText, tagsOf, tagsVersion } from '../../events/index.ts';
import { ForeignLogError } from '../ledger/event-log.ts';

/** "PLed" in the file's header says that it is ours. */
const applicationId = 0x504c6564;
const layout = 1;

const schema = `
  CREATE TABLE events (
    sequence INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL,
    text TEXT NOT NULL
  );
  CREATE INDEX events_type ON events (type);
  CREATE TABLE tags (
    tag TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    PRIMARY KEY (tag, sequence)
  ) WITHOUT ROWID;
  CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
`;

/**
 * @param ledgerId the ledger that is expected, if known
 * @throws ForeignLogError when the file is not a log, not this ledger's, or has a gap
 */
export const openDatabase = (file: string, ledgerId?: string): DatabaseSync => {
  const fresh = !existsSync(file) || statSync(file).size === 0;
  const db = new DatabaseSync(file, { timeout: 5_000 });
  try {
    if (!fresh) recognise(db, file);
    db.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 10000;',
    );
    if (fresh) make(db);
    checkSequence(db, file);
    checkLedger(db, file, ledgerId);
    refreshTags(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
};

const make = (db: DatabaseSync): void => {
  db.exec(`BEGIN IMMEDIATE;
    PRAGMA application_id = ${applicationId};
    PRAGMA user_version = ${layout};
    ${schema}
    INSERT INTO meta VALUES ('tags', '${tagsVersion}');
    COMMIT;`);
};

const recognise = (db: DatabaseSync, file: string): void => {
  let found: { application_id: number };
  try {
    found = db.prepare('PRAGMA application_id').get() as { application_id: number };
  } catch {
    throw new ForeignLogError(`${file} is not a database`);
  }
  if (found.application_id !== applicationId)
    throw new ForeignLogError(`${file} is a database of something else`);
  const { user_version } = db.prepare('PRAGMA user_version').get() as { user_version: number };
  if (user_version !== layout)
    throw new ForeignLogError(`${file} has layout ${user_version}, known is ${layout}`);
};

const checkSequence = (db: DatabaseSync, file: string): void => {
  const { n, last } = db
    .prepare('SELECT count(*) AS n, coalesce(max(sequence), -1) AS last FROM events')
    .get() as { n: number; last: number };
  if (n !== last + 1)
    throw new ForeignLogError(`${file} has a gap: ${n} events, the last is ${last}`);
};

const checkLedger = (db: DatabaseSync, file: string, ledgerId: string | undefined): void => {
  const row = db.prepare('SELECT text FROM events WHERE sequence = 0').get() as
    | { text: string }
    | undefined;
  if (row === undefined) return;
  const first = readText(row.text);
  if (first.type !== 'LedgerOpened')
    throw new ForeignLogError(`${file} does not begin with LedgerOpened`);
  if (ledgerId !== undefined && first.data.ledgerId !== ledgerId)
    throw new ForeignLogError(`${file} is ledger ${first.data.ledgerId}, expected ${ledgerId}`);
};

/** Tags are derived: when the way to derive them changes, the index is made anew. */
const refreshTags = (db: DatabaseSync): void => {
  const row = db.prepare("SELECT value FROM meta WHERE name = 'tags'").get() as { value: string };
  if (row.value === String(tagsVersion)) return;
  const page = db.prepare('SELECT sequence, text FROM events WHERE sequence >= ? ORDER BY sequence LIMIT 1000');
  const insert = db.prepare('INSERT INTO tags (tag, sequence) VALUES (?, ?)');
  db.exec('BEGIN IMMEDIATE; DELETE FROM tags;');
  for (let from = 0; ; ) {
    const rows = page.all(from) as unknown as { sequence: number; text: string }[];
    for (const { sequence, text } of rows)
      for (const tag of tagsOf(readText(text))) insert.run(tag, sequence);
    const last = rows.at(-1);
    if (last === undefined) break;
    from = last.sequence + 1;
  }
  db.prepare("UPDATE meta SET value = ? WHERE name = 'tags'").run(String(tagsVersion));
  db.exec('COMMIT');
};
