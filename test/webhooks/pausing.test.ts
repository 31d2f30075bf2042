/** A subscriber can be paused, taken up again, and ended. */
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../src/webhooks/course.ts';
import { aWhile, delivering, takes, until } from '../support/webhooks.ts';
import { auditor, occur, started, subscribe, upTo, withEvents } from './support.ts';

describe('pausing', () => {
  it('holds it where it is, and resuming asks again and goes on', async () => {
    const made = await withEvents(2);
    const d = delivering({ made, callers: [auditor] });
    started(d);
    const it = subscribe(d);
    await upTo(d, it, 2);
    expect(d.webhooks.pause(auditor, it)).toMatchObject({ status: 'paused', reason: 'by-owner' });
    await occur(made, 'meer');
    await aWhile();
    expect(d.sent()).toEqual([0, 1, 2]);
    expect(d.webhooks.resume(auditor, it)).toMatchObject({ status: 'awaiting' });
    await upTo(d, it, 3);
    expect(d.sent()).toEqual([0, 1, 2, 3]);
    expect(d.asked.filter(({ method }) => method === 'OPTIONS')).toHaveLength(2);
  });

  /** The receiver has event 1, and has not answered yet. */
  const midway = async () => {
    let release: (outcome: Outcome) => void = () => undefined;
    const d = delivering({
      made: await withEvents(2),
      callers: [auditor],
      answer: ({ sequence }) =>
        sequence === 1 ? new Promise((resolve) => (release = resolve)) : takes,
    });
    started(d);
    const it = subscribe(d);
    await until(() => d.sent().includes(1));
    await aWhile();
    return { d, it, answer: () => release(takes) };
  };

  it('while a delivery is under way keeps what came of that', async () => {
    const { d, it, answer } = await midway();
    d.webhooks.pause(auditor, it);
    answer();
    await upTo(d, it, 1);
    await aWhile();
    expect(d.store.find(it)!.course).toMatchObject({ status: 'paused', position: 1 });
    expect(d.sent()).toEqual([0, 1]);
  });

  it('ending while a delivery is under way ends it', async () => {
    const { d, it, answer } = await midway();
    d.webhooks.end(auditor, it);
    answer();
    await aWhile();
    expect(d.store.find(it)).toMatchObject({ token: undefined, course: { status: 'ended' } });
    expect(d.sent()).toEqual([0, 1]);
  });
});
