/** A log to try things on: what is there, and over it what is tried; the first is not written. */
import type { EventLog, Query, ReadOptions, StoredEvent } from '../ledger/event-log.ts';

/**
 * @param base only read, up to its head of now; not empty
 * @param over an empty log, which takes what is appended
 */
export const rehearsalLog = async (base: EventLog, over: EventLog): Promise<EventLog> => {
  const head = base.head();
  // A log begins with `LedgerOpened`, so that stands below what is tried; it is never read.
  await over.append((await base.read('all', { to: 0 })).map(({ entry }) => entry));
  const shift = head.sequence;
  const shifted = (event: StoredEvent): StoredEvent => ({
    ...event,
    sequence: event.sequence + shift,
  });

  const read = async (query: Query, options: ReadOptions = {}): Promise<readonly StoredEvent[]> => {
    const { from = 0, to = Number.MAX_SAFE_INTEGER, direction = 'forward', limit } = options;
    const how = { direction, ...(limit === undefined ? {} : { limit }) };
    const older =
      from > head.sequence
        ? []
        : await base.read(query, { ...how, from, to: Math.min(to, head.sequence) });
    const tried =
      to <= shift
        ? []
        : await over.read(query, { ...how, from: Math.max(from - shift, 1), to: to - shift });
    const newer = tried.map(shifted);
    const all = direction === 'forward' ? [...older, ...newer] : [...newer, ...older];
    return all.slice(0, limit);
  };

  const byIds = async (eventIds: readonly string[]): Promise<readonly StoredEvent[]> => {
    const found = await base.byIds(eventIds);
    const tried = (await over.byIds(eventIds)).filter(({ sequence }) => sequence > 0);
    return [...found.filter(({ sequence }) => sequence <= head.sequence), ...tried.map(shifted)];
  };

  return {
    append: async (entries, condition) => {
      if (condition !== undefined) {
        const { failIfEventsMatch: query, after = -1 } = condition;
        if ((await read(query, { from: after + 1, limit: 1 })).length > 0)
          return { outcome: 'conflict' };
      }
      const done = await over.append(entries);
      if (done.outcome !== 'appended') return done;
      return { ...done, first: done.first + shift, last: done.last + shift };
    },
    receive: () => {
      throw new Error('a rehearsal takes over nothing');
    },
    read,
    byId: async (eventId) => (await byIds([eventId]))[0],
    byIds,
    head: () => {
      const tried = over.head();
      return tried.sequence < 1 ? head : { ...tried, sequence: tried.sequence + shift };
    },
    follow: () => {
      throw new Error('a rehearsal is not followed');
    },
    close: () => over.close(),
  };
};
