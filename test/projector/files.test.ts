import {
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LogUnavailableError } from '../../src/ledger/event-log.ts';
import { openMemoryLog } from '../../src/log/memory.ts';
import { startProjector } from '../../src/projector/projector.ts';
import { entry } from '../support/entries.ts';
import { opened } from '../support/ledger.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tables-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const started = async () => {
  const log = openMemoryLog();
  await log.append([opened()]);
  return startProjector({ log, folder });
};

test('damaged tables are made again from the log', async () => {
  writeFileSync(join(folder, 'tables-000000.sqlite'), 'x'.repeat(8192));
  const projector = await started();
  expect(projector.tables().position()).toBe(0);
  await projector.close();
});

test('an empty newer file does not take the place of whole tables', async () => {
  const log = openMemoryLog();
  await log.append([opened()]);
  await (await startProjector({ log, folder })).close();
  writeFileSync(join(folder, 'tables-000001.sqlite'), '');
  const projector = await startProjector({ log, folder });
  expect(readdirSync(folder).filter((name) => name.endsWith('.sqlite'))).toEqual([
    'tables-000000.sqlite',
  ]);
  await projector.close();
});

const joined = (municipality: string) => entry('MemberJoined', { municipality, name: 'Oss' });

/** Overwrites the root page of a table or index. */
const damage = (file: string, name: string): void => {
  const db = new DatabaseSync(file);
  const page = db.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').get(name);
  db.close();
  const opened = openSync(file, 'r+');
  writeSync(
    opened,
    new Uint8Array(4096).fill(0x78),
    0,
    4096,
    4096 * (Number(page?.['rootpage']) - 1),
  );
  closeSync(opened);
};

const everything = { question: 'members', validAt: '2030-01-01', knownAt: 9 };

test('a question that meets damage is refused, and answered once the tables are made again', async () => {
  const log = openMemoryLog();
  await log.append([opened(), joined('gm0828')]);
  await (await startProjector({ log, folder })).close();
  damage(join(folder, 'tables-000000.sqlite'), 'facts');

  const projector = await startProjector({ log, folder });
  expect(() => projector.tables().asOf(everything)).toThrow(LogUnavailableError);
  await projector.rebuild();
  expect(projector.tables().asOf(everything).certain).toHaveLength(1);
  expect(readdirSync(folder)).toContain('tables-000001.sqlite');
  await projector.close();
});

test('an event that meets damage is in the tables that are made again', async () => {
  const log = openMemoryLog();
  await log.append([opened(), joined('gm0828')]);
  await (await startProjector({ log, folder })).close();
  damage(join(folder, 'tables-000000.sqlite'), 'facts');

  const projector = await startProjector({ log, folder });
  await log.append([joined('gm1721')]);
  await projector.reached(2);
  expect(projector.tables().asOf(everything).certain).toHaveLength(2);
  await projector.close();
});
