/** The log in memory: for tests, rehearsals and previews. */
import type { EventLog, QueryItem, Sequence, StoredEvent } from '../ledger/event-log.ts';
import { type Admitted, matchesItem } from './admission.ts';
import { followersOf } from './followers.ts';
import { appendTo, logOf, type Store, storedEvent } from './store.ts';

interface Kept {
  readonly event: StoredEvent;
  readonly tags: ReadonlySet<string>;
}

/** An empty log that lives as long as the process. Its events are frozen: readers share them. */
export const openMemoryLog = (): EventLog => {
  const store = memoryStore();
  const followers = followersOf({
    head: () => store.head().sequence,
    page: (from, to) => store.events('all', { from, to, limit: Infinity, backward: false }),
  });
  return logOf({
    store,
    followers,
    write: async (request) => {
      const outcome = appendTo(store, request);
      if (outcome.outcome === 'appended') followers.wake();
      return outcome;
    },
    shut: () => undefined,
  });
};

const memoryStore = (): Store => {
  const kept: Kept[] = [];
  const byId = new Map<string, Sequence>();
  const byTag = new Map<string, Sequence[]>();
  const byType = new Map<string, Sequence[]>();

  /** Sequences from `from` on that fit an item, ascending within each list looked at. */
  function* fitting(item: QueryItem, from: Sequence): Generator<Sequence> {
    for (const list of candidates(item)) {
      for (let i = firstFrom(list, from); i < list.length; i += 1) {
        const { event, tags } = kept[list[i]!]!;
        if (matchesItem(item, event.entry.type, tags)) yield event.sequence;
      }
    }
  }

  /** The rarest of its tags, or else its types: lists that together hold all matches. */
  const candidates = ({ types = [], tags = [] }: QueryItem): readonly (readonly Sequence[])[] => {
    if (tags.length === 0) return types.map((type) => byType.get(type) ?? []);
    return [
      tags.map((tag) => byTag.get(tag) ?? []).reduce((a, b) => (a.length <= b.length ? a : b)),
    ];
  };

  return {
    head: () => {
      const last = kept.at(-1)?.event;
      return last === undefined
        ? { sequence: -1 }
        : { sequence: last.sequence, recordedAt: last.entry.recordedAt };
    },
    has: (eventId) => byId.has(eventId),
    byIds: (eventIds) =>
      [...new Set(eventIds.flatMap((eventId) => byId.get(eventId) ?? []))]
        .sort((a, b) => a - b)
        .map((sequence) => kept[sequence]!.event),
    matches: (items, from) => items.some((item) => fitting(item, from).next().done === false),
    events: (items, { from, to, limit, backward }) => {
      if (items === 'all') {
        const first = backward ? Math.max(from, to + 1 - limit) : from;
        const all = kept.slice(first, Math.min(to + 1, first + limit)).map(({ event }) => event);
        return backward ? all.reverse() : all;
      }
      const found = new Set(items.flatMap((item) => [...fitting(item, from)]));
      const order = [...found].filter((sequence) => sequence <= to).sort((a, b) => a - b);
      if (backward) order.reverse();
      return order.slice(0, limit).map((sequence) => kept[sequence]!.event);
    },
    insert: ({ id, type, text, tags }: Admitted) => {
      const sequence = kept.length;
      kept.push({ event: frozen(storedEvent(sequence, text)), tags: new Set(tags) });
      byId.set(id, sequence);
      for (const tag of tags) push(byTag, tag, sequence);
      push(byType, type, sequence);
    },
  };
};

const push = (index: Map<string, Sequence[]>, name: string, sequence: Sequence): void => {
  const list = index.get(name);
  if (list) list.push(sequence);
  else index.set(name, [sequence]);
};

/** Index of the first sequence in an ascending list that is not below `from`. */
const firstFrom = (list: readonly Sequence[], from: Sequence): number => {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (list[middle]! < from) low = middle + 1;
    else high = middle;
  }
  return low;
};

const frozen = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(frozen);
    Object.freeze(value);
  }
  return value;
};
