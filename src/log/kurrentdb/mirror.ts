/**
 * What the stream holds, kept in a SQLite file of the same shape as the log in a file. All reading
 * happens here, and a writer decides on it. It can be thrown away: the stream has everything.
 */
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import {
  type AppendOutcome,
  ForeignLogError,
  type Head,
  InvalidEntryError,
} from '../../ledger/event-log.ts';
import { type Admitted, admitText } from '../admission.ts';
import { guarded } from '../sqlite-errors.ts';
import { openFile, rehearsal, transaction } from '../sqlite-file.ts';
import { type SqliteStore, sqliteStore } from '../sqlite-store.ts';
import { type AppendRequest, type Store, tryAppend } from '../store.ts';
import type { Found } from './server.ts';

export interface Mirror {
  readonly store: Store;
  head(): Head;
  /** How requests would end, one after the other, and what they would write; writes nothing. */
  decide(requests: readonly AppendRequest[]): Decided;
  /**
   * Puts events of the stream in their place, and gives those that were not here yet.
   * @param known what each of them is, where that was compared already
   * @throws ForeignLogError at the first that does not belong; those before it are kept
   */
  apply(found: readonly Found[], known?: readonly Admitted[]): readonly Admitted[];
  close(): void;
}

interface Decided {
  readonly settled: readonly PromiseSettledResult<AppendOutcome>[];
  readonly entries: readonly Admitted[];
}

export const mirrorFile = (folder: string): string => join(folder, 'mirror.sqlite');

/** @throws ForeignLogError, LogUnavailableError */
export const openMirror = (folder: string): Mirror => {
  const file = mirrorFile(folder);
  const db = guarded(() => openFile({ file, readOnly: false }));
  // What a crash takes from the mirror comes again from the stream.
  db.exec('PRAGMA synchronous = NORMAL');
  const tables = sqliteStore(db);
  return {
    store: tables,
    head: tables.head,
    decide: (requests) => guarded(() => decide(db, tables, requests)),
    apply: (found, known) => guarded(() => apply(db, tables, found, known)),
    close: () => db.close(),
  };
};

const decide = (
  db: DatabaseSync,
  tables: SqliteStore,
  requests: readonly AppendRequest[],
): Decided => {
  const entries: Admitted[] = [];
  const trying: Store = {
    ...tables,
    insert: (entry) => {
      tables.insert(entry);
      entries.push(entry);
    },
  };
  const before = tables.head();
  try {
    const settled = rehearsal(db, () => requests.map((request) => tryAppend(trying, request)));
    return { settled, entries };
  } finally {
    tables.rewind(before);
  }
};

const apply = (
  db: DatabaseSync,
  tables: SqliteStore,
  found: readonly Found[],
  known: readonly Admitted[] | undefined,
): readonly Admitted[] => {
  const before = tables.head();
  const { admitted, flaw } = admissible(tables, found, known);
  if (admitted.length > 0)
    try {
      transaction(db, () => admitted.forEach(tables.insert));
    } catch (error) {
      tables.rewind(before);
      throw error;
    }
  if (flaw !== undefined) throw flaw;
  return admitted;
};

/** Those that go on after the head, up to the first that does not belong. */
const admissible = (
  tables: SqliteStore,
  found: readonly Found[],
  known: readonly Admitted[] | undefined,
) => {
  const admitted: Admitted[] = [];
  let { sequence, recordedAt = '' } = tables.head();
  try {
    for (const [i, event] of found.entries()) {
      if (event.revision <= sequence) {
        checkSame(tables, admitted, event);
        continue;
      }
      if (event.revision > sequence + 1)
        throw new ForeignLogError(
          `event ${sequence + 1} is missing from the stream, which goes on at ${event.revision}`,
        );
      const entry = known?.[i] ?? admitFound(event);
      if (entry.recordedAt < recordedAt)
        throw new ForeignLogError(`event ${event.revision} goes back in time`);
      admitted.push(entry);
      ({ recordedAt } = entry);
      sequence += 1;
    }
  } catch (error) {
    if (!(error instanceof ForeignLogError)) throw error;
    return { admitted, flaw: error };
  }
  return { admitted, flaw: undefined };
};

const checkSame = (
  tables: SqliteStore,
  admitted: readonly Admitted[],
  { revision, text }: Found,
): void => {
  const coming = admitted[revision - tables.head().sequence - 1]?.text;
  if ((coming ?? tables.textAt(revision)) !== text)
    throw new ForeignLogError(`event ${revision} is another one than was seen before`);
};

/** @throws ForeignLogError */
const admitFound = ({ revision, id, type, text }: Found): Admitted => {
  const foreign = (why: string, cause?: unknown): ForeignLogError =>
    new ForeignLogError(`event ${revision} of the stream (${type}) is not the ledger's: ${why}`, {
      cause,
    });
  if (text === undefined) throw foreign('its data is not a JSON object');
  let entry: Admitted;
  try {
    entry = admitText(text);
  } catch (error) {
    throw foreign(error instanceof Error ? error.message : String(error), error);
  }
  if (entry.id !== id || entry.type !== type) throw foreign('its id or type is another');
  if ((entry.ledgerId !== undefined) !== (revision === 0))
    throw foreign('LedgerOpened comes first, and only first');
  return entry;
};

/**
 * The client reads JSON and writes it anew: only a text that comes out as it went in is stored.
 * @throws InvalidEntryError
 */
export const checkSurvives = ({ id, text }: Admitted): void => {
  if (JSON.stringify(JSON.parse(text)) !== text)
    throw new InvalidEntryError(`entry ${id} would not come back from the stream as it is`);
};
