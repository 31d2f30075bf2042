/** What the read tables mean for whoever asks. */
import { LogClosedError, LogUnavailableError } from '../ledger/event-log.ts';

export const readOnlyBecause = (difference: string): string =>
  `Alleen lezen: ${difference}. Dit log is niet het log dat hier eerder is gezien.`;

/** What stopped the read tables is not the fault of who asks. */
export const reachedOr503 =
  (tables: { reached(sequence: number): Promise<void> }) =>
  async (sequence: number): Promise<void> => {
    try {
      await tables.reached(sequence);
    } catch (error) {
      if (error instanceof LogClosedError) throw error;
      throw new LogUnavailableError('the read tables have stopped', { cause: error });
    }
  };
