/** What the routes are given. */
import type { FastifyInstance } from 'fastify';
import type { Imported, HistoryFile } from '../ledger/import.ts';
import type { FastifyRequest } from 'fastify';
import type { Entrance } from './auth/entrance.ts';
import type { LogState } from '../ledger/event-log.ts';
import type { Ledger, LedgerFor } from '../ledger/ledger.ts';
import type { SigningKey } from '../ledger/proofs.ts';
import type { Webhooks } from '../ledger/webhooks.ts';
import { HttpProblem } from './problems.ts';
import type { StreamBounds } from './stream/bounds.ts';

interface ExportRequest {
  /** Of a checkpoint; absent: the latest. */
  readonly size?: number | undefined;
  /** Points as `date` or `date@sequence`; absent: each year's end. */
  readonly at?: readonly string[] | undefined;
}

export interface AppParts {
  /** The ledger; undefined until it has caught up. */
  readonly ledger: () => Ledger | undefined;
  /** Version of this API, from package.json. */
  readonly version: string;
  /** Makes the read tables anew; the answer tells how many events in how many seconds. */
  readonly rebuild?: () => Promise<{ readonly events: number; readonly seconds: number }>;
  /** Wraps persons' keys under another key; tells how many, undefined when there is no other. */
  readonly rotateKeys?: () => number | undefined;
  /** Imports history files, all or nothing. @throws HistoryError */
  readonly importFiles?: (files: readonly HistoryFile[]) => Promise<Imported>;
  /** Who may come in, and how; absent: the public, and the machine itself. */
  readonly entrance?: Entrance;
  /** Registers what is served beside the API, such as the pages. */
  readonly beside?: (app: FastifyInstance) => Promise<void>;
  /** Makes a new key, which signs checkpoints from now on. */
  readonly replaceKey?: () => SigningKey;
  /** An archive of the ledger with its proof. @throws ProblemError before anything is sent */
  readonly exportLedger?: (request: ExportRequest) => Promise<AsyncIterable<Uint8Array>>;
  /** Subscriptions; absent: they are with another process. */
  readonly webhooks?: Webhooks;
  /** How it stands with a log that is kept elsewhere. */
  readonly logState?: () => LogState | undefined;
  /** Address of the process that writes, where this one only reads. */
  readonly writerUrl?: string;
  /** What is not as usual for streams of events. */
  readonly streamBounds?: Partial<StreamBounds>;
  /** Told of errors that should not have happened; never of problems. */
  readonly report?: (error: unknown) => void;
}

/** Routes get at the ledger through this: as it is for who asks. @throws HttpProblem `unavailable` */
export type AtLedger = (request: FastifyRequest) => LedgerFor;

export const atLedger =
  (parts: AppParts): AtLedger =>
  ({ caller }) => {
    const ledger = parts.ledger();
    if (ledger !== undefined) return ledger.as(caller);
    throw new HttpProblem('unavailable', 'Het grootboek start nog. Probeer het zo weer.');
  };
