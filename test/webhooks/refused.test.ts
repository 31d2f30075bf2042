/** What a subscriber refuses is parked, and sent again when asked for. */
import { describe, expect, it } from 'vitest';
import { delivering, takes, until } from '../support/webhooks.ts';
import { auditor, started, subscribe, upTo, withEvents } from './support.ts';

describe('what is refused', () => {
  const refusing = async (sequences: readonly number[], events = 4) => {
    const refused = new Set(sequences);
    const d = delivering({
      made: await withEvents(events),
      callers: [auditor],
      answer: ({ sequence }) => (refused.has(sequence) ? { status: 422 } : takes),
    });
    started(d);
    const it = subscribe(d);
    await upTo(d, it, events);
    const sequencesParked = () => d.webhooks.parked(auditor, it, -1, 100).map((p) => p.sequence);
    return { d, it, refused, sequencesParked };
  };

  it('ten times is parked, and the others go on', async () => {
    const { d, it, sequencesParked } = await refusing([2]);
    expect(d.sent()).toEqual([0, 1, ...Array.from({ length: 10 }, () => 2), 3, 4]);
    expect(sequencesParked()).toEqual([2]);
    expect(d.webhooks.one(auditor, it)).toMatchObject({ status: 'active', parked: 1, position: 4 });
    expect(d.webhooks.parked(auditor, it, -1, 1)).toMatchObject([{ failure: 'status 422' }]);
  });

  it('is sent again when asked for, all of it in order', async () => {
    const { d, it, refused, sequencesParked } = await refusing([1, 3]);
    refused.clear();
    const before = d.sent().length;
    expect(d.webhooks.replay(auditor, it)).toBe(2);
    await until(() => sequencesParked().length === 0);
    expect(d.sent().slice(before)).toEqual([1, 3]);
    expect(d.store.find(it)!.course.position).toBe(4);
  });

  it('is sent again one by one, whichever is asked for', async () => {
    const { d, it, refused, sequencesParked } = await refusing([1, 3]);
    refused.clear();
    expect(d.webhooks.replay(auditor, it, 3)).toBe(1);
    await until(() => sequencesParked().length === 1);
    expect(sequencesParked()).toEqual([1]);
    expect(() => d.webhooks.replay(auditor, it, 3)).toThrow('staat bij dit abonnement niet apart');
  });

  it('and refused again stays, and so does what was to follow it', async () => {
    const { d, it, refused, sequencesParked } = await refusing([1, 2, 3]);
    refused.delete(1);
    refused.delete(3);
    const before = d.sent().length;
    d.webhooks.replay(auditor, it);
    await until(() => d.webhooks.parked(auditor, it, -1, 9).every(({ due }) => !due));
    expect(sequencesParked()).toEqual([2, 3]);
    expect(d.sent().slice(before)).toEqual([1, 2]);
  });

  it('is kept by its sequence only', async () => {
    const { d } = await refusing([2]);
    expect(d.db.prepare('SELECT * FROM parked').all()).toEqual([
      {
        id: expect.any(String),
        sequence: 2,
        parked_at: expect.any(String),
        failure: 'status 422',
        due: 0,
      },
    ]);
  });

  it('ten in a row is not about the events: it is paused, and can be resumed', async () => {
    const made = await withEvents(20);
    let refuses = true;
    const d = delivering({
      made,
      callers: [auditor],
      answer: ({ method }) => (refuses && method === 'POST' ? { status: 500 } : takes),
    });
    started(d);
    const it = subscribe(d);
    await until(() => d.store.find(it)!.course.status === 'paused');
    expect(d.webhooks.one(auditor, it)).toMatchObject({ reason: 'many-parked', parked: 10 });
    refuses = false;
    d.webhooks.resume(auditor, it);
    d.webhooks.replay(auditor, it);
    await upTo(d, it, 20);
    await until(() => d.store.countParked(it) === 0);
    expect(d.sent().slice(100)).toEqual(Array.from({ length: 21 }, (_, n) => n));
  });
});
