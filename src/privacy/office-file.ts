/** What the small SQLite files of the office have in common. */
import { DatabaseSync } from 'node:sqlite';

interface OfficeFile {
  /** Raised when its tables change. */
  readonly version: number;
  readonly pragmas: string;
  /** Brings a file of an older version to this one; an empty file is of version 0. */
  readonly prepare: (db: DatabaseSync, found: number) => void;
}

/** @throws Error when the file is of a newer version, or no database */
export const openOfficeFile = (
  file: string,
  { version, pragmas, prepare }: OfficeFile,
): DatabaseSync => {
  const db = new DatabaseSync(file);
  try {
    const { user_version: found } = db.prepare('PRAGMA user_version').get() as {
      user_version: number;
    };
    if (found > version) throw new Error(`${file} is of a newer version`);
    db.exec(pragmas);
    if (found < version)
      whole(db, () => {
        prepare(db, found);
        db.exec(`PRAGMA user_version = ${version}`);
      });
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
};

/** Whether another process holds the file. https://sqlite.org/rescode.html#busy */
export const isHeld = (error: unknown): boolean =>
  error instanceof Error && 'errcode' in error && (Number(error.errcode) & 0xff) === 5;

/** All of a change or nothing. */
export const whole = <T>(db: DatabaseSync, change: () => T): T => {
  db.exec('BEGIN IMMEDIATE');
  try {
    const result = change();
    db.exec('COMMIT');
    return result;
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK');
    throw error;
  }
};
