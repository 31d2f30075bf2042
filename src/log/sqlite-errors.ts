/** What SQLite's result codes mean for a log. */
import { ForeignLogError, LogUnavailableError } from '../ledger/event-log.ts';

/** Primary result codes, https://sqlite.org/rescode.html */
const codes = { busy: 5, corrupt: 11, notADatabase: 26 } as const;

/** The primary result code; absent when the error is not SQLite's. */
const codeOf = (error: unknown): number | undefined => {
  if (!(error instanceof Error) || !('errcode' in error)) return undefined;
  return typeof error.errcode === 'number' ? error.errcode & 0xff : undefined;
};

export const isBusy = (error: unknown): boolean => codeOf(error) === codes.busy;

/** Says in the log's own words what SQLite said; other errors stay what they are. */
export const inOwnWords = (error: unknown): unknown => {
  const code = codeOf(error);
  if (code === undefined) return error;
  const reason = error instanceof Error ? error.message : String(error);
  if (code === codes.corrupt || code === codes.notADatabase)
    return new ForeignLogError(`the file is damaged or not a ledger: ${reason}`, { cause: error });
  return new LogUnavailableError(`the log cannot be used now: ${reason}`, { cause: error });
};

/** @throws ForeignLogError, LogUnavailableError */
export const guarded = <T>(use: () => T): T => {
  try {
    return use();
  } catch (error) {
    throw inOwnWords(error);
  }
};
