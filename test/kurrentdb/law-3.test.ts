/** Law 3: all logs, given the same events, give the same answers and the same roots. */
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { projections } from '../../projections/index.ts';
import { maxCommandBytes } from '../../events/entry.ts';
import type { EventLog } from '../../src/ledger/event-log.ts';
import { openSqliteLog } from '../../src/log/sqlite.ts';
import { grownTo } from '../../src/proof/growing.ts';
import { memoryTiles } from '../../src/proof/memory-tiles.ts';
import { rootOf } from '../../src/proof/merkle.ts';
import { temporaryFolder } from '../support/folders.ts';
import { openOn, startDouble } from '../support/kurrent.ts';
import { type TestLedger, testLedger } from '../support/ledger.ts';
import { date } from '../support/program-values.ts';
import { program } from '../support/programs.ts';
import { runAll } from '../support/running.ts';

const questions = projections.map(({ question }) => question);

const others: Readonly<Record<string, () => Promise<EventLog>>> = {
  sqlite: async () => openSqliteLog({ file: join(temporaryFolder(), 'log.sqlite') }),
  kurrentdb: async () => openOn(await startDouble(), { timing: {} }),
};

/** Every event of one log, in the bytes in which it stands there. */
const given = async (from: EventLog, to: EventLog): Promise<EventLog> => {
  const texts = (await from.read('all')).map(({ text }) => text);
  let after = -1;
  let some: string[] = [];
  const put = async (): Promise<void> => {
    expect(await to.receive(some, after)).toMatchObject({ outcome: 'appended' });
    after += some.length;
    some = [];
  };
  for (const text of texts) {
    if (some.join('').length + text.length > maxCommandBytes / 4) await put();
    some.push(text);
  }
  await put();
  return to;
};

const answers = async ({ ledger, log }: TestLedger, dates: readonly string[]) => {
  const head = log.head().sequence;
  const all: unknown[] = [];
  for (const validAt of dates)
    for (const knownAt of [head, Math.floor(head / 2)])
      for (const question of questions)
        all.push(await ledger.ask({ question, validAt, knownAt: String(knownAt) }));
  return all;
};

const rootIn = async ({ log }: TestLedger) => {
  const tree = await grownTo(memoryTiles(), log, log.head().sequence + 1);
  return rootOf(tree.hashOf, tree.size());
};

test.each(Object.keys(others))(
  'memory and %s',
  async (kind) => {
    await fc.assert(
      fc.asyncProperty(
        program,
        fc.array(date, { minLength: 2, maxLength: 2 }),
        async (steps, dates) => {
          const one = await runAll(steps);
          const log = await given(one.log, await others[kind]!());
          const other = await testLedger(log);
          expect(await answers(other, dates)).toEqual(await answers(one, dates));
          expect(await rootIn(other)).toEqual(await rootIn(one));
          await log.close();
        },
      ),
      { numRuns: 10 },
    );
  },
  120_000,
);
