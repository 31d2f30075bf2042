/** Random programs on the ledger, against a second, naive model of the domain. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { commands } from '../../src/domain/index.ts';
import { isKnownMember, judge } from '../naive/acceptance.ts';
import { disagreements } from '../naive/compare.ts';
import { testLedger } from '../support/ledger.ts';
import { date as anyDate } from '../support/program-values.ts';
import { program, ruledProgram } from '../support/programs.ts';
import { isReversal, runAll, tried } from '../support/running.ts';

/** How many programs; `npm run test:long` asks for thousands. */
const numRuns = Number(process.env.PROGRAMS ?? '50');
const timeout = 60_000 + numRuns * 500;

test(
  'answers agree at any (v, k)',
  async () => {
    const points = fc.array(fc.tuple(anyDate, fc.nat()), { minLength: 4, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(program, points, async (steps, asked) => {
        const made = await runAll(steps);
        const head = made.log.head().sequence;
        for (const [v, at] of asked)
          expect(await disagreements(made, { v, k: at % (head + 1) })).toEqual([]);
      }),
      { numRuns },
    );
  },
  timeout,
);

test(
  'steps are refused by the rules that they break, and by no other',
  async () => {
    const counted: Record<string, { refused: number; kept: number }> = {};
    await fc.assert(
      fc.asyncProperty(ruledProgram, async (steps) => {
        const made = await testLedger();
        for (const step of steps) {
          const all = await made.log.read('all');
          const problem = await tried(made, step);
          if (isReversal(step)) continue;
          const judgements = judge(all, step);
          if (
            step.command === 'join-member' &&
            isKnownMember(all, step.body.municipality as string)
          )
            expect(problem).toBeDefined();
          for (const { rule, broken, refuses } of judgements) {
            const count = (counted[rule] ??= { refused: 0, kept: 0 });
            if (broken && refuses) {
              expect(problem, `${step.command} breaks ${rule}`).toBeDefined();
              count.refused += 1;
            } else {
              // Another rule may refuse it; this one does not.
              expect(problem?.refusal?.rule, step.command).not.toBe(rule);
              count.kept += 1;
            }
          }
        }
      }),
      { numRuns },
    );
    const refused = Object.values(counted).filter((count) => count.refused > 0);
    expect(refused.length).toBeGreaterThan(1);
    expect(Object.values(counted).some(({ kept }) => kept > 0)).toBe(true);
  },
  timeout,
);

test('programs hold every command there is', () => {
  const made = fc.sample(program, { numRuns: 400, seed: 1 }).flat();
  const found = new Set(made.map((step) => (isReversal(step) ? 'reverse-fact' : step.command)));
  expect(commands.map(({ name }) => name).filter((name) => !found.has(name))).toEqual([]);
});
