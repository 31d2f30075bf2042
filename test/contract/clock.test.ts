/** The clock of a machine that has nobody to ask: it must go on as time does. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { canonicalText } from '../../events/index.ts';
import { ClockError } from '../../src/ledger/event-log.ts';
import { steadiness } from '../../src/log/clock.ts';
import { openSqliteLog } from '../../src/log/sqlite.ts';
import { ledgerOpened, memberJoined } from '../support/entries.ts';
import { temporaryFolder } from '../support/folders.ts';

const start = Date.parse('2026-01-01T00:00:00.000Z');
const hour = 3_600_000;

/** Time that passes when it is told to, and a clock that can be set. */
const clock = () => {
  let [passed, set] = [0, 0];
  const times = { wall: () => start + passed + set, elapsed: () => passed };
  return {
    judge: steadiness(times),
    pass: (milliseconds: number) => (passed += milliseconds),
    setBy: (milliseconds: number) => (set += milliseconds),
    now: () => ({ recordedAt: new Date(times.wall()).toISOString() }),
  };
};

const opened = ({ judge }: ReturnType<typeof clock>) =>
  openSqliteLog({ file: join(temporaryFolder(), 'ledger.sqlite'), judge });

test.each([
  ['ahead', 70 * 365 * 24 * hour],
  ['behind', -hour],
])('one that is set far %s writes nothing until it is set right', async (_name, off) => {
  const machine = clock();
  const log = opened(machine);
  await log.append([ledgerOpened(machine.now())]);
  machine.pass(90 * 24 * hour);
  machine.setBy(off);
  await expect(log.append([memberJoined(machine.now())])).rejects.toThrow(ClockError);
  expect(log.head().sequence).toBe(0);
  machine.setBy(-off);
  expect(await log.append([memberJoined(machine.now())])).toMatchObject({ first: 1 });
  await log.close();
});

test('what was stamped while it was ahead is not recorded after it was set right', async () => {
  const machine = clock();
  const log = opened(machine);
  machine.setBy(hour);
  const late = ledgerOpened(machine.now());
  machine.setBy(-hour);
  await expect(log.append([late])).rejects.toThrow(ClockError);
  await log.close();
});

test('small corrections are followed, however many', async () => {
  const machine = clock();
  const log = opened(machine);
  await log.append([ledgerOpened(machine.now())]);
  for (let day = 0; day < 30; day += 1) {
    machine.pass(24 * hour);
    machine.setBy(20_000);
    await log.append([memberJoined(machine.now())]);
  }
  expect(log.head().sequence).toBe(30);
  await log.close();
});

test('what another log holds is taken over with its own times', async () => {
  const machine = clock();
  const log = opened(machine);
  machine.setBy(-hour);
  const entry = ledgerOpened({ recordedAt: '2020-01-01T00:00:00.000Z' });
  expect(await log.receive([canonicalText(entry)], -1)).toMatchObject({ outcome: 'appended' });
  await log.close();
});
