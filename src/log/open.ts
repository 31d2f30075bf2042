/** The log that an address names. KurrentDB's client is loaded only where it is used. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { EventLog, LogState } from '../ledger/event-log.ts';
import { AddressError, readAddress } from './kurrentdb/address.ts';
import type { Notice } from './kurrentdb/condition.ts';
import { type Examined, headIn } from './examining.ts';
import { steadiness } from './clock.ts';
import { openSqliteLog } from './sqlite.ts';
import { acquireWriterLock } from './writer-lock.ts';

interface LogPlace {
  /** `sqlite:` for a file in the folder, or a connection string. */
  readonly address: string;
  /** The stream of this ledger, on KurrentDB. */
  readonly stream: string;
  /** Folder of the file, or of the mirror. */
  readonly folder: string;
  readonly role: 'writer' | 'reader';
}

interface OpenOptions extends LogPlace {
  readonly report: (notice: Notice) => void;
  readonly progress?: (done: number, total: number) => void;
}

export { AddressError };

/** A log, and how it stands with a server behind it. */
export type OpenedLog = EventLog & { readonly state?: () => LogState };

const sqlite = 'sqlite:';
const fileIn = (folder: string): string => join(folder, 'ledger.sqlite');

/** Whether there may be a ledger to open: a question must not make one in a mistyped folder. */
export const mayBeThere = ({ address, folder }: Pick<LogPlace, 'address' | 'folder'>): boolean =>
  address !== sqlite || existsSync(fileIn(folder));

/** Where the mirror is; it may be thrown away, the rest of the folder may not. */
const mirrorIn = (folder: string): string => join(folder, 'mirror');

/**
 * Opens the log of a service, with the lock of its folder.
 * @throws AddressError, ForeignLogError, LogUnavailableError
 */
export const openLogAt = async (options: OpenOptions): Promise<OpenedLog> => {
  const { address, folder } = options;
  if (address === sqlite) return openSqliteLog({ file: fileIn(folder), judge: steadiness() });
  const lock = acquireWriterLock(folder);
  try {
    const log = await openMirrored({ ...options, folder: mirrorIn(folder) });
    return { ...log, close: () => log.close().finally(() => lock.release()) };
  } catch (error) {
    lock.release();
    throw error;
  }
};

/**
 * Opens one side of a copy: `sqlite:<folder>`, or a connection string, with its mirror in `folder`.
 * @throws as {@link openLogAt}
 */
export const openSide = async (options: OpenOptions): Promise<OpenedLog> =>
  options.address.startsWith(sqlite)
    ? openSqliteLog({ file: fileIn(options.address.slice(sqlite.length)) })
    : openMirrored({ ...options, folder: mirrorIn(options.folder) });

/** Whether a side of a copy has, or may have, a ledger. */
export const sideMayBeThere = (address: string): boolean =>
  !address.startsWith(sqlite) || existsSync(fileIn(address.slice(sqlite.length)));

/** How the log stands, asked beside whatever runs. @throws AddressError */
export const examine = async ({
  address,
  folder,
  stream,
}: Omit<LogPlace, 'role'>): Promise<Examined> => {
  if (address === sqlite) return examineFile(fileIn(folder));
  const read = readAddress(address);
  const { examineStream } = await withoutDebug(() => import('./kurrentdb/examine.ts'));
  return examineStream(read, stream, mirrorIn(folder));
};

const examineFile = (file: string): Examined => {
  const { head, why } = headIn(file);
  return head === undefined
    ? { reachable: false, ...(why === undefined ? {} : { failure: why }) }
    : { reachable: true, head };
};

const openMirrored = async ({ address, ...place }: OpenOptions): Promise<OpenedLog> => {
  const read = readAddress(address);
  const { openKurrentLog } = await withoutDebug(() => import('./kurrentdb/log.ts'));
  survive(place.report);
  return openKurrentLog({ ...place, address: read });
};

/** The client would print passwords in its own debug log. */
const withoutDebug = <T>(load: () => Promise<T>): Promise<T> => {
  delete process.env['DEBUG'];
  return load();
};

let surviving = false;

/**
 * The client converts some errors where nobody can catch what goes wrong with that, and it would
 * end the process. What was asked of it has its own deadline; anything else ends the process still.
 */
const survive = (report: (notice: Notice) => void): void => {
  if (surviving) return;
  surviving = true;
  process.on('uncaughtException', (error) => {
    const [first = '', ...frames] = (error.stack ?? error.message).split('\n');
    if (frames.some((frame) => frame.includes('@eventstore/db-client')))
      report({ kind: 'client', detail: first });
    else {
      process.stderr.write(`${error.stack ?? error.message}\n`);
      process.exit(1);
    }
  });
};
