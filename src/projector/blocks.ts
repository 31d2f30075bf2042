/** Blocks of a series: about 64 facts each, with the lowest sequence from which one is known. */
import type { DatabaseSync } from 'node:sqlite';
import { lastPlace } from './schema.ts';

/** Splits the block that a new head falls in; the first block of a series has no row. */
export const blockWriter = (db: DatabaseSync) => {
  const before = db.prepare(
    'SELECT k, next FROM blocks WHERE series = ? AND k < ? ORDER BY k DESC LIMIT 1',
  );
  const first = db.prepare('SELECT min(k) AS k FROM blocks WHERE series = ?');
  const shorten = db.prepare('UPDATE blocks SET next = ? WHERE series = ? AND k = ?');
  const lowest = db.prepare(
    'SELECT min(known) AS known FROM facts WHERE series = ? AND k >= ? AND k < ?',
  );
  const insert = db.prepare('INSERT INTO blocks VALUES (?, ?, ?, ?)');
  return (series: number, k: string, known: number): void => {
    const split = before.get(series, k) as { k: string; next: string } | undefined;
    const next = split?.next ?? (first.get(series) as { k: string | null }).k ?? lastPlace;
    if (split) shorten.run(k, series, split.k);
    const found = lowest.get(series, k, next) as { known: number | null };
    insert.run(series, k, next, found.known ?? known);
  };
};
