/** The hub, event by event: who joins while others are being sent to has everything once. */
import { expect, test } from 'vitest';
import { type Followed, LogClosedError } from '../../src/ledger/event-log.ts';
import { usualBounds } from '../../src/http/stream/bounds.ts';
import type { Member, Sight } from '../../src/http/stream/groups.ts';
import { hubOver } from '../../src/http/stream/hub.ts';
import { memberJoined } from '../support/entries.ts';

/** A log that tells what it is told to. */
const acting = () => {
  const told: (Followed | Error)[] = [];
  let wake: () => void = () => undefined;
  return {
    happens: (...sequences: readonly number[]) => {
      for (const sequence of sequences)
        told.push({ kind: 'event', event: { sequence, text: '', entry: memberJoined() } });
      told.push({ kind: 'caught-up', head: sequences.at(-1)! });
      wake();
    },
    breaks: () => {
      told.push(new Error('the log cannot be followed now'));
      wake();
    },
    async *follow(_after: number, signal: AbortSignal): AsyncGenerator<Followed> {
      while (!signal.aborted) {
        const next = told.shift();
        if (next instanceof Error) throw next;
        if (next !== undefined) yield next;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    },
  };
};

const reader = (position: number) => {
  let text = '';
  let isEnded = false;
  const gone = new Set<() => void>();
  const member: Member = {
    position,
    outlet: {
      write: (chunk) => void (text += Buffer.from(chunk).toString()),
      waiting: () => 0,
      room: async () => undefined,
      isOver: () => false,
      onGone: (listener) => {
        gone.add(listener);
        return () => gone.delete(listener);
      },
      quietFor: () => 0,
      stuckFor: () => 0,
      end: () => (isEnded = true),
      cut: () => undefined,
    },
  };
  const ids = () => [...text.matchAll(/^id: (\d+)\nevent: nl/gm)].map(([, id]) => Number(id));
  return { member, ids, isEnded: () => isEnded, leave: () => [...gone].forEach((one) => one()) };
};

const sight = (key: string, wait: Promise<void> = Promise.resolve()): Sight => ({
  key,
  of: async (events) => {
    await wait;
    return events;
  },
});

test('a reader that comes while events are being sent is told how far it must come first', async () => {
  const log = acting();
  const hub = hubOver({
    follow: log.follow,
    bounds: { ...usualBounds, gather: 0 },
    report: undefined,
  });
  let goOn: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (goOn = resolve));
  const [first, second] = [reader(4), reader(4)];
  const leaving = [hub.join(sight('a'), first.member), hub.join(sight('b', held), second.member)];
  log.happens(5, 6);
  await expect.poll(first.ids).toEqual([5, 6]);
  // The second is still being sent to; nobody may join who has not had all of these.
  expect(second.ids()).toEqual([]);
  expect(hub.position()).toBe(6);
  const [late, ahead] = [reader(6), reader(7)];
  leaving.push(hub.join(sight('a'), late.member), hub.join(sight('b', held), ahead.member));
  goOn();
  log.happens(7, 8);
  for (const one of [first, second]) await expect.poll(one.ids).toEqual([5, 6, 7, 8]);
  await expect.poll(late.ids).toEqual([7, 8]);
  await expect.poll(ahead.ids).toEqual([8]);
  for (const one of [first, second, late, ahead]) one.leave();
  await Promise.all(leaving);
  expect(hub.position()).toBe(-1);
});

test('following that breaks begins anew, and nobody misses what was being sent', async () => {
  const errors: unknown[] = [];
  const log = acting();
  const begun: number[] = [];
  const hub = hubOver({
    follow: (after, signal) => {
      begun.push(after);
      return log.follow(after, signal);
    },
    bounds: { ...usualBounds, gather: 0, startOver: 20 },
    report: (error) => errors.push(error),
  });
  const [first, second] = [reader(4), reader(4)];
  const flawed: Sight = { key: 'b', of: () => Promise.reject(new Error('cannot be judged now')) };
  const leaving = [hub.join(sight('a'), first.member), hub.join(flawed, second.member)];
  log.happens(5, 6);
  // All leave: whoever had nothing of it is where it was, and comes back as far as it has caught up.
  await Promise.all(leaving);
  expect(first.ids()).toEqual([5, 6]);
  expect(second.member.position).toBe(4);
  expect(errors).toHaveLength(1);
  expect(hub.position()).toBe(-1);
  second.member.position = 6;
  const back = [hub.join(sight('a'), first.member), hub.join(sight('a'), second.member)];
  log.happens(7);
  for (const one of [first, second]) await expect.poll(() => one.ids().at(-1)).toBe(7);
  // Who comes while it is broken does not wait for ever.
  log.breaks();
  await expect.poll(() => errors.length).toBe(2);
  back.push(hub.join(sight('a'), reader(7).member));
  await Promise.all(back);
  expect(begun).toEqual([4, 6]);
});

test('a log that is closed ends all streams, also of who comes just then', async () => {
  let close: () => void = () => undefined;
  let isClosed = false;
  const hub = hubOver({
    // eslint-disable-next-line require-yield
    async *follow() {
      if (isClosed) throw new LogClosedError('the log is closed');
      await new Promise<void>((resolve) => (close = resolve));
    },
    bounds: usualBounds,
    report: undefined,
  });
  const [first, late] = [reader(4), reader(4)];
  void hub.join(sight('a'), first.member);
  isClosed = true;
  await new Promise((resolve) => setImmediate(resolve));
  close();
  await expect.poll(first.isEnded).toBe(true);
  void hub.join(sight('a'), late.member);
  await expect.poll(late.isEnded).toBe(true);
});
