/** The log in one SQLite file, written by one process. */
import { dirname } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import {
  type AppendOutcome,
  type EventLog,
  InvalidEntryError,
  LogUnavailableError,
} from '../ledger/event-log.ts';
import { commitQueue } from '../ledger/commit-queue.ts';
import type { Judge } from './clock.ts';
import { followersOf } from './followers.ts';
import { guarded, inOwnWords } from './sqlite-errors.ts';
import { openFile, transaction } from './sqlite-file.ts';
import { type SqliteStore, sqliteStore } from './sqlite-store.ts';
import { type AppendRequest, logOf, type Store, tryAppend } from './store.ts';
import { acquireWriterLock } from './writer-lock.ts';

/** Milliseconds after which a reader looks for what another process wrote. */
const lookEvery = 100;

export interface SqliteLogOptions {
  /** Path of the file. Its folder holds one ledger, and is made when it is not there. */
  readonly file: string;
  /** The ledger that it must be; 32 hex digits. */
  readonly ledgerId?: string;
  /** Beside another process that writes; appends are then refused. */
  readonly readOnly?: boolean;
  /** Looks whether the clock may date what is appended; absent: it may. */
  readonly judge?: Judge;
  /** Size of the file at most, in pages of 4 KiB; beyond it the disk counts as full. */
  readonly maxPages?: number;
}

export interface SqliteLog extends EventLog {
  /** Transactions committed since it was opened. */
  commits(): number;
}

/**
 * Opens the log, or makes it when there is no file. Reading and committing block the event
 * loop: read long ranges in pages.
 * @throws ForeignLogError when the file is not this ledger's log, or damaged
 * @throws LogUnavailableError when another process writes it, or the file cannot be opened
 */
export const openSqliteLog = (options: SqliteLogOptions): SqliteLog => {
  const { file, ledgerId, readOnly = false, maxPages, judge } = options;
  const lock = readOnly ? undefined : acquireWriterLock(dirname(file));
  try {
    const db = guarded(() => openFile({ file, ledgerId, readOnly, maxPages }));
    const log = readOnly ? reading(db) : writing(db, ledgerId, judge);
    return { ...log, close: () => log.close().finally(() => lock?.release()) };
  } catch (error) {
    lock?.release();
    throw error;
  }
};

const reading = (db: DatabaseSync): SqliteLog => {
  const tables = sqliteStore(db);
  const store = speaking({ ...tables, head: tables.reload });
  const log = logOf({
    store,
    followers: followersOf({ ...followable(store), lookEvery }),
    write: async () => {
      throw new LogUnavailableError('the log was opened for reading only');
    },
    shut: () => db.close(),
  });
  return { ...log, commits: () => 0 };
};

const writing = (
  db: DatabaseSync,
  ledgerId: string | undefined,
  judge: Judge | undefined,
): SqliteLog => {
  const tables = sqliteStore(db);
  const store = speaking(tables);
  const followers = followersOf(followable(store));
  const group = groupCommit(db, tables, ledgerId);
  const queue = commitQueue<AppendRequest, AppendOutcome>(
    (requests) => {
      const settled = group.commit(requests);
      followers.wake();
      return settled;
    },
    ({ entries }) => entries.reduce((sum, { bytes }) => sum + bytes, 0),
  );
  const log = logOf({
    store,
    followers,
    write: queue.submit,
    judge,
    shut: () => {
      queue.drain();
      db.close();
    },
  });
  return { ...log, commits: group.commits };
};

/** Carries out several requests in one transaction. */
const groupCommit = (db: DatabaseSync, tables: SqliteStore, ledgerId: string | undefined) => {
  let commits = 0;
  let unsure = false;

  // Whatever is thrown undoes the transaction.
  const attempt = (request: AppendRequest): PromiseSettledResult<AppendOutcome> =>
    otherLedger(request, ledgerId) ?? tryAppend(tables, request);

  const commit = (requests: readonly AppendRequest[]) => {
    const before = tables.head();
    try {
      const settled = transaction(db, () => {
        if (unsure) tables.reload();
        return requests.map(attempt);
      });
      unsure = false;
      if (tables.head().sequence > before.sequence) commits += 1;
      return settled;
    } catch (error) {
      tables.rewind(before);
      unsure = true;
      throw inOwnWords(error);
    }
  };
  return { commit, commits: () => commits };
};

/** The flaw of a request that opens another ledger than this must be. */
const otherLedger = ({ entries }: AppendRequest, ledgerId: string | undefined) => {
  const opened = entries.find((entry) => entry.ledgerId !== undefined)?.ledgerId;
  if (ledgerId === undefined || opened === undefined || opened === ledgerId) return undefined;
  const reason = new InvalidEntryError(`this is ledger ${ledgerId}, not ledger ${opened}`);
  return { status: 'rejected', reason } as const;
};

export const followable = (store: Store) => ({
  head: () => store.head().sequence,
  page: (from: number, to: number) =>
    store.events('all', { from, to, limit: to - from + 1, backward: false }),
});

/** The same store, with errors in the log's own words. */
export const speaking = (store: Store): Store => ({
  ...store,
  head: () => guarded(store.head),
  byIds: (ids) => guarded(() => store.byIds(ids)),
  events: (items, range) => guarded(() => store.events(items, range)),
});
