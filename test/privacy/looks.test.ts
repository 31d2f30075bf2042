/** The log of looking is added to, and never changed; whatever goes wrong in it is told. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LookLogError } from '../../src/ledger/ports.ts';
import { openLookLog } from '../../src/privacy/looks.ts';
import { temporaryFolder } from '../support/folders.ts';
import { byHand } from '../support/log-files.ts';
import { looking } from '../support/people.ts';

const now = (): string => '2026-01-01T00:00:00.000Z';
const [one, two] = ['1'.repeat(32), '2'.repeat(32)];
const look = { ...looking(), action: 'open referrals', startedAt: now(), persons: [one, two] };

const newFile = (): string => join(temporaryFolder(), 'looks.sqlite');

test('what was noted is there when the log is opened again', () => {
  const file = newFile();
  const first = openLookLog(file, now);
  first.note(look);
  first.close();
  expect(openLookLog(file, now).of(one, 9)).toHaveLength(1);
});

test('a line is not changed and not taken away', () => {
  const file = newFile();
  const looks = openLookLog(file, now);
  looks.note(look);
  looks.close();
  for (const change of ['DELETE FROM lines', "UPDATE looks SET reader = 'x'", 'DELETE FROM looks'])
    expect(() => byHand(file, (db) => db.exec(change))).toThrow('looks are not changed');
});

test('of a look that is not noted whole, nothing is noted', () => {
  const looks = openLookLog(':memory:', now);
  expect(() => looks.note({ ...look, persons: [one, one] })).toThrow(LookLogError);
  expect(looks.of(one, 9)).toEqual([]);
});

test('it holds no more than who, when, what for, and of whom by reference', () => {
  const file = newFile();
  const looks = openLookLog(file, now);
  looks.note(look);
  looks.close();
  expect(readFileSync(file).includes(one)).toBe(true);
  const columns = byHand(file, (db) =>
    ['looks', 'lines'].map((table) =>
      db
        .prepare(`SELECT name FROM pragma_table_info('${table}')`)
        .all()
        .map(({ name }) => name),
    ),
  );
  expect(columns).toEqual([
    [
      'id',
      'trace_id',
      'parent_span_id',
      'action',
      'purpose',
      'started_at',
      'noted_at',
      'reader',
      'office',
      'municipality',
    ],
    ['person', 'look', 'span_id'],
  ]);
});
