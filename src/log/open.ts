/** The log that an address names. KurrentDB's client is loaded only where it is used. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { EventLog, LogState } from '../ledger/event-log.ts';
import { AddressError, readAddress } from './kurrentdb/address.ts';
import type { Notice } from './kurrentdb/condition.ts';
import { openSqliteLog } from './sqlite.ts';

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

/** @throws AddressError, ForeignLogError, LogUnavailableError */
export const openLogAt = async (options: OpenOptions): Promise<OpenedLog> => {
  const { address, ...place } = options;
  if (address === sqlite) return openSqliteLog({ file: fileIn(place.folder) });
  // The client would print passwords in its own debug log.
  delete process.env['DEBUG'];
  const read = readAddress(address);
  const { openKurrentLog } = await import('./kurrentdb/log.ts');
  survive(place.report);
  return openKurrentLog({ ...place, address: read });
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
