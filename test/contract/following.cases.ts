import { describe, expect, test } from 'vitest';
import {
  type EventLog,
  type Followed,
  ForeignLogError,
  type Sequence,
} from '../../src/ledger/event-log.ts';
import { ledgerOpened, memberJoined } from '../support/entries.ts';

const short = (followed: Followed): string =>
  followed.kind === 'event' ? String(followed.event.sequence) : `caught-up ${followed.head}`;

const withEvents = async (log: EventLog, count: number): Promise<EventLog> => {
  const more = Array.from({ length: count - 1 }, () => memberJoined());
  await log.append([ledgerOpened(), ...more]);
  return log;
};

/** Follows until `enough`, as short words. */
const follow = async (
  log: EventLog,
  after: Sequence,
  enough: (seen: readonly string[]) => boolean,
  each: (seen: readonly string[]) => Promise<unknown> | undefined = () => undefined,
): Promise<readonly string[]> => {
  const abort = new AbortController();
  const seen: string[] = [];
  for await (const followed of log.follow(after, abort.signal)) {
    seen.push(short(followed));
    if (enough(seen)) abort.abort();
    else await each(seen);
  }
  return seen;
};

const caughtUp = (seen: readonly string[]): boolean => seen.at(-1)!.startsWith('caught-up');
const sequencesIn = (seen: readonly string[]): number[] =>
  seen.filter((word) => !word.startsWith('c')).map(Number);

export const following = (fresh: () => Promise<EventLog>): void => {
  describe('followers', () => {
    test('resume from every position', async () => {
      const log = await withEvents(await fresh(), 5);
      for (let after = -1; after < 5; after += 1) {
        const rest = [0, 1, 2, 3, 4].slice(after + 1).map(String);
        expect(await follow(log, after, caughtUp)).toEqual([...rest, 'caught-up 4']);
      }
    });

    test('of an empty log are caught up at once, and see the first event', async () => {
      const log = await fresh();
      const enough = (seen: readonly string[]): boolean => seen.includes('0');
      const first = (): Promise<unknown> => log.append([ledgerOpened()]);
      expect(await follow(log, -1, enough, first)).toEqual(['caught-up -1', '0']);
    });

    test('are told that they caught up in its place, then again after more', async () => {
      const log = await withEvents(await fresh(), 2);
      const enough = (seen: readonly string[]): boolean => seen.includes('caught-up 4');
      const seen = await follow(log, -1, enough, (so) => {
        const last = so.at(-1);
        if (last === 'caught-up 1') return log.append([memberJoined()]);
        if (last === 'caught-up 2') return log.append([memberJoined(), memberJoined()]);
        return undefined;
      });
      expect(seen).toEqual(['0', '1', 'caught-up 1', '2', 'caught-up 2', '3', '4', 'caught-up 4']);
    });

    test('catch up although somebody writes faster than they read', async () => {
      const log = await withEvents(await fresh(), 3);
      const enough = (so: readonly string[]): boolean => caughtUp(so) || so.length > 50;
      const seen = await follow(log, -1, enough, () =>
        log.append([memberJoined(), memberJoined()]),
      );
      expect(seen).toEqual(['0', '1', '2', 'caught-up 2']);
    });

    test('stop when the place they come from is not in the log', async () => {
      const log = await withEvents(await fresh(), 3);
      await expect(follow(log, 3, caughtUp)).rejects.toThrow(ForeignLogError);
      await expect(follow(log, -2, caughtUp)).rejects.toThrow(RangeError);
    });

    underWriting(fresh);
    ending(fresh);
  });
};

const underWriting = (fresh: () => Promise<EventLog>): void => {
  test('many at once, fast and slow, see every event once and in order', async () => {
    const log = await withEvents(await fresh(), 700);
    const total = 1500;
    const writing = (async () => {
      while (log.head().sequence < total - 1) {
        await Promise.all(Array.from({ length: 10 }, () => log.append([memberJoined()])));
      }
    })();
    const pause = (every: number) => (seen: readonly string[]) =>
      seen.length % every === 0
        ? new Promise((resolve) => {
            setTimeout(resolve, 1);
          })
        : undefined;
    const done = (seen: readonly string[]): boolean => seen.at(-1) === `caught-up ${total - 1}`;
    const starts = [-1, 0, 199, 350, 699];
    const followers = starts.map((after, i) => follow(log, after, done, pause(10 + 40 * i)));
    const all = await Promise.all(followers);
    await writing;
    expect(log.head().sequence).toBe(total - 1);
    for (const [i, seen] of all.entries()) {
      const after = starts[i]!;
      expect(sequencesIn(seen)).toEqual(
        Array.from({ length: total - 1 - after }, (_, n) => after + 1 + n),
      );
      seen.forEach((word, at) => {
        if (word.startsWith('c') && at > 0) expect(word).toBe(`caught-up ${seen[at - 1]!}`);
      });
    }
  });
};

const ending = (fresh: () => Promise<EventLog>): void => {
  const waiting = async (log: EventLog, signal: AbortSignal) => {
    const iterator = log.follow(-1, signal)[Symbol.asyncIterator]();
    let seen = await iterator.next();
    while (seen.value.kind !== 'caught-up') seen = await iterator.next();
    return iterator.next();
  };

  test('end when aborted while they wait', async () => {
    const log = await withEvents(await fresh(), 2);
    const abort = new AbortController();
    const pending = waiting(log, abort.signal);
    setTimeout(() => {
      abort.abort();
    }, 5);
    expect(await pending).toEqual({ done: true, value: undefined });
  });

  test('end when the log closes while they wait', async () => {
    const log = await withEvents(await fresh(), 2);
    const pending = waiting(log, new AbortController().signal);
    setTimeout(() => {
      void log.close();
    }, 5);
    expect(await pending).toEqual({ done: true, value: undefined });
  });

  test('end in the middle of a page, when aborted or closed there', async () => {
    const log = await withEvents(await fresh(), 20);
    expect(await follow(log, -1, (seen) => seen.length === 3)).toEqual(['0', '1', '2']);
    expect(
      await follow(
        log,
        -1,
        () => false,
        (seen) => (seen.length === 4 ? log.close() : undefined),
      ),
    ).toEqual(['0', '1', '2', '3']);
  });

  test('see nothing when the signal was aborted before', async () => {
    const log = await withEvents(await fresh(), 2);
    const seen: Followed[] = [];
    for await (const followed of log.follow(-1, AbortSignal.abort())) seen.push(followed);
    expect(seen).toEqual([]);
  });
};
