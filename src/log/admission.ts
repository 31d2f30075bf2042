/** What every adapter asks of entries and queries before it looks at its store. */
import {
  byteLength,
  canonicalText,
  type Entry,
  EntryError,
  tagsOf,
} from '../../events/index.ts';
import { maxCommandBytes, maxEntryBytes } from '../../events/entry.ts';
import { TagText } from '../../events/values.ts';
import {
  type AppendCondition,
  InvalidEntryError,
  type Query,
  type QueryItem,
  TooLargeError,
} from '../ledger/event-log.ts';

/** An entry that may be stored. */
export interface Admitted {
  readonly entry: Entry;
  readonly text: string;
  readonly tags: readonly string[];
}

/** @throws InvalidEntryError, TooLargeError */
export const admit = (entries: readonly Entry[]): readonly Admitted[] => {
  if (entries.length === 0) throw new InvalidEntryError('a command has at least one entry');
  let total = 0;
  const ids = new Set<string>();
  return entries.map((entry, index) => {
    const text = canonical(entry);
    const size = byteLength(text);
    total += size;
    if (size > maxEntryBytes)
      throw new TooLargeError(`an entry of ${size} bytes is larger than ${maxEntryBytes}`);
    if (total > maxCommandBytes)
      throw new TooLargeError(`a command is larger than ${maxCommandBytes} bytes`);
    if (ids.has(entry.id)) throw new InvalidEntryError(`event id ${entry.id} is there twice`);
    ids.add(entry.id);
    const before = entries[index - 1];
    if (before !== undefined && entry.recordedAt < before.recordedAt)
      throw new InvalidEntryError('recordedAt goes back within a command');
    const tags = tagsOf(entry);
    const bad = tags.find((tag) => !TagText.safeParse(tag).success);
    if (bad !== undefined) throw new InvalidEntryError(`not a tag: ${bad}`);
    return { entry, text, tags };
  });
};

const canonical = (entry: Entry): string => {
  try {
    return canonicalText(entry);
  } catch (error) {
    if (error instanceof EntryError) throw new InvalidEntryError(error.message);
    throw error;
  }
};

/** @throws InvalidEntryError for an item that names neither types nor tags */
export const admitQuery = (query: Query): Query => {
  if (query === 'all') return query;
  for (const item of query) {
    if ((item.types ?? []).length === 0 && (item.tags ?? []).length === 0)
      throw new InvalidEntryError('a query item names types or tags');
  }
  return query;
};

export const admitCondition = (condition: AppendCondition | undefined) => {
  if (condition !== undefined) admitQuery(condition.failIfEventsMatch);
  return condition;
};

export const matchesItem = (
  item: QueryItem,
  type: string,
  tags: ReadonlySet<string> | readonly string[],
): boolean => {
  const has = (tag: string) =>
    Array.isArray(tags) ? tags.includes(tag) : (tags as ReadonlySet<string>).has(tag);
  return (
    (item.types === undefined || item.types.length === 0 || item.types.includes(type)) &&
    (item.tags ?? []).every(has)
  );
};
