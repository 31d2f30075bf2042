/** The projector as the service uses it: what stopped the read tables is not the fault of who asks. */
import { ProblemError } from '../ledger/errors.ts';
import { LogClosedError, LogUnavailableError, type Sequence } from '../ledger/event-log.ts';
import type { Projector } from './projector.ts';

export const readOnlyBecause = (difference: string): string =>
  `Alleen lezen: ${difference}. Dit log is niet het log dat hier eerder is gezien.`;

export const reachedOr503 = (projector: Projector) => async (sequence: Sequence) => {
  try {
    await projector.reached(sequence);
  } catch (error) {
    if (error instanceof LogClosedError) throw error;
    throw new LogUnavailableError('the read tables have stopped', { cause: error });
  }
};

interface RebuildParts {
  readonly projector: () => Projector;
  /** How the log differs from what was seen or signed before. */
  readonly divergence: () => string | undefined;
  readonly progress: (done: number, total: number) => void;
}

export const rebuilder =
  ({ projector, divergence, progress }: RebuildParts) =>
  () => {
    const difference = divergence();
    // New tables would forget what had been seen before.
    if (difference !== undefined)
      throw new ProblemError({ code: 'read-only', detail: readOnlyBecause(difference) });
    return projector().rebuild(progress);
  };
