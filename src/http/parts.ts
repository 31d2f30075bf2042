/** What the routes are given. */
import type { Imported, HistoryFile } from '../ledger/import.ts';
import type { LogState } from '../ledger/event-log.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { HttpProblem } from './problems.ts';

export interface AppParts {
  /** The ledger; undefined until it has caught up. */
  readonly ledger: () => Ledger | undefined;
  /** Version of this API, from package.json. */
  readonly version: string;
  /** Makes the read tables anew; the answer tells how many events in how many seconds. */
  readonly rebuild?: () => Promise<{ readonly events: number; readonly seconds: number }>;
  /** Imports history files, all or nothing. @throws HistoryError */
  readonly importFiles?: (files: readonly HistoryFile[]) => Promise<Imported>;
  /** How it stands with a log that is kept elsewhere. */
  readonly logState?: () => LogState | undefined;
  /** Address of the process that writes, where this one only reads. */
  readonly writerUrl?: string;
  /** Told of errors that should not have happened; never of problems. */
  readonly report?: (error: unknown) => void;
}

/** Routes get at the ledger through this. @throws HttpProblem `unavailable` */
export type AtLedger = () => Ledger;

export const atLedger =
  (parts: AppParts): AtLedger =>
  () => {
    const ledger = parts.ledger();
    if (ledger !== undefined) return ledger;
    throw new HttpProblem('unavailable', 'Het grootboek start nog. Probeer het zo weer.');
  };
