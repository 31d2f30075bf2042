/** Logs in files: made, opened, closed after each test, and changed by hand. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach } from 'vitest';
import { openSqliteLog, type SqliteLog, type SqliteLogOptions } from '../../src/log/sqlite.ts';
import { ledgerOpened, memberJoined } from './entries.ts';
import { temporaryFolder } from './folders.ts';

export const newFile = (): string => join(temporaryFolder(), 'log.sqlite');

const opened: SqliteLog[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((log) => log.close()));
});

export const open = (options: SqliteLogOptions): SqliteLog => {
  const log = openSqliteLog(options);
  opened.push(log);
  return log;
};

/** A closed log with so many events, the first included. */
export const madeLog = async (count: number): Promise<string> => {
  const file = newFile();
  const log = open({ file });
  await log.append([ledgerOpened(), ...Array.from({ length: count - 1 }, () => memberJoined())]);
  await log.close();
  return file;
};

export const byHand = <T>(file: string, change: (db: DatabaseSync) => T): T => {
  const db = new DatabaseSync(file);
  try {
    return change(db);
  } finally {
    db.close();
  }
};
