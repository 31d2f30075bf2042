/** The hub, event by event: who joins while others are being sent to has everything once. */
import { expect, test } from 'vitest';
import type { Followed } from '../../src/ledger/event-log.ts';
import { usualBounds } from '../../src/http/stream/bounds.ts';
import type { Member, Sight } from '../../src/http/stream/groups.ts';
import { hubOver } from '../../src/http/stream/hub.ts';
import { memberJoined } from '../support/entries.ts';

/** A log that tells what it is told to. */
const acting = () => {
  const told: Followed[] = [];
  let wake: () => void = () => undefined;
  return {
    happens: (...sequences: readonly number[]) => {
      for (const sequence of sequences)
        told.push({ kind: 'event', event: { sequence, text: '', entry: memberJoined() } });
      told.push({ kind: 'caught-up', head: sequences.at(-1)! });
      wake();
    },
    async *follow(_after: number, signal: AbortSignal): AsyncGenerator<Followed> {
      while (!signal.aborted) {
        const next = told.shift();
        if (next !== undefined) yield next;
        else await new Promise<void>((resolve) => (wake = resolve));
      }
    },
  };
};

const reader = (position: number) => {
  let text = '';
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
      end: () => undefined,
      cut: () => undefined,
    },
  };
  const ids = () => [...text.matchAll(/^id: (\d+)\nevent: nl/gm)].map(([, id]) => Number(id));
  return { member, ids, leave: () => [...gone].forEach((one) => one()) };
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
