/**
 * Blocks of a series: about 16 facts each, and about 256 in those of the second level, with the
 * lowest sequence from which one of them is known.
 */
import type { DatabaseSync } from 'node:sqlite';
import { firstPlace, lastPlace } from './schema.ts';

/** Splits the blocks that a new head falls in. A series without heads has no blocks. */
export const blockWriter = (db: DatabaseSync) => {
  const holding = db.prepare(
    'SELECT k, next FROM blocks WHERE series = ? AND level = ? AND k <= ? ORDER BY k DESC LIMIT 1',
  );
  // What comes later into a block without facts is not known before its head.
  const put = db.prepare(
    `INSERT OR REPLACE INTO blocks
     SELECT :series, :level, :k, :next, coalesce(min(known), :known)
     FROM facts WHERE series = :series AND k >= :k AND k < :next`,
  );
  return (series: number, k: string, known: number, levels: number): void => {
    for (const level of [1, 2]) {
      const split = holding.get(series, level, k) as { k: string; next: string } | undefined;
      if (split?.k === k) continue;
      const whole = split ?? { k: firstPlace, next: lastPlace };
      if (level <= levels) {
        put.run({ series, level, known, k: whole.k, next: k });
        put.run({ series, level, known, k, next: whole.next });
      } else if (split === undefined) put.run({ series, level, known, ...whole });
    }
  };
};
