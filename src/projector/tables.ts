/** The read tables in SQLite: written by the projector, asked by the ledger. */
import { closeSync, fsyncSync, openSync } from 'node:fs';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { AsOfFacts, AsOfQuery, TimelineQuery, TimelineRow } from '../ledger/read-tables.ts';
import type { ReadTables, Seen, Span, Touched } from '../ledger/read-tables.ts';
import { common, model, projections } from '../../projections/index.ts';
import { factReader, thingReader } from './as-of.ts';
import { eventRowReader } from './event-rows.ts';
import { postingIndexes, postingReader, postingSchema, sumReader } from './postings.ts';
import { type FactWriter, factWriter } from './write.ts';
import { endOf, indexes, openEnd, schema, schemaVersion } from './schema.ts';
import type { StoredEvent } from '../ledger/event-log.ts';

export interface Tables extends ReadTables {
  /** Takes events in the order of the log, without gaps. */
  apply(events: readonly StoredEvent[]): void;
  close(): void;
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

/**
 * Followed by others while it is written: a crash leaves whole transactions. Mapped into memory,
 * for a list reads pages all over the file.
 */
const lasting = `PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
  PRAGMA mmap_size = ${1 << 30};`;
/** Made in one transaction, and thrown away if that is cut off: `settle` ends it. */
const building = 'PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;';
const inMemory = ':memory:';

/**
 * Opens or makes read tables. They are written without waiting for the disk: what a crash takes
 * from them is taken again from the log.
 * @param file a path, or `:memory:`
 * @throws StaleTablesError
 */
export const openTables = (file: string): Tables => {
  const db = new DatabaseSync(file);
  db.exec('PRAGMA cache_size = -65536; PRAGMA temp_store = MEMORY;');
  // In memory there is nothing to wait for, and what is rehearsed must be taken back.
  let settled = !prepare(db) || file === inMemory;
  if (file !== inMemory) db.exec(settled ? lasting : building);
  const meta = db.prepare('SELECT value FROM meta WHERE name = ?');
  const setMeta = db.prepare(
    'INSERT INTO meta VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  );
  const read = (name: string) => (meta.get(name) as { value: string } | undefined)?.value;
  let position = Number(read('position') ?? -1);
  let headId = read('head');
  const writer = factWriter(db);
  const undo = (): void => {
    // Without a journal nothing can be undone: what is being built is thrown away as a whole.
    if (settled) db.exec('ROLLBACK');
    writer.forget();
  };

  return {
    position: () => position,
    headId: () => headId,
    size: () => (db.prepare('SELECT count(*) AS n FROM facts').get() as { n: number }).n,
    apply: (events: readonly StoredEvent[]) => {
      const last = events.at(-1);
      if (last === undefined) return;
      if (!db.isTransaction) db.exec('BEGIN');
      try {
        write(writer, events, position);
        setMeta.run('position', String(last.sequence));
        setMeta.run('head', last.entry.id);
        if (settled) db.exec('COMMIT');
      } catch (error) {
        undo();
        throw error;
      }
      position = last.sequence;
      headId = last.entry.id;
    },
    rehearse: (events, ask) => {
      db.exec(indexes);
      db.exec('BEGIN');
      try {
        write(writer, events, position);
        return ask();
      } finally {
        undo();
      }
    },
    ...readersOf(db),
    settle: () => {
      if (settled) return;
      db.exec(indexes);
      db.exec(postingIndexes);
      if (db.isTransaction) db.exec('COMMIT');
      flushToDisk(file);
      // The mark goes through the write-ahead log: it is there only when what it marks is.
      db.exec(lasting);
      setMeta.run('settled', 'yes');
      settled = true;
    },
    close: () => db.close(),
  };
};

/** Everything that can be asked. */
const readersOf = (db: DatabaseSync) => {
  const [facts, sums] = [factReader(db), sumReader(db)];
  return {
    asOf: (query: AsOfQuery, span?: Span): AsOfFacts => ({ ...facts(query, span), ...sums(query) }),
    ...thingReader(db),
    ...postingReader(db),
    timeline: timelineReader(db),
    endedBy: endReader(db),
    ...eventRowReader(db),
    touched: touchReader(db),
  };
};

/** @throws Error when they do not follow on the last event */
const write = (writer: FactWriter, events: readonly StoredEvent[], position: number): void => {
  const first = events[0]?.sequence;
  if (first !== undefined && first !== position + 1)
    throw new Error(`tables at ${position} cannot take event ${first}`);
  for (const event of events) writer.write(event);
  writer.flush();
};

const flushToDisk = (file: string): void => {
  const opened = openSync(file, 'r+');
  try {
    fsyncSync(opened);
  } finally {
    closeSync(opened);
  }
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

/** Questions whose items are sums of postings. */
const amountQuestions = projections.flatMap((p) => (p.amounts === undefined ? [] : [p.question]));

const touchReader = (db: DatabaseSync) => {
  let statement: StatementSync | undefined;
  const prepared = (): StatementSync => {
    // Tables that were filled from the start may not have these yet.
    db.exec(indexes);
    return db.prepare(
      `SELECT s.question, s.thing FROM (
         SELECT series FROM facts WHERE seq > :after AND seq <= :upTo
         UNION
         SELECT series FROM facts
         WHERE until_seq > :after AND until_seq <= :upTo AND until_seq < ${openEnd}
       ) f JOIN series s ON s.id = f.series
       GROUP BY s.question, s.thing ORDER BY s.question, min(s.id)`,
    );
  };
  const posted = db.prepare('SELECT 1 FROM postings WHERE seq > ? AND seq <= ? LIMIT 1');
  return (after: number, upTo: number): readonly Touched[] => {
    const rows = (statement ??= prepared()).all({ after, upTo });
    const things = (rows as unknown as { question: number; thing: string }[]).map((row) => ({
      question: projections[row.question]!.question,
      thing: row.thing,
    }));
    // A posting may pass to a successor: whoever asks about amounts looks at all of them.
    const summed = posted.get(after, upTo) === undefined ? [] : amountQuestions;
    return [...things, ...summed.map((question) => ({ question, thing: common }))];
  };
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
