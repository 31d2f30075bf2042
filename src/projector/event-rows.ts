/** Reading the row of each event: what came after it, and how many there are of what. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { ReadTables, Tally } from '../ledger/read-tables.ts';
import { indexes, openEnd } from './schema.ts';

type Readers = Pick<ReadTables, 'restedOnBy' | 'reversedBy' | 'tally' | 'takenBack'>;

export const eventRowReader = (db: DatabaseSync): Readers => {
  /** Prepared when first asked: tables that were filled from the start may lack the indexes. */
  const indexed = (sql: string): (() => StatementSync) => {
    let statement: StatementSync | undefined;
    return () => {
      if (statement === undefined) db.exec(indexes);
      return (statement ??= db.prepare(sql));
    };
  };
  const rested = db.prepare(
    `SELECT e.id FROM resting r JOIN events e ON e.seq = r.seq
     WHERE r.target = ? AND r.seq <= ? ORDER BY r.seq LIMIT ?`,
  );
  const reversed = indexed(
    `SELECT by_event.id FROM events e JOIN events by_event ON by_event.seq = e.until_seq
     WHERE e.id = ? AND e.until_seq <= ?`,
  );
  const counted = (where: string): string =>
    `SELECT CAST(substr(k, 1, 4) AS INTEGER) AS year, type, count(*) AS count FROM events
     WHERE ${where} GROUP BY 1, 2`;
  const tally = db.prepare(counted('seq BETWEEN ? AND ?'));
  const takenBack = indexed(counted(`until_seq <= ? AND until_seq < ${openEnd}`));
  return {
    restedOnBy: (eventId, knownAt, limit) =>
      (rested.all(eventId, knownAt, limit) as unknown as { id: string }[]).map(({ id }) => id),
    reversedBy: (eventId, knownAt) =>
      (reversed().get(eventId, knownAt) as { id: string } | undefined)?.id,
    tally: (from, to) => tally.all(from, to) as unknown as readonly Tally[],
    takenBack: (knownAt) => takenBack().all(knownAt) as unknown as readonly Tally[],
  };
};
