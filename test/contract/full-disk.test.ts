/** No room, or a disk that refuses: nothing half-written, and the log goes on when it can. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import type { Entry } from '../../events/index.ts';
import { LogUnavailableError } from '../../src/ledger/event-log.ts';
import { openSqliteLog } from '../../src/log/sqlite.ts';
import { scriptLine, startCommand } from '../support/children.ts';
import { ledgerOpened, memberJoined } from '../support/entries.ts';
import { temporaryFolder } from '../support/folders.ts';

const heavy = (): Entry =>
  memberJoined({
    evidence: Array.from({ length: 10 }, () => ({
      source: 'S0',
      basis: 'inferred',
      reasoning: 'x'.repeat(2000),
    })),
  });

test('a full disk fails the whole commit; with room again the log goes on', async () => {
  const file = join(temporaryFolder(), 'log.sqlite');
  const log = openSqliteLog({ file, maxPages: 400 });
  await log.append([ledgerOpened()]);
  const filler = new DatabaseSync(file);
  filler.exec('CREATE TABLE filler (bytes); INSERT INTO filler VALUES (zeroblob(330 * 4096))');

  let written = 0;
  while (written < 100) {
    const before = log.head();
    const ended = await Promise.allSettled([
      log.append([heavy(), heavy()]),
      log.append([memberJoined()], { failIfEventsMatch: 'all' }),
      log.append([heavy()]),
    ]);
    const failed = ended.filter((e) => e.status === 'rejected');
    if (failed.length === 0) {
      written += 1;
      continue;
    }
    expect(failed).toHaveLength(3);
    for (const { reason } of failed) expect(reason).toBeInstanceOf(LogUnavailableError);
    expect(log.head()).toEqual(before);
    expect(await log.read('all', { from: before.sequence + 1 })).toEqual([]);
    break;
  }
  expect(written).toBeGreaterThan(0);
  expect(written).toBeLessThan(100);

  filler.exec('DROP TABLE filler');
  filler.close();
  const sequence = log.head().sequence;
  expect(await log.append([heavy(), heavy()])).toMatchObject({ first: sequence + 1 });
  await log.close();
  const again = openSqliteLog({ file });
  const whole = await again.read('all');
  expect(whole.map((e) => e.sequence)).toEqual(whole.map((_, i) => i));
  expect(whole).toHaveLength(sequence + 3);
  expect(await again.read([{ tags: ['municipality:gm0828'] }])).toHaveLength(sequence + 2);
  await again.close();
});

test('a write that breaks off halfway leaves nothing behind', async () => {
  const file = join(temporaryFolder(), 'log.sqlite');
  const log = openSqliteLog({ file });
  await log.append([ledgerOpened()]);
  const intruder = new DatabaseSync(file);
  intruder.exec("INSERT INTO tags VALUES ('municipality:gm0828', 2)");
  const entries = [memberJoined(), memberJoined()];
  await expect(log.append(entries)).rejects.toThrow(LogUnavailableError);
  expect(log.head().sequence).toBe(0);
  for (const { id } of entries) expect(await log.byId(id)).toBeUndefined();
  expect(intruder.prepare('SELECT count(*) AS count FROM events').get()).toEqual({ count: 1 });
  intruder.exec('DELETE FROM tags WHERE sequence = 2');
  intruder.close();
  expect(await log.append(entries)).toEqual({ outcome: 'appended', first: 1, last: 2 });
  await log.close();
});

const prlimit = '/usr/bin/prlimit';

test.runIf(existsSync(prlimit))('a write that the system refuses does the same', async () => {
  const file = join(temporaryFolder(), 'log.sqlite');
  // No file of this process may grow beyond 512 KiB, until the limit is lifted.
  const limited = ['bash', '-c', 'ulimit -S -f 512; exec "$0" "$@"'];
  const child = startCommand([...limited, ...scriptLine('./persistent.ts', file)]);
  const [, sequence, name] = (await child.said('failed')).split(' ');
  expect(name).toBe('LogUnavailableError');
  execFileSync(prlimit, ['--fsize=unlimited:', '--pid', String(child.pid)]);
  expect(await child.said('appended')).toBe(`appended ${Number(sequence) + 1}`);
  await child.kill();
  const log = openSqliteLog({ file });
  const whole = await log.read('all');
  expect(whole.map((e) => e.sequence)).toEqual(whole.map((_, i) => i));
  expect(log.head().sequence).toBe(Number(sequence) + 2);
  await log.close();
});
