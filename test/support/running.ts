/** Runs random programs on a whole ledger in memory. */
import { expect } from 'vitest';
import { ProblemError } from '../../src/ledger/errors.ts';
import { type TestLedger, testLedger } from './ledger.ts';
import type { Reversal, Step } from './programs.ts';
import { inferred, stated } from './scenario.ts';

export const isReversal = (step: Step | Reversal): step is Reversal => 'reverse' in step;

/** Runs one step; a refusal is an outcome like any other. */
export const run = async (made: TestLedger, step: Step | Reversal): Promise<boolean> =>
  (await tried(made, step)) === undefined;

/** Why a step was refused, if it was; then it must write nothing (law 9). */
export const tried = async ({ take, log }: TestLedger, step: Step | Reversal) => {
  const before = log.head().sequence;
  try {
    if (isReversal(step)) {
      const [event] = await log.read('all', { from: step.reverse % (before + 1), limit: 1 });
      await take('reverse-fact', { event: event!.entry.id, reason: 'vergissing' });
    } else {
      const { command, body, mode, validFrom } = step;
      const evidence = [step.inferred ? inferred : stated];
      await take(command, body, { mode, validFrom, evidence });
    }
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(ProblemError);
    expect(log.head().sequence).toBe(before);
    return (error as ProblemError).problem;
  }
};

export const runAll = async (steps: readonly (Step | Reversal)[]): Promise<TestLedger> => {
  const made = await testLedger();
  for (const step of steps) await run(made, step);
  return made;
};
