/**
 * One process writes a ledger. The lock is the operating system's, on a file that SQLite holds:
 * it is gone with the process, however that ends, so there is never a stale one to clear away.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { LogUnavailableError } from '../ledger/event-log.ts';
import { isBusy } from './sqlite-errors.ts';

interface WriterLock {
  release(): void;
}

/**
 * Takes the lock of the ledger in this folder, which is made when it is not there.
 *
 * Nothing in this process may open and close `writer.lock` by other means: on POSIX systems
 * closing any handle of a file gives up all locks that the process holds on it.
 * @throws LogUnavailableError when somebody else holds it
 */
export const acquireWriterLock = (folder: string): WriterLock => {
  const holder = join(folder, 'writer.pid');
  let file: DatabaseSync | undefined;
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    file = new DatabaseSync(join(folder, 'writer.lock'), { timeout: 0 });
    file.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    file?.close();
    const reason = isBusy(error)
      ? `another process (${pidIn(holder)}) holds the ledger in ${folder}; only one can write`
      : `${folder} cannot be locked: ${error instanceof Error ? error.message : String(error)}`;
    throw new LogUnavailableError(reason, { cause: error });
  }
  const held = file;
  noteHolder(holder);
  return {
    release: () => {
      if (!held.isOpen) return;
      rmSync(holder, { force: true });
      held.close();
    },
  };
};

/** Only for the message that others get; the lock does not depend on it. */
const noteHolder = (file: string): void => {
  try {
    writeFileSync(file, `${process.pid}\n`, { mode: 0o600 });
  } catch {
    // A full disk must not keep the ledger from being opened.
  }
};

const pidIn = (file: string): string => {
  try {
    return `pid ${readFileSync(file, 'utf8').trim()}`;
  } catch {
    return 'pid unknown';
  }
};
