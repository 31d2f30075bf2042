/**
 * The embedded log: one SQLite file, write-ahead, synced at every commit. Appends that wait
 * together share a commit; each is taken or refused on its own within it.
 */
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { type Entry, readText } from '../../events/index.ts';
import {
  type AppendCondition,
  type AppendOutcome,
  type EventLog,
  type Head,
  InvalidEntryError,
  LogClosedError,
  LogUnavailableError,
  type Query,
  type ReadOptions,
  type StoredEvent,
} from '../ledger/event-log.ts';
import { admit, type Admitted, admitCondition, admitQuery } from './admission.ts';
import { followers } from './followers.ts';
import { querySql } from './query-sql.ts';
import { openDatabase } from './sqlite-file.ts';
import { acquireWriterLock } from './writer-lock.ts';

export interface SqliteLogOptions {
  readonly file: string;
  /** The ledger that is expected; another one is refused. */
  readonly ledgerId?: string;
  /** Most pages the file may have; for trying what a full disk does. */
  readonly maxPages?: number;
}

export interface SqliteLog extends EventLog {
  /** Commits made so far. */
  commits(): number;
}

interface Pending {
  readonly admitted: readonly Admitted[];
  readonly condition: AppendCondition | undefined;
  readonly resolve: (outcome: AppendOutcome) => void;
  readonly reject: (error: Error) => void;
}

interface Row {
  readonly sequence: number;
  readonly text: string;
}

/** A statement has at most 32,766 parameters and 500 parts; wider queries go in slices. */
const itemsAtOnce = 100;

/** @throws ForeignLogError, LogUnavailableError */
export const openSqliteLog = ({ file, ledgerId, maxPages }: SqliteLogOptions): SqliteLog => {
  const lock = acquireWriterLock(dirname(file));
  let db: DatabaseSync;
  try {
    db = openDatabase(file, ledgerId);
    if (maxPages !== undefined) db.exec(`PRAGMA max_page_count = ${maxPages}`);
  } catch (error) {
    lock.release();
    throw error;
  }
  const reads = reader(db);
  let head = reads.head();
  let queue: Pending[] = [];
  let closed = false;
  let commits = 0;
  const open = (): void => {
    if (closed) throw new LogClosedError('the log is closed');
  };
  const following = followers({
    head: () => head.sequence,
    read: (options) => reads.read('all', options),
  });
  const take = taker(db, reads);

  const flush = (): void => {
    const batch = queue;
    queue = [];
    if (batch.length === 0) return;
    let outcomes: readonly (AppendOutcome | Error)[];
    let reached: Head = head;
    try {
      db.exec('BEGIN IMMEDIATE');
      outcomes = batch.map((pending) => {
        const [outcome, next] = take(pending, reached);
        reached = next;
        return outcome;
      });
      db.exec('COMMIT');
    } catch (error) {
      if (db.isTransaction) db.exec('ROLLBACK');
      const reason = new LogUnavailableError((error as Error).message);
      batch.forEach((pending) => pending.reject(reason));
      return;
    }
    commits += 1;
    head = reached;
    batch.forEach((pending, i) => {
      const outcome = outcomes[i]!;
      if (outcome instanceof Error) pending.reject(outcome);
      else pending.resolve(outcome);
    });
    following.wake();
  };

  return {
    append: async (entries: readonly Entry[], condition): Promise<AppendOutcome> => {
      open();
      admitCondition(condition);
      const admitted = admit(entries);
      return new Promise((resolve, reject) => {
        queue.push({ admitted, condition, resolve, reject });
        // After all that is ready to run now: what waits together shares a commit.
        if (queue.length === 1) setImmediate(flush);
      });
    },
    read: async (query, options = {}) => {
      open();
      return reads.read(admitQuery(query), options);
    },
    byId: async (eventId) => {
      open();
      return reads.byId(eventId);
    },
    head: () => head,
    follow: (after, signal) => following.follow(after, signal),
    commits: () => commits,
    close: async () => {
      if (closed) return;
      closed = true;
      flush();
      following.close();
      db.close();
      lock.release();
    },
  };
};

