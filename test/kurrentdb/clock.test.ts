/** A writer whose clock is far off from that of the server writes nothing. */
import { describe, expect, test } from 'vitest';
import { ClockError } from '../../src/ledger/event-log.ts';
import type { Times } from '../../src/log/clock.ts';
import { ledgerOpened, memberJoined } from '../support/entries.ts';
import { temporaryFolder } from '../support/folders.ts';
import { idsIn, openOn, startDouble } from '../support/kurrent.ts';

const minute = 60_000;

/** A clock that can be set, on a machine where time goes on as it does. */
const settable = (off: number) => {
  let ahead = off;
  let passed = 0;
  const times: Times = {
    wall: () => Date.now() + ahead + passed,
    elapsed: () => performance.now() + passed,
  };
  return { times, set: (to: number) => (ahead = to), pass: (ms: number) => (passed += ms) };
};

const stamped = ({ wall }: Times): { recordedAt: string } => ({
  recordedAt: new Date(wall()).toISOString(),
});

describe('at the start', () => {
  test.each([
    ['two minutes ahead', 2 * minute],
    ['seventy years ahead', 70 * 365 * 24 * 60 * minute],
    ['two minutes behind', -2 * minute],
  ])('a clock that is %s writes nothing', async (_name, off) => {
    const double = await startDouble();
    const { times, set } = settable(off);
    const log = await openOn(double, { times });
    const refused = await log.append([ledgerOpened(stamped(times))]).catch((e: unknown) => e);
    expect(refused).toBeInstanceOf(ClockError);
    const { ahead, of } = refused as ClockError;
    expect(of).toBe('server');
    expect(Math.abs(ahead - off)).toBeLessThan(2_000);
    expect(idsIn(double)).toEqual([]);
    set(0);
    expect(await log.append([ledgerOpened(stamped(times))])).toMatchObject({ first: 0 });
  });

  test('one that differs by what a header cannot tell writes', async () => {
    for (const off of [-4_000, 4_000]) {
      const double = await startDouble();
      const { times } = settable(off);
      const log = await openOn(double, { times });
      expect(await log.append([ledgerOpened(stamped(times))])).toMatchObject({ first: 0 });
    }
  });

  test('one that cannot be held against that of the server writes nothing', async () => {
    const double = await startDouble();
    const folder = temporaryFolder();
    const first = await openOn(double, { folder });
    await first.append([ledgerOpened()]);
    await first.close();
    await double.node.stop();
    const again = await openOn(double, { folder });
    await expect(again.append([memberJoined()])).rejects.toThrow('what time it is');
  });
});

describe('while it runs', () => {
  test.each([
    ['ahead', 2 * minute],
    ['behind', -2 * minute],
  ])('a clock that is set far %s writes nothing until it is right', async (_name, off) => {
    const double = await startDouble();
    const { times, set } = settable(0);
    const log = await openOn(double, { times });
    const opened = ledgerOpened(stamped(times));
    await log.append([opened]);
    set(off);
    const late = memberJoined(stamped(times));
    await expect(log.append([memberJoined(stamped(times))])).rejects.toThrow(ClockError);
    set(0);
    // What was stamped before the clock was set right is not recorded after all.
    if (off > 0) await expect(log.append([late])).rejects.toThrow(ClockError);
    const next = memberJoined(stamped(times));
    await log.append([next]);
    expect(idsIn(double)).toEqual([opened.id, next.id]);
  });

  test('it is the server that is asked when the two clocks of the machine part', async () => {
    let server = 0;
    const double = await startDouble({ clock: () => Date.now() + server });
    const { times, set } = settable(0);
    const log = await openOn(double, { times });
    await log.append([ledgerOpened(stamped(times))]);
    // A machine that was put to sleep: its other clock stood still.
    server = 60 * minute;
    set(60 * minute);
    expect(await log.append([memberJoined(stamped(times))])).toMatchObject({ first: 1 });
  });

  test('a server is asked again after a while, whose clock may be the one that is right', async () => {
    let server = 0;
    const double = await startDouble({ clock: () => Date.now() + server });
    const { times, pass } = settable(0);
    const log = await openOn(double, { times });
    await log.append([ledgerOpened(stamped(times))]);
    server = 60 * minute;
    pass(2 * minute);
    await expect(log.append([memberJoined(stamped(times))])).rejects.toMatchObject({
      of: 'server',
    });
  });

  test('a server that does not tell the time leaves it to the clock itself', async () => {
    const double = await startDouble({ clock: () => undefined });
    const { times, set } = settable(20 * minute);
    const log = await openOn(double, { times });
    await log.append([ledgerOpened(stamped(times))]);
    set(25 * minute);
    await expect(log.append([memberJoined(stamped(times))])).rejects.toMatchObject({
      of: 'itself',
    });
    set(20 * minute);
    expect(await log.append([memberJoined(stamped(times))])).toMatchObject({ first: 1 });
  });
});
