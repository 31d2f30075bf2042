/** The log in memory: for tests, rehearsals and previews. */
import { readText } from '../../events/index.ts';
import {
  type AppendOutcome,
  type EventLog,
  InvalidEntryError,
  LogClosedError,
  type Query,
  type QueryItem,
  type ReadOptions,
  type Sequence,
  type StoredEvent,
} from '../ledger/event-log.ts';
import { admit, type Admitted, admitCondition, admitQuery, matchesItem } from './admission.ts';
import { followers } from './followers.ts';

interface Kept {
  readonly event: StoredEvent;
  readonly tags: ReadonlySet<string>;
}

export const openMemoryLog = (): EventLog => {
  const kept: Kept[] = [];
  const byTag = new Map<string, Sequence[]>();
  const byType = new Map<string, Sequence[]>();
  const ids = new Map<string, Sequence>();
  let closed = false;
  const head = (): Sequence => kept.length - 1;
  const open = (): void => {
    if (closed) throw new LogClosedError('the log is closed');
  };

  /** The shortest list of sequences that holds all matches of an item. */
  const candidates = (item: QueryItem): readonly Sequence[] => {
    const lists = (item.tags ?? []).map((tag) => byTag.get(tag) ?? []);
    if (lists.length > 0) return lists.reduce((a, b) => (a.length <= b.length ? a : b));
    const types = (item.types ?? []).flatMap((type) => byType.get(type) ?? []);
    return types.sort((a, b) => a - b);
  };

  const matching = (query: Query, from: Sequence, to: Sequence): readonly Sequence[] => {
    if (query === 'all') {
      const first = Math.max(from, 0);
      const count = Math.min(to, head()) - first + 1;
      return count <= 0 ? [] : Array.from({ length: count }, (_, i) => first + i);
    }
    const found = new Set<Sequence>();
    for (const item of query) {
      for (const sequence of candidates(item)) {
        if (sequence < from || sequence > to) continue;
        const { event, tags } = kept[sequence]!;
        if (matchesItem(item, event.entry.type, tags)) found.add(sequence);
      }
    }
    return [...found].sort((a, b) => a - b);
  };

  const readNow = (query: Query, options: ReadOptions): readonly StoredEvent[] => {
    const sequences = matching(query, options.from ?? 0, options.to ?? head());
    const ordered = options.direction === 'backward' ? [...sequences].reverse() : sequences;
    return ordered.slice(0, options.limit).map((sequence) => kept[sequence]!.event);
  };

  const keep = ({ entry, text, tags }: Admitted): void => {
    const sequence = kept.length;
    // Read back from the text, so that nobody shares an object with the writer.
    kept.push({ event: { sequence, text, entry: readText(text) }, tags: new Set(tags) });
    ids.set(entry.id, sequence);
    for (const tag of tags) push(byTag, tag, sequence);
    push(byType, entry.type, sequence);
  };

  const following = followers({ head, read: (options) => readNow('all', options) });

  return {
    append: async (entries, condition): Promise<AppendOutcome> => {
      open();
      admitCondition(condition);
      const admitted = admit(entries);
      const known = admitted.find(({ entry }) => ids.has(entry.id));
      if (known !== undefined)
        throw new InvalidEntryError(`event id ${known.entry.id} is in the log`);
      if (condition !== undefined) {
        const after = condition.after ?? -1;
        if (matching(condition.failIfEventsMatch, after + 1, head()).length > 0)
          return { outcome: 'conflict' };
      }
      const last = kept.at(-1)?.event.entry.recordedAt ?? '';
      if (admitted[0]!.entry.recordedAt < last) return { outcome: 'clock' };
      const first = kept.length;
      admitted.forEach(keep);
      following.wake();
      return { outcome: 'appended', first, last: kept.length - 1 };
    },
    read: async (query, options = {}) => {
      open();
      return readNow(admitQuery(query), options);
    },
    byId: async (eventId) => {
      open();
      const sequence = ids.get(eventId);
      return sequence === undefined ? undefined : kept[sequence]!.event;
    },
    head: () => {
      const last = kept.at(-1)?.event;
      return last === undefined
        ? { sequence: -1 }
        : { sequence: last.sequence, recordedAt: last.entry.recordedAt };
    },
    follow: (after, signal) => following.follow(after, signal),
    close: async () => {
      closed = true;
      following.close();
    },
  };
};

const push = (index: Map<string, Sequence[]>, name: string, sequence: Sequence): void => {
  const list = index.get(name);
  if (list) list.push(sequence);
  else index.set(name, [sequence]);
};