/** Puts one command in, within the running transaction; or says why not, leaving nothing. */
const taker = (db: DatabaseSync, reads: Reader) => {
  const insertEvent = db.prepare('INSERT INTO events (sequence, id, type, text) VALUES (?, ?, ?, ?)');
  const insertTag = db.prepare('INSERT INTO tags (tag, sequence) VALUES (?, ?)');
  const hasId = db.prepare('SELECT 1 FROM events WHERE id = ?');
  return (
    { admitted, condition }: Pending,
    head: Head,
  ): readonly [AppendOutcome | Error, Head] => {
    const known = admitted.find(({ entry }) => hasId.get(entry.id) !== undefined);
    if (known !== undefined)
      return [new InvalidEntryError(`event id ${known.entry.id} is in the log`), head];
    if (condition !== undefined && reads.anyAfter(condition.failIfEventsMatch, condition.after))
      return [{ outcome: 'conflict' }, head];
    if (admitted[0]!.entry.recordedAt < (head.recordedAt ?? ''))
      return [{ outcome: 'clock' }, head];
    const first = head.sequence + 1;
    admitted.forEach(({ entry, text, tags }, i) => {
      insertEvent.run(first + i, entry.id, entry.type, text);
      for (const tag of tags) insertTag.run(tag, first + i);
    });
    const last = first + admitted.length - 1;
    return [
      { outcome: 'appended', first, last },
      { sequence: last, recordedAt: admitted.at(-1)!.entry.recordedAt },
    ];
  };
};

type Reader = ReturnType<typeof reader>;

const reader = (db: DatabaseSync) => {
  const forward = db.prepare(
    'SELECT sequence, text FROM events WHERE sequence BETWEEN ? AND ? ORDER BY sequence LIMIT ?',
  );
  const backward = db.prepare(
    'SELECT sequence, text FROM events WHERE sequence BETWEEN ? AND ? ORDER BY sequence DESC LIMIT ?',
  );
  const withId = db.prepare('SELECT sequence, text FROM events WHERE id = ?');
  const last = db.prepare('SELECT sequence, text FROM events ORDER BY sequence DESC LIMIT 1');
  // The same few shapes of query come again and again; preparing one costs more than running it.
  const prepared = new Map<string, ReturnType<DatabaseSync['prepare']>>();
  const statement = (text: string) => {
    const found = prepared.get(text);
    if (found !== undefined) return found;
    if (prepared.size >= 500) prepared.clear();
    const made = db.prepare(text);
    prepared.set(text, made);
    return made;
  };
  const most = Number.MAX_SAFE_INTEGER;

  const slices = (query: Exclude<Query, 'all'>) =>
    Array.from({ length: Math.ceil(query.length / itemsAtOnce) }, (_, i) =>
      query.slice(i * itemsAtOnce, (i + 1) * itemsAtOnce),
    );

  const matching = (query: Exclude<Query, 'all'>, options: ReadOptions): readonly Row[] => {
    const { from = 0, to = most, limit = most } = options;
    const order = options.direction === 'backward' ? 'DESC' : 'ASC';
    const rows = new Map<number, Row>();
    for (const slice of slices(query)) {
      const sql = querySql(slice, from, to);
      if (sql === undefined) continue;
      const text = `SELECT sequence, text FROM events WHERE sequence IN (${sql.text}) ORDER BY sequence ${order} LIMIT ?`;
      for (const row of statement(text).all(...sql.values, limit) as unknown as Row[])
        rows.set(row.sequence, row);
    }
    const sign = order === 'ASC' ? 1 : -1;
    return [...rows.values()].sort((a, b) => sign * (a.sequence - b.sequence)).slice(0, limit);
  };

  return {
    read: (query: Query, options: ReadOptions): readonly StoredEvent[] => {
      const { from = 0, to = most, limit = most } = options;
      if (query !== 'all') return matching(query, options).map(stored);
      const all = options.direction === 'backward' ? backward : forward;
      return (all.all(from, to, limit) as unknown as Row[]).map(stored);
    },
    anyAfter: (query: Query, after = -1): boolean => {
      if (query === 'all') return forward.get(after + 1, most, 1) !== undefined;
      return slices(query).some((slice) => {
        const sql = querySql(slice, after + 1, most);
        return sql !== undefined && statement(`${sql.text} LIMIT 1`).get(...sql.values) !== undefined;
      });
    },
    byId: (eventId: string): StoredEvent | undefined => {
      const row = withId.get(eventId) as Row | undefined;
      return row && stored(row);
    },
    head: (): Head => {
      const row = last.get() as Row | undefined;
      return row === undefined
        ? { sequence: -1 }
        : { sequence: row.sequence, recordedAt: stored(row).entry.recordedAt };
    },
  };
};

const stored = ({ sequence, text }: Row): StoredEvent => ({
  sequence,
  text,
  entry: readText(text),
});
