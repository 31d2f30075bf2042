/** Writers that start together: what they decided on must still be so when they are written. */
import { describe, expect, test } from 'vitest';
import { tagsOf } from '../../events/index.ts';
import type { AppendCondition, EventLog } from '../../src/ledger/event-log.ts';
import { hmacLike, ledgerOpened, memberJoined } from '../support/entries.ts';

const about = (municipality: string, count = 1, tag = hmacLike()) =>
  Array.from({ length: count }, () =>
    memberJoined({ data: { municipality }, command: { tag, input: hmacLike() } }),
  );
const unlessSeen = (municipality: string, after: number): AppendCondition => ({
  failIfEventsMatch: [{ tags: [`municipality:${municipality}`] }],
  after,
});

/** Opens a gate at once for all who wait. */
const barrier = (): { readonly gate: Promise<void>; readonly open: () => void } => {
  let open = (): void => undefined;
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { gate, open };
};

export const racing = (fresh: () => Promise<EventLog>): void => {
  describe('writers that start together', () => {
    test('of 32 that would break each other, exactly one wins, every time', async () => {
      const log = await fresh();
      await log.append([ledgerOpened()]);
      for (let round = 0; round < 20; round += 1) {
        const code = `gm${String(round).padStart(4, '0')}`;
        const { gate, open } = barrier();
        const after = log.head().sequence;
        const racers = Array.from({ length: 32 }, async (_, i) => {
          await gate;
          if (i % 3 === 0) await new Promise((resolve) => setImmediate(resolve));
          return log.append(about(code, 2), unlessSeen(code, after));
        });
        open();
        const outcomes = (await Promise.all(racers)).map((o) => o.outcome);
        expect(outcomes.filter((o) => o === 'appended')).toHaveLength(1);
        expect(outcomes.filter((o) => o === 'conflict')).toHaveLength(31);
        expect(await log.read([{ tags: [`municipality:${code}`] }])).toHaveLength(2);
      }
      expect(log.head().sequence).toBe(40);
    });

    test('those who are about different things all win, in the order of their calls', async () => {
      const log = await fresh();
      await log.append([ledgerOpened()]);
      const codes = Array.from({ length: 32 }, (_, i) => `gm${String(i).padStart(4, '0')}`);
      const outcomes = await Promise.all(
        codes.map((code) => log.append(about(code), unlessSeen(code, 0))),
      );
      expect(outcomes).toEqual(
        codes.map((_, i) => ({ outcome: 'appended', first: i + 1, last: i + 1 })),
      );
    });

    test('a condition is about what came before its call, not after', async () => {
      const log = await fresh();
      await log.append([ledgerOpened()]);
      const [first, second, third] = await Promise.all([
        log.append(about('gm0001'), unlessSeen('gm0002', 0)),
        log.append(about('gm0002'), unlessSeen('gm0001', 0)),
        log.append(about('gm0003'), unlessSeen('gm0002', 0)),
      ]);
      expect([first.outcome, second.outcome, third.outcome]).toEqual([
        'appended',
        'conflict',
        'appended',
      ]);
    });

    test('a bad one among good ones takes nobody with it', async () => {
      const log = await fresh();
      await log.append([ledgerOpened()]);
      const known = about('gm0001');
      await log.append(known);
      const ended = await Promise.allSettled([
        log.append(about('gm0002')),
        log.append(about('not a code')),
        log.append([...about('gm0003'), ...known]),
        log.append(about('gm0004', 3), unlessSeen('gm0001', 0)),
        log.append(about('gm0005', 2), unlessSeen('gm0003', 0)),
        log.append([ledgerOpened()]),
        log.append(about('gm0006')),
      ]);
      expect(ended.map((e) => (e.status === 'fulfilled' ? e.value.outcome : 'error'))).toEqual([
        'appended',
        'error',
        'error',
        'conflict',
        'appended',
        'error',
        'appended',
      ]);
      const codes = (await log.read('all', { from: 2 })).map((e) => tagsOf(e.entry)[0]);
      expect(codes).toEqual(['0002', '0005', '0005', '0006'].map((c) => `municipality:gm${c}`));
    });

    test('batches stay together', async () => {
      const log = await fresh();
      await log.append([ledgerOpened()]);
      const batches = Array.from({ length: 50 }, (_, i) => about('gm0001', 1 + (i % 7)));
      await Promise.all(batches.map((batch) => log.append(batch)));
      const stored = (await log.read('all', { from: 1 })).map((e) => e.entry.id);
      expect(stored).toEqual(batches.flat().map((e) => e.id));
    });
  });
};
