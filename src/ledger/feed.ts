/** The ledger's events one by one and in pages, as far as the asker sees them. */
import { type EntryType, tagsOf } from '../../events/index.ts';
import { ProblemError } from './errors.ts';
import type { EventLog, Query, QueryItem, Sequence, StoredEvent } from './event-log.ts';
import type { Asker, Moment } from './questions.ts';
import { mostLookedAt } from './summaries.ts';

/** What somebody wants of it; absent: all that they see. */
export interface FeedFilter {
  readonly type?: EntryType | undefined;
  readonly tag?: string | undefined;
}

interface FeedQuestion extends Moment, FeedFilter {
  /** The sequence before the first. */
  readonly after: Sequence;
}

const queryOf = ({ type, tag }: FeedFilter): Query => {
  const item: QueryItem = {
    ...(type === undefined ? {} : { types: [type] }),
    ...(tag === undefined ? {} : { tags: [tag] }),
  };
  return Object.keys(item).length === 0 ? 'all' : [item];
};

const fits = ({ type, tag }: FeedFilter, { entry }: StoredEvent): boolean =>
  (type === undefined || entry.type === type) && (tag === undefined || tagsOf(entry).includes(tag));

export const feedReader = ({ rights, momentOf, seen }: Asker, log: EventLog) => ({
  /** In the order of the log; `next` is the sequence after which the next page begins. */
  events: async ({ after, type, tag, ...moment }: FeedQuestion, limit: number) => {
    const asOf = await momentOf(moment);
    const query = queryOf({ type, tag });
    const items: StoredEvent[] = [];
    let at = after;
    // What may be seen can be rare: looks on, but not for ever in one answer.
    for (let looked = 0; looked < mostLookedAt;) {
      const options = { from: at + 1, to: asOf.knownAt, limit: limit + 1 };
      const found = await log.read(query, options);
      const visible = await seen(found);
      const room = limit - items.length;
      items.push(...visible.slice(0, room));
      const isLast = found.length <= limit;
      if (visible.length > room) return { asOf, items, next: items.at(-1)!.sequence };
      if (isLast) return { asOf, items };
      at = found.at(-1)!.sequence;
      if (items.length === limit) return { asOf, items, next: at };
      looked += found.length;
    }
    return { asOf, items, next: at };
  },

  /** The same for who follows: from a place on, and then as it comes. */
  feed: {
    head: (): Sequence => log.head().sequence,
    follow: (after: Sequence, signal: AbortSignal) => log.follow(after, signal),
    /** Of these events. */
    of: (filter: FeedFilter, events: readonly StoredEvent[]) =>
      seen(events.filter((event) => fits(filter, event))),
    /** At most `limit` are looked at; `to` is the sequence up to which that was. */
    page: async (filter: FeedFilter, after: Sequence, goal: Sequence, limit: number) => {
      const found = await log.read(queryOf(filter), { from: after + 1, to: goal, limit });
      const to = found.length < limit ? goal : found.at(-1)!.sequence;
      return { events: await seen(found), to };
    },
  },

  /** @throws ProblemError `not-found`, also for one that the asker does not see */
  event: async (eventId: string, moment: Moment) => {
    const asOf = await momentOf(moment);
    const found = await log.byId(eventId);
    const [event] = found === undefined || found.sequence > asOf.knownAt ? [] : await seen([found]);
    if (event !== undefined) return { asOf, event };
    throw new ProblemError({
      code: 'not-found',
      detail: `Gebeurtenis ${eventId} bestaat niet op dit moment.`,
    });
  },

  /** Highest sequence up to `knownAt` among the events about a thing: its ETag. */
  version: async (thing: string, knownAt: Sequence): Promise<Sequence> => {
    const item = {
      tags: [thing],
      ...(rights.types === undefined ? {} : { types: rights.types() }),
    };
    let to = knownAt;
    for (;;) {
      const last = await log.read([item], { to, direction: 'backward', limit: 20 });
      const [visible] = await seen(last);
      if (visible !== undefined || last.length === 0) return visible?.sequence ?? -1;
      to = last.at(-1)!.sequence - 1;
    }
  },
});
