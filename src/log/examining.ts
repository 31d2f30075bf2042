/** A look at a file of a log beside the process that has it open. */
import { existsSync } from 'node:fs';
import type { Head, Sequence } from '../ledger/event-log.ts';
import { openFile } from './sqlite-file.ts';
import { sqliteStore } from './sqlite-store.ts';

/** How a log stands, asked beside whatever has it open. */
export interface Examined {
  readonly reachable: boolean;
  /** Why it could not be asked. */
  readonly failure?: string;
  /** The last event of the stream; −1 when it is empty. */
  readonly head?: { readonly sequence: Sequence; readonly recordedAt?: string };
  /** The last event in the mirror. */
  readonly mirrored?: Sequence;
  /** Retention limits in the metadata of the stream: events would disappear. */
  readonly limits?: string;
  /**
   * Milliseconds by which the server's clock was ahead of the writer's, at the last event: with
   * clocks that agree a few milliseconds, the time of the write.
   */
  readonly skew?: number;
  /** Milliseconds by which the clock of this machine is ahead of the server's, as far as it tells. */
  readonly ahead?: number;
}

/** Its head; undefined when there is no file, or none that can be read. */
export const headIn = (file: string): { readonly head?: Head; readonly why?: string } => {
  if (!existsSync(file)) return { why: 'there is no file' };
  try {
    const db = openFile({ file, readOnly: true });
    try {
      return { head: sqliteStore(db).head() };
    } finally {
      db.close();
    }
  } catch (error) {
    return { why: error instanceof Error ? error.message : String(error) };
  }
};
