/**
 * What the store of keys notes of keys that were given up: somebody who counted them said that
 * they are lost for good. A key that turns up again opens, whatever was said.
 */
import type { DatabaseSync } from 'node:sqlite';
import { whole } from './office-file.ts';

export interface KeyLoss {
  /** Ids of keys that are given up: they stay unknown. */
  readonly lost: readonly string[];
  /** Ids of keys that are gone as well, of persons whom the log says are erased. */
  readonly erased: readonly string[];
  /** An instant in UTC. */
  readonly acceptedAt: string;
  /** Why whoever decides accepts it. */
  readonly reason: string;
}

/** Keys given up at one time that are still not there. */
export interface LostSince {
  readonly acceptedAt: string;
  readonly keys: number;
}

export interface Losses {
  /** All of it or nothing; durable when it returns. */
  acceptLoss(loss: KeyLoss): void;
  /** Those among these that were given up. */
  lostAmong(keyIds: readonly string[]): ReadonlySet<string>;
  /** The first loss first. */
  losses(): readonly LostSince[];
}

export const lossTables = `
  CREATE TABLE losses (loss INTEGER PRIMARY KEY, accepted_at TEXT NOT NULL, reason TEXT NOT NULL);
  CREATE TABLE lost_keys (key_id TEXT PRIMARY KEY, loss INTEGER NOT NULL) WITHOUT ROWID;
`;

export const lossesIn = (db: DatabaseSync): Losses => ({
  acceptLoss: ({ lost, erased, acceptedAt, reason }) =>
    whole(db, () => {
      const { lastInsertRowid: loss } = db
        .prepare('INSERT INTO losses (accepted_at, reason) VALUES (?, ?)')
        .run(acceptedAt, reason);
      const giveUp = db.prepare('INSERT OR IGNORE INTO lost_keys VALUES (?, ?)');
      for (const keyId of lost) giveUp.run(keyId, loss);
      const mark = db.prepare('INSERT OR IGNORE INTO erased_keys VALUES (?)');
      for (const keyId of erased) mark.run(keyId);
    }),
  lostAmong: (keyIds) => {
    const rows = db
      .prepare(
        'SELECT key_id AS keyId FROM lost_keys WHERE key_id IN (SELECT value FROM json_each(?))',
      )
      .all(JSON.stringify(keyIds));
    return new Set(rows.map(({ keyId }) => keyId as string));
  },
  losses: () =>
    db
      .prepare(
        `SELECT accepted_at AS acceptedAt, count(*) AS keys FROM lost_keys JOIN losses USING (loss)
          WHERE key_id NOT IN (SELECT key_id FROM keys) GROUP BY loss ORDER BY loss`,
      )
      .all() as unknown as readonly LostSince[],
});
