/** The law of previews: what one tells is what recording the same commands then brings. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { projections } from '../../projections/index.ts';
import { ProblemError } from '../../src/ledger/errors.ts';
import type { PreviewCommand } from '../../src/ledger/preview.ts';
import { openTables } from '../../src/projector/tables.ts';
import { readHistory } from '../../src/ledger/import.ts';
import { historyFiles, newKey, type TestLedger, testLedger } from '../support/ledger.ts';
import { date as anyDate } from '../support/program-values.ts';
import { program, type Reversal, type Step } from '../support/programs.ts';
import { rowsIn } from '../support/rows.ts';
import { inferred, stated } from '../support/scenario.ts';

/** A ULID that comes after this was made while the tests ran. */
const began = newKey();

const actor = { id: 'test', office: 'registrar' };

const commandOf = async ({ log }: TestLedger, step: Step | Reversal): Promise<PreviewCommand> => {
  if ('reverse' in step) {
    const [event] = await log.read('all', { from: step.reverse % (log.head().sequence + 1) });
    return { command: 'reverse-fact', body: { event: event!.entry.id, reason: 'vergissing' } };
  }
  const { command, body, mode, validFrom } = step;
  return { command, body, mode, validFrom, evidence: [step.inferred ? inferred : stated] };
};

/** The problem with which it ends, if it does. */
const problemOf = async (attempt: Promise<unknown>) => {
  try {
    await attempt;
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(ProblemError);
    return (error as ProblemError).problem;
  }
};

/** Changes without what differs each time: ids of events go by their order, made ids by nothing. */
const plain = (items: readonly unknown[], made: readonly string[]): readonly string[] =>
  items
    .map((item) =>
      JSON.stringify(item)
        .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, (eventId) =>
          made.includes(eventId) ? `preview:${made.indexOf(eventId) + 1}` : eventId,
        )
        .replace(/\b[0-9A-HJKMNP-TV-Z]{26}\b/g, (ulid) => (ulid > began ? 'made' : ulid))
        // A person who is not known yet gets a key, and so a reference, of the moment.
        .replace(/\b[0-9a-f]{32}\b/g, 'person'),
    )
    .sort();

/** Records what was previewed, and compares what changed with what was told. */
const expectAsTold = async (
  made: TestLedger,
  commands: readonly PreviewCommand[],
  validAt: string,
): Promise<void> => {
  const { ledger, log } = made;
  const head = log.head().sequence;
  const told = await ledger.preview({ commands, actor, validAt });
  expect(log.head().sequence).toBe(head);
  expect(made.tables.position()).toBe(head);
  for (const { command, body, ...more } of commands) await made.take(command, { ...body }, more);

  const recorded = await log.read('all', { from: head + 1 });
  expect(told.events.map((e) => e.type)).toEqual(recorded.map((e) => e.entry.type));
  const ids = recorded.map((e) => e.entry.id);
  const changed = [];
  for (const { question } of projections)
    changed.push(
      ...(
        await ledger.differences(
          { question },
          { validAt, knownAt: String(head) },
          { validAt, knownAt: String(log.head().sequence) },
        )
      ).items,
    );
  expect(plain([...told.items, ...told.also], [])).toEqual(plain(changed, ids));
};

describe('a preview tells what recording brings', () => {
  test('for random programs; what it refuses, recording refuses', async () => {
    await fc.assert(
      fc.asyncProperty(
        program,
        anyDate,
        fc.integer({ min: 5, max: 40 }),
        async (all, date, cut) => {
          const made = await testLedger();
          for (const step of all.slice(0, cut)) {
            const { command, body, ...more } = await commandOf(made, step);
            await problemOf(made.take(command, { ...body }, more));
          }
          const accepted: PreviewCommand[] = [];
          for (const step of all.slice(cut, cut + 12)) {
            const next = await commandOf(made, step);
            // Of an erasure a preview tells the request; what it takes follows once it is recorded.
            if (next.command === 'erase-person') continue;
            const refused = await problemOf(
              made.ledger.preview({ commands: [...accepted, next], actor, validAt: date }),
            );
            if (refused === undefined) accepted.push(next);
            else expect(refused.errors?.[0]?.pointer).toMatch(`/commands/${accepted.length}`);
            if (refused !== undefined && accepted.length === 0)
              expect(
                await problemOf(
                  made.take(next.command, { ...next.body }, { ...next, key: newKey() }),
                ),
              ).toMatchObject({ code: refused.code, detail: refused.detail });
          }
          if (accepted.length > 0) await expectAsTold(made, accepted, date);
        },
      ),
      { numRuns: 25 },
    );
  });

  test('for the shipped history, thirty commands at a time', async () => {
    const made = await testLedger();
    const requests = readHistory(historyFiles()).map((line) => line.request);
    for (let at = 0; at < requests.length; at += 30) {
      const part = requests
        .slice(at, at + 30)
        .map(({ key: _key, actor: _actor, ...command }) => command);
      await expectAsTold(made, part, ['2021-07-01', '2023-01-01', '2026-12-31'][(at / 30) % 3]!);
    }
  });
});

test('tables that were rehearsed on are as before, row for row, and go on as if never asked', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tables-'));
  let count = 0;
  await fc.assert(
    fc.asyncProperty(
      program,
      anyDate,
      fc.integer({ min: 5, max: 40 }),
      async (all, validAt, cut) => {
        const made = await testLedger();
        for (const step of all) {
          const { command, body, ...more } = await commandOf(made, step);
          await problemOf(made.take(command, { ...body }, more));
        }
        const events = await made.log.read('all');
        const [earlier, later] = [events.slice(0, cut), events.slice(cut)];
        count += 1;
        const [file, plain] = [join(folder, `${count}-a`), join(folder, `${count}-b`)];
        const tables = openTables(file);
        tables.apply(earlier);
        tables.settle();
        const before = rowsIn(file);
        const shown = (knownAt: number) =>
          projections.map(({ question }) => made.tables.asOf({ question, validAt, knownAt }));
        const told = tables.rehearse(later, () =>
          projections.map(({ question }) =>
            tables.asOf({ question, validAt, knownAt: events.length - 1 }),
          ),
        );
        expect(told).toEqual(shown(events.length - 1));
        expect(tables.position()).toBe(earlier.length - 1);
        expect(() =>
          tables.rehearse(later, () => {
            throw new Error('asked in vain');
          }),
        ).toThrow('asked in vain');
        expect(rowsIn(file)).toBe(before);
        tables.apply(later);
        tables.close();
        const never = openTables(plain);
        never.apply(earlier);
        never.settle();
        never.apply(later);
        never.close();
        expect(rowsIn(file)).toBe(rowsIn(plain));
      },
    ),
    { numRuns: 10 },
  );
  rmSync(folder, { recursive: true });
});
