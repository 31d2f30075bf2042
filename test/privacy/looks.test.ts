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
  looks.of(one, 9);
  looks.close();
  for (const change of ['DELETE FROM lines', "UPDATE looks SET reader = 'x'", 'DELETE FROM looks'])
    expect(() => byHand(file, (db) => db.exec(change))).toThrow('looks are not changed');
});

test('what cannot be noted is told', () => {
  const looks = openLookLog(':memory:', now);
  const nobody = { ...look.reader, id: null as unknown as string };
  expect(() => looks.note({ ...look, reader: nobody })).toThrow(LookLogError);
  expect(looks.of(one, 9)).toEqual([]);
});

test('what is noted after somebody asked is there as well, each look once, the last first', () => {
  const looks = openLookLog(newFile(), now);
  const named = (action: string, persons = [one, two]) => looks.note({ ...look, action, persons });
  named('first');
  expect(looks.of(two, 9).map(({ action }) => action)).toEqual(['first']);
  named('second');
  named('third', [two]);
  expect(looks.of(two, 9).map(({ action }) => action)).toEqual(['third', 'second', 'first']);
  expect(looks.of(one, 9).map(({ action }) => action)).toEqual(['second', 'first']);
  const spans = [one, two].flatMap((person) => looks.of(person, 9).map(({ spanId }) => spanId));
  expect(new Set(spans).size).toBe(5);
});

test('a file of the first version keeps its lines', () => {
  const file = newFile();
  byHand(file, (db) =>
    db.exec(`
      CREATE TABLE looks (
        id INTEGER PRIMARY KEY, trace_id TEXT NOT NULL, parent_span_id TEXT, action TEXT NOT NULL,
        purpose TEXT NOT NULL, started_at TEXT NOT NULL, noted_at TEXT NOT NULL,
        reader TEXT NOT NULL, office TEXT NOT NULL, municipality TEXT
      ) STRICT;
      CREATE TABLE lines (
        person TEXT NOT NULL, look INTEGER NOT NULL REFERENCES looks (id), span_id TEXT NOT NULL,
        PRIMARY KEY (person, look)
      ) STRICT, WITHOUT ROWID;
      INSERT INTO looks
        VALUES (1, 'trace', NULL, 'then', 'audit', '${now()}', '${now()}', 'r', 'registrar', NULL);
      INSERT INTO lines VALUES ('${one}', 1, 'span');
      PRAGMA user_version = 1;
    `),
  );
  const looks = openLookLog(file, now);
  looks.note({ ...look, action: 'now' });
  expect(looks.of(one, 9).map(({ action }) => action)).toEqual(['now', 'then']);
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
      'persons',
      'spans',
    ],
    ['person', 'look', 'span_id'],
  ]);
});
