/** Delivering goes on when the log lost something, or cannot be followed for a while. */
import { describe, expect, it, test } from 'vitest';
import { entry } from '../support/entries.ts';
import { aWhile, delivering, until } from '../support/webhooks.ts';
import { auditor, occur, started, subscribe, upTo, withEvents } from './support.ts';

describe('where the log lost what was sent', () => {
  it.each([
    ['beyond its head', 9],
    ['by other events of the same place', 5],
  ])('%s, it goes on with the event that says so', async (_how, position) => {
    const made = await withEvents(3);
    const d = delivering({ made, callers: [auditor] });
    const it = subscribe(d);
    const { course } = d.store.find(it)!;
    const taken = { sequence: position, eventId: '01980f0c-0000-7000-8000-000000000000' };
    for (const sequence of [2, 4])
      d.store.park(it, course, sequence, '2026-01-01T00:00:00.000Z', 'status 422');
    d.store.save(it, { ...course, status: 'active', position, taken });
    const lost = { kind: 'restored', seenSequence: 9, foundSequence: 3, reason: 'proef' };
    const { recordedAt = '' } = made.log.head();
    await made.log.append([entry('LossAccepted', lost, { recordedAt })]);
    await occur(made, 'daarna');
    started(d);
    await until(() => d.sent().length === 2);
    expect(d.sent()).toEqual([4, 5]);
    expect(d.webhooks.parked(auditor, it, -1, 9)).toMatchObject([{ sequence: 2 }]);
  });

  it('and nothing of it had been sent, it goes on where it was', async () => {
    const made = await withEvents(3);
    const d = delivering({ made, callers: [auditor] });
    const it = subscribe(d);
    const { course } = d.store.find(it)!;
    const [second] = await made.log.read('all', { from: 1, to: 1 });
    const taken = { sequence: 1, eventId: second!.entry.id };
    d.store.save(it, { ...course, status: 'active', position: 1, taken });
    started(d);
    await upTo(d, it, 3);
    expect(d.sent()).toEqual([2, 3]);
  });
});

test('a log that cannot be followed for a while is followed again', async () => {
  const made = await withEvents(1);
  let broken = true;
  const log = {
    ...made.log,
    follow: ((after, signal) => {
      if (broken) throw new Error('even niet');
      return made.log.follow(after, signal);
    }) as typeof made.log.follow,
  };
  const d = delivering({ made: { ...made, log }, callers: [auditor] });
  started(d);
  const it = subscribe(d);
  await until(() => d.reported.length > 0);
  broken = false;
  await aWhile();
  await occur(made, 'daarna');
  await upTo(d, it, 2);
  expect(d.sent()).toEqual([0, 1, 2]);
});

test('what should not happen is told without an address, and holds up for a while', async () => {
  const made = await withEvents(1);
  let broken = true;
  const ledger = {
    ...made.ledger,
    as: ((caller) => ({
      ...made.ledger.as(caller),
      matching: (...asked) => {
        if (broken) throw new Error('stuk');
        return made.ledger.as(caller).matching(...asked);
      },
    })) as typeof made.ledger.as,
  };
  const d = delivering({ made: { ...made, ledger }, callers: [auditor] });
  started(d);
  const it = subscribe(d);
  await until(() => d.reported.length > 0);
  broken = false;
  await upTo(d, it, 1);
  expect(d.waits).toContain(30_000);
  expect(d.reported.map(String).join()).not.toContain('ontvanger');
});
