/** Law 8: killed at any moment, the log comes back with all it acknowledged, and no half batch. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { EventLog, StoredEvent } from '../../src/ledger/event-log.ts';
import { openSqliteLog } from '../../src/log/sqlite.ts';
import { startChild } from '../support/children.ts';
import { temporaryFolder } from '../support/folders.ts';

const rounds = 50;

/** Lines that the child wrote whole; the kill may have cut the last. */
const acknowledged = (lines: readonly string[]) =>
  lines
    .filter((line) => /^\d+( [0-9a-f-]{36})+$/.test(line))
    .map((line) => {
      const [first = '', ...ids] = line.split(' ');
      return { first: Number(first), ids };
    });

/** Each batch lies together and is as large as it says. */
const expectWholeBatches = (events: readonly StoredEvent[]): void => {
  for (const batch of Map.groupBy(events, (e) => e.entry.command.tag).values()) {
    const { sequence, entry } = batch[0]!;
    const size = Number('name' in entry.data ? entry.data.name : 0);
    const together = Array.from({ length: size }, (_, i) => sequence + i);
    expect(batch.map((e) => e.sequence)).toEqual(together);
  }
};

const check = async (log: EventLog, from: number, lines: readonly string[]): Promise<number> => {
  const events = await log.read('all', { from });
  expect(events.map((e) => e.sequence)).toEqual(events.map((_, i) => from + i));
  expectWholeBatches(events.slice(from === 0 ? 1 : 0));
  const tell = acknowledged(lines);
  for (const { first, ids } of tell)
    expect(events.slice(first - from, first - from + ids.length).map((e) => e.entry.id)).toEqual(
      ids,
    );
  return tell.reduce((sum, { ids }) => sum + ids.length, 0);
};

test(`loses nothing in ${rounds} kills under load`, { timeout: 120_000 }, async () => {
  const file = join(temporaryFolder(), 'log.sqlite');
  let from = 0;
  let told = 0;
  for (let round = 0; round < rounds; round += 1) {
    const child = startChild('../crash/writer.ts', file, '8');
    // Some are killed while they open the log, most while they write it.
    if (round % 10 !== 0) await child.said('ready');
    await new Promise((resolve) => {
      setTimeout(resolve, Math.random() * 150);
    });
    await child.kill();
    const log = openSqliteLog({ file });
    told += await check(log, from, child.lines);
    from = log.head().sequence + 1;
    await log.close();
  }
  expect(told).toBeGreaterThan(rounds * 10);
});
