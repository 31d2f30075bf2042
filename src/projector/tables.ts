/** The read tables in SQLite: written by the projector, asked by the ledger. */
import { DatabaseSync } from 'node:sqlite';
import type { AsOfFacts, AsOfQuery, TimelineQuery, TimelineRow } from '../ledger/read-tables.ts';
import type { WritableTables } from '../ledger/read-tables.ts';
import { model, timelineThing } from '../../projections/index.ts';
import { factReader } from './as-of.ts';
import { factWriter } from './write.ts';
import { endOf, schema, schemaVersion } from './schema.ts';
import type { StoredEvent } from '../ledger/event-log.ts';

export interface Tables extends WritableTables {
  /** Id of the event at `position`, to recognise a log that is not the one they were made of. */
  headId(): string | undefined;
  /** Facts that are kept, for measuring. */
  size(): number;
}

/** The file holds no tables of this version and model; they have to be made anew. */
export class StaleTablesError extends Error {
  override readonly name = 'StaleTablesError';
}

/**
 * Opens or makes read tables. They are written without waiting for the disk: what a crash takes
 * from them is taken again from the log.
 * @param file a path, or `:memory:`
 * @throws StaleTablesError
 */
export const openTables = (file: string): Tables => {
  const db = new DatabaseSync(file);
  db.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY;',
  );
  prepare(db);
  const meta = db.prepare('SELECT value FROM meta WHERE name = ?');
  const setMeta = db.prepare(
    'INSERT INTO meta VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  );
  const read = (name: string) => (meta.get(name) as { value: string } | undefined)?.value;
  let position = Number(read('position') ?? -1);
  let headId = read('head');
  const writer = factWriter(db);
  const asOf = factReader(db);

  return {
    position: () => position,
    headId: () => headId,
    size: () => (db.prepare('SELECT count(*) AS n FROM facts').get() as { n: number }).n,
    apply: (events: readonly StoredEvent[]) => {
      const last = events.at(-1);
      if (last === undefined) return;
      if (events[0]!.sequence !== position + 1)
        throw new Error(`tables at ${position} cannot take event ${events[0]!.sequence}`);
      db.exec('BEGIN');
      try {
        for (const event of events) writer(event);
        setMeta.run('position', String(last.sequence));
        setMeta.run('head', last.entry.id);
        db.exec('COMMIT');
      } catch (error) {
        db.exec('ROLLBACK');
        throw error;
      }
      position = last.sequence;
      headId = last.entry.id;
    },
    asOf: (query: AsOfQuery): AsOfFacts => asOf(query),
    timeline: timelineReader(db),
    close: () => db.close(),
  };
};

const prepare = (db: DatabaseSync): void => {
  const wanted = `${schemaVersion}.${model}`;
  const exists = db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'meta'").get();
  if (exists === undefined) {
    db.exec(schema);
    db.prepare("INSERT INTO meta VALUES ('version', ?)").run(wanted);
    return;
  }
  const row = db.prepare("SELECT value FROM meta WHERE name = 'version'").get();
  if ((row as { value?: string } | undefined)?.value === wanted) return;
  db.close();
  throw new StaleTablesError(`read tables are not of version ${wanted}`);
};

const timelineReader = (db: DatabaseSync) => {
  const statement = db.prepare(
    `SELECT k, event FROM facts
     WHERE series = (SELECT id FROM series WHERE question = 'timeline' AND thing = ?)
       AND k >= ? AND k < ? AND k > ? AND seq <= ? AND until_seq > ?
     ORDER BY k LIMIT ?`,
  );
  return ({ from, until, knownAt, after, limit }: TimelineQuery): readonly TimelineRow[] =>
    (
      statement.all(
        timelineThing,
        from ?? '',
        until ?? endOf('9'),
        after ?? '',
        knownAt,
        knownAt,
        limit,
      ) as unknown as { k: string; event: string }[]
    ).map((row) => ({ at: row.k, eventId: row.event }));
};
