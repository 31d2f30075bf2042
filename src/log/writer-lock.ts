/**
 * One process writes. The lock is the operating system's, held through a small database beside
 * the log, so it ends with the process however that ends.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { LogUnavailableError } from '../ledger/event-log.ts';

export interface WriterLock {
  release(): void;
}

/**
 * @param folder the folder of the log; made when it is not there
 * @throws LogUnavailableError when another process holds it
 */
export const acquireWriterLock = (folder: string): WriterLock => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const holder = join(folder, 'writer.pid');
  const db = new DatabaseSync(join(folder, 'writer.lock'), { timeout: 0 });
  try {
    db.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    db.close();
    if (!String((error as Error).message).includes('locked')) throw error;
    throw new LogUnavailableError(
      `another process${pidOf(holder)} is writing the ledger in ${folder}`,
    );
  }
  writeFileSync(holder, String(process.pid), { mode: 0o600 });
  return { release: () => db.close() };
};

const pidOf = (holder: string): string => {
  try {
    return ` (${readFileSync(holder, 'utf8').trim()})`;
  } catch {
    // Only a help in the message: the lock itself says enough.
    return '';
  }
};
