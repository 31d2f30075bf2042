/** The read tables, against a plain fold of the same events: two ways to the same answer. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { projections } from '../../projections/index.ts';
import { openFold } from '../../src/ledger/fold.ts';
import type { AsOfFacts } from '../../src/ledger/read-tables.ts';
import { date as anyDate } from '../support/program-values.ts';
import { program } from '../support/programs.ts';
import { runAll } from '../support/running.ts';

/** Sums of accounts come in any order. */
const told = ({ sums, ...rest }: AsOfFacts) => ({
  ...rest,
  sums: sums?.map((sum) => Object.values(sum).join(' ')).sort(),
});

test('tables and fold show the same facts on any date, as known at any sequence', async () => {
  await fc.assert(
    fc.asyncProperty(
      program,
      fc.array(fc.tuple(anyDate, fc.nat()), { minLength: 4, maxLength: 4 }),
      async (steps, points) => {
        const { log, tables } = await runAll(steps);
        const events = await log.read('all');
        const fold = openFold();
        fold.apply(events);
        for (const [validAt, any] of points) {
          const knownAt = any % events.length;
          for (const { question } of projections) {
            const query = { question, validAt, knownAt };
            expect(told(fold.asOf(query))).toEqual(told(tables.asOf(query)));
          }
        }
      },
    ),
    { numRuns: Number(process.env['PROGRAMS'] ?? 60) },
  );
}, 120_000);
