/** Questions whose items are one fact each: the data of one type of event, as it was recorded. */
import type { EntryType } from '../events/index.ts';
import { byField, fact, type Projection, valueFrom, valueOf } from './core.ts';

/** Items are the data of events of this type, one each, named by a field or the event itself. */
export const oneToOne = (
  question: string,
  type: EntryType,
  idField: string | undefined,
  ...sortedBy: readonly string[]
): Projection => ({
  question,
  types: [type],
  apply: (entry) => {
    if (entry.type !== type) return [];
    const id = idField === undefined ? entry.id : (entry.data as Record<string, unknown>)[idField];
    const value = valueFrom(entry, { date: entry.validFrom, eventId: entry.id });
    return [fact(entry, String(id), 'item', value)];
  },
  assemble: (_thing, facts) => {
    const item = valueOf<Record<string, unknown>>(facts, 'item');
    return item && { item, from: facts };
  },
  sortKey: byField(...sortedBy),
});
