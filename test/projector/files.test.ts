import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openMemoryLog } from '../../src/log/memory.ts';
import { startProjector } from '../../src/projector/projector.ts';
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
