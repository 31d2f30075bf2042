/** The laws of the ledger, tried with random programs of commands. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { projections } from '../../projections/index.ts';
import { withPostings } from '../../src/ledger/amounts.ts';
import { itemsOf } from '../../src/ledger/answers.ts';
import { basisEvents, foldAlone } from '../../src/ledger/basis.ts';
import { ProblemError } from '../../src/ledger/errors.ts';
import { openTables } from '../../src/projector/tables.ts';
import { newKey, type TestLedger, testLedger } from '../support/ledger.ts';
import { date as anyDate } from '../support/program-values.ts';
import { program } from '../support/programs.ts';
import { rowsIn } from '../support/rows.ts';
import { isReversal, run, runAll } from '../support/running.ts';
import { stated } from '../support/scenario.ts';

const questions = projections.map((p) => p.question).filter((q) => q !== 'timeline');
const runs = { numRuns: 40 };

const answer = async ({ ledger }: TestLedger, question: string, validAt: string, knownAt: number) =>
  JSON.stringify((await ledger.ask({ question, validAt, knownAt: String(knownAt) })).items);

describe('law 1: an answer at (v, k) never changes through what comes after k', () => {
  test('answers given on the way are given again at the end', async () => {
    await fc.assert(
      fc.asyncProperty(program, fc.array(anyDate, { minLength: 3 }), async (steps, dates) => {
        const made = await testLedger();
        const given: [string, string, number, string][] = [];
        for (const [i, step] of steps.entries()) {
          await run(made, step);
          const question = questions[i % questions.length]!;
          const date = dates[i % dates.length]!;
          const known = made.log.head().sequence;
          given.push([question, date, known, await answer(made, question, date, known)]);
        }
        for (const [question, date, known, before] of given)
          expect(await answer(made, question, date, known)).toBe(before);
      }),
      runs,
    );
  });

  test('and are those of a ledger that ends at k', async () => {
    await fc.assert(
      fc.asyncProperty(program, anyDate, fc.nat(60), async (steps, date, at) => {
        const made = await runAll(steps);
        const known = at % (made.log.head().sequence + 1);
        const short = openTables(':memory:');
        short.apply(await made.log.read('all', { to: known }));
        for (const projection of projections) {
          const { question } = projection;
          const facts = short.asOf({ question, validAt: date, knownAt: known });
          const items = itemsOf(projection, facts, date).map((found) => found.item);
          expect(await answer(made, question, date, known)).toBe(JSON.stringify(items));
        }
        short.close();
      }),
      runs,
    );
  });
});

test('law 2: rebuilt tables equal those kept event by event, row for row', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tables-'));
  let count = 0;
  await fc.assert(
    fc.asyncProperty(program, async (steps) => {
      const made = await runAll(steps);
      const events = await made.log.read('all');
      count += 1;
      const files = [join(folder, `${count}-a`), join(folder, `${count}-b`)] as const;
      const [kept, rebuilt] = [openTables(files[0]), openTables(files[1])];
      for (const event of events) kept.apply([event]);
      rebuilt.apply(events);
      kept.close();
      rebuilt.close();
      expect(rowsIn(files[0])).toBe(rowsIn(files[1]));
    }),
    runs,
  );
  rmSync(folder, { recursive: true });
}, 60_000);

describe('law 5: an answer rests on the events it names', () => {
  test('folding only these gives every item again; without them there is another answer', async () => {
    await fc.assert(
      fc.asyncProperty(program, anyDate, async (steps, validAt) => {
        const { log, tables } = await runAll(steps);
        const knownAt = log.head().sequence;
        for (const projection of projections) {
          const { question } = projection;
          const items = withPostings(
            tables,
            projection,
            itemsOf(projection, tables.asOf({ question, validAt, knownAt }), validAt),
            { validAt, knownAt },
          );
          for (const { thing, item, eventIds } of items) {
            const basis = await basisEvents({ log, tables: () => tables }, eventIds, knownAt);
            const fold = (events: typeof basis) =>
              foldAlone(events, projection, { validAt, thing }).find(
                (found) => found.thing === thing,
              )?.item;
            expect(fold(basis)).toEqual(item);
            const without = basis.filter((e) => !eventIds.includes(e.entry.id));
            if (eventIds.length > 0) expect(fold(without)).not.toEqual(item);
          }
        }
      }),
      runs,
    );
  }, 60_000);
});

test('law 6: a command repeated with its key gives the first events, and writes once', async () => {
  await fc.assert(
    fc.asyncProperty(program, async (steps) => {
      const { ledger, log } = await testLedger();
      for (const step of steps) {
        if (isReversal(step)) continue;
        const { command, body, mode, validFrom } = step;
        const actor = { id: 'test', office: 'registrar' };
        const request = {
          command,
          body,
          mode,
          validFrom,
          evidence: [stated],
          key: newKey(),
          actor,
        };
        const first = await ledger.record(request).catch((error: unknown) => error);
        const head = log.head().sequence;
        const again = await ledger.record(request).catch((error: unknown) => error);
        expect(log.head().sequence).toBe(head);
        if (first instanceof ProblemError) {
          expect((again as ProblemError).problem).toEqual(first.problem);
          continue;
        }
        // With the key of the person went what the command could be known again by.
        if (command === 'erase-person') {
          expect(again).toMatchObject({ problem: { refusal: { code: 'erased' } } });
          continue;
        }
        expect(again).toMatchObject({
          events: (first as { events: object }).events,
          repeated: true,
        });
        const other = { ...request, validFrom: { earliest: '1999-01-01', latest: '1999-01-01' } };
        await expect(ledger.record(other)).rejects.toMatchObject({
          problem: { code: 'key-reused' },
        });
      }
    }),
    runs,
  );
});
