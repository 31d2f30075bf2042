import { clockText } from '../ledger/clock-text.ts';
import { ClockError, LogUnavailableError } from '../ledger/event-log.ts';

/** The ledger cannot start as it is asked to; the message is for the person who starts it. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

/** What that person is told of an error; undefined: it is a flaw of the program. */
export const toldOf = (error: unknown): string | undefined => {
  if (error instanceof StartError) return error.message;
  if (error instanceof ClockError) return clockText(error);
  if (error instanceof LogUnavailableError)
    return `Het grootboek kan nu niet verder: ${error.message}`;
  return undefined;
};
