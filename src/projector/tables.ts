/** The read tables in SQLite: written by the projector, asked by the ledger. */
import { DatabaseSync } from 'node:sqlite';
import type { AsOfFacts, AsOfQuery, TimelineQuery, TimelineRow } from '../ledger/read-tables.ts';
import type { Seen, WritableTables } from '../ledger/read-tables.ts';
import { model } from '../../projections/index.ts';
import { factReader } from './as-of.ts';
import { postingIndexes, postingReader, postingSchema, sumReader } from './postings.ts';
import { factWriter } from './write.ts';
import { endOf, indexes, schema, schemaVersion } from './schema.ts';
import type { StoredEvent } from '../ledger/event-log.ts';

export interface Tables extends WritableTables {
  /** Id of the event at `position`, to recognise a log that is not the one they were made of. */
  headId(): string | undefined;
  /** From now on a crash must leave them whole. Tables that were not settled are made anew. */
  settle(): void;
  /** Facts that are kept, for measuring. */
  size(): number;
}

/** The file holds no tables of this version and model; they have to be made anew. */
export class StaleTablesError extends Error {
  override readonly name = 'StaleTablesError';
  /** What they had seen all the same. */
  readonly seen: Seen;
  constructor(wanted: string, seen: Seen) {
    super(`read tables are not of version ${wanted}`);
    this.seen = seen;
  }
}

/** Followed by others while it is written: a crash leaves whole transactions. */
const lasting = 'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;';
/** Made in one go, and thrown away if that is cut off: `settle` ends it. */
const building = 'PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;';

/**
 * Opens or makes read tables. They are written without waiting for the disk: what a crash takes
 * from them is taken again from the log.
 * @param file a path, or `:memory:`
 * @throws StaleTablesError
 */
export const openTables = (file: string): Tables => {
  const db = new DatabaseSync(file);
  db.exec('PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY;');
  let settled = !prepare(db);
  db.exec(settled ? lasting : building);
  const meta = db.prepare('SELECT value FROM meta WHERE name = ?');
  const setMeta = db.prepare(
    'INSERT INTO meta VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  );
  const read = (name: string) => (meta.get(name) as { value: string } | undefined)?.value;
  let position = Number(read('position') ?? -1);
  let headId = read('head');
  const writer = factWriter(db);
  const asOf = factReader(db);
  const sums = sumReader(db);

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
        for (const event of events) writer.write(event);
        writer.flush();
        setMeta.run('position', String(last.sequence));
        setMeta.run('head', last.entry.id);
        db.exec('COMMIT');
      } catch (error) {
        db.exec('ROLLBACK');
        writer.forget();
        throw error;
      }
      position = last.sequence;
      headId = last.entry.id;
    },
    asOf: (query: AsOfQuery): AsOfFacts => ({ ...asOf(query), ...sums(query) }),
    ...postingReader(db),
    timeline: timelineReader(db),
    endedBy: endReader(db),
    settle: () => {
      if (settled) return;
      settled = true;
      db.exec(indexes);
      db.exec(postingIndexes);
      setMeta.run('settled', 'yes');
      db.exec(lasting);
    },
    close: () => db.close(),
  };
};

/** True when the tables were made just now. */
const prepare = (db: DatabaseSync): boolean => {
  const wanted = `${schemaVersion}.${model}`;
  const exists = db.prepare("SELECT 1 FROM sqlite_master WHERE name = 'meta'").get();
  if (exists === undefined) {
    db.exec(schema);
    db.exec(postingSchema);
    db.prepare("INSERT INTO meta VALUES ('version', ?)").run(wanted);
    return true;
  }
  const found = db
    .prepare(
      "SELECT group_concat(value, ' ') AS state FROM meta WHERE name IN ('settled', 'version')",
    )
    .get() as { state: string | null };
  if (found.state === `yes ${wanted}`) return false;
  const meta = db.prepare('SELECT value FROM meta WHERE name = ?');
  const read = (name: string) => (meta.get(name) as { value: string } | undefined)?.value;
  const seen = { position: Number(read('position') ?? -1), headId: read('head') };
  db.close();
  throw new StaleTablesError(wanted, seen);
};

const endReader = (db: DatabaseSync) => {
  const statement = db.prepare(
    `SELECT DISTINCT by_event.id
     FROM events e
     JOIN facts f ON f.seq = e.seq AND f.until_seq <= ?
     JOIN events by_event ON by_event.seq = f.until_seq
     WHERE e.id = ?`,
  );
  return (eventId: string, knownAt: number): readonly string[] =>
    (statement.all(knownAt, eventId) as unknown as { id: string }[]).map((row) => row.id);
};

const timelineReader = (db: DatabaseSync) => {
  const statement = db.prepare(
    `SELECT k, id FROM events
     WHERE k >= ? AND k < ? AND k > ? AND seq <= ? AND until_seq > ?
     ORDER BY k LIMIT ?`,
  );
  return ({ from, until, knownAt, after, limit }: TimelineQuery): readonly TimelineRow[] =>
    (
      statement.all(
        from ?? '',
        until ?? endOf('9'),
        after ?? '',
        knownAt,
        knownAt,
        limit,
      ) as unknown as { k: string; id: string }[]
    ).map((row) => ({ at: row.k, eventId: row.id }));
};
