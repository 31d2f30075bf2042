/** What every adapter asks of entries, conditions and queries before it looks at its store. */
import { maxCommandBytes, maxEntryBytes } from '../../events/entry.ts';
import { byteLength, canonicalText, checkText, type Entry, tagsOf } from '../../events/index.ts';
import { TagText } from '../../events/values.ts';
import {
  type AppendCondition,
  InvalidEntryError,
  type Query,
  type QueryItem,
  type ReadOptions,
  type Sequence,
  TooLargeError,
} from '../ledger/event-log.ts';

/** Names in one query item; far more than any event carries. */
const maxNames = 1000;

/** What is kept of an entry. A copy: the writer's own object may change before the commit. */
export interface Admitted {
  readonly id: string;
  readonly type: Entry['type'];
  readonly recordedAt: string;
  /** Only of `LedgerOpened`. */
  readonly ledgerId?: string;
  readonly text: string;
  readonly bytes: number;
  readonly tags: readonly string[];
}

/** A range within the log, bounds inclusive; empty when `from` lies after `to`. */
export interface Range {
  readonly from: Sequence;
  readonly to: Sequence;
  readonly limit: number;
  readonly backward: boolean;
}

/** @throws InvalidEntryError, TooLargeError */
export const admit = (entries: readonly Entry[]): readonly Admitted[] =>
  together(entries, (entry) => admitted(entry, canonical(entry)));

/**
 * Text that another log holds, in whichever version it was written.
 * @throws InvalidEntryError, TooLargeError
 */
export const admitTexts = (texts: readonly string[]): readonly Admitted[] =>
  together(texts, admitText);

/** One of them. @throws InvalidEntryError, TooLargeError */
export const admitText = (text: string): Admitted => admitted(checked(text), text);

const together = <T>(all: readonly T[], admitOne: (one: T) => Admitted): readonly Admitted[] => {
  if (all.length === 0) throw new InvalidEntryError('a command has at least one entry');
  const taken: Admitted[] = [];
  const ids = new Set<string>();
  let total = 0;
  for (const each of all) {
    const one = admitOne(each);
    total += one.bytes;
    if (total > maxCommandBytes)
      throw new TooLargeError(`a command is larger than ${maxCommandBytes} bytes`);
    if (ids.has(one.id)) throw new InvalidEntryError(`event id ${one.id} is there twice`);
    if (one.recordedAt < (taken.at(-1)?.recordedAt ?? ''))
      throw new InvalidEntryError('recordedAt goes back within a command');
    ids.add(one.id);
    taken.push(one);
  }
  return taken;
};

const admitted = (entry: Entry, text: string): Admitted => {
  const bytes = byteLength(text);
  if (bytes > maxEntryBytes)
    throw new TooLargeError(`an entry of ${bytes} bytes is larger than ${maxEntryBytes}`);
  const tags = tagsOf(entry);
  tags.forEach(admitTag);
  const { id, type, recordedAt } = entry;
  const opening = entry.type === 'LedgerOpened' ? { ledgerId: entry.data.ledgerId } : {};
  return { id, type, recordedAt, ...opening, text, bytes, tags };
};

/** Whatever keeps an entry from its canonical text is a flaw of the entry. */
const canonical = (entry: Entry): string => flawless(() => canonicalText(entry));
const checked = (text: string): Entry => flawless(() => checkText(text));

const flawless = <T>(read: () => T): T => {
  try {
    return read();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new InvalidEntryError(reason, { cause: error });
  }
};

const admitTag = (tag: string): void => {
  if (!TagText.safeParse(tag).success) throw new InvalidEntryError(`not a tag: ${tag}`);
};

/**
 * A tag that is not in normal form would match nothing, and a condition on it would never fail:
 * so it is refused.
 * @throws InvalidEntryError, also for an item that names neither types nor tags
 */
export const admitQuery = (query: Query): Query => {
  if (query === 'all') return query;
  return query.map(({ types = [], tags = [] }): QueryItem => {
    if (types.length === 0 && tags.length === 0)
      throw new InvalidEntryError('a query item names types or tags');
    if (types.length + tags.length > maxNames)
      throw new InvalidEntryError(`a query item names more than ${maxNames} types and tags`);
    tags.forEach(admitTag);
    return { types: [...new Set(types)], tags: [...new Set(tags)] };
  });
};

/** @throws InvalidEntryError */
export const admitCondition = (condition: AppendCondition): AppendCondition => {
  const { failIfEventsMatch, after } = condition;
  if (after !== undefined && !(Number.isSafeInteger(after) && after >= -1))
    throw new InvalidEntryError(`not a sequence: ${after}`);
  const query = admitQuery(failIfEventsMatch);
  return after === undefined ? { failIfEventsMatch: query } : { failIfEventsMatch: query, after };
};

/** @throws RangeError for a bound or a limit that is not a whole number, or a negative limit */
export const admitRange = (options: ReadOptions, head: Sequence): Range => {
  const { from = 0, to = head, limit = Number.MAX_SAFE_INTEGER, direction } = options;
  if (![from, to, limit].every(Number.isSafeInteger) || limit < 0)
    throw new RangeError('bounds and limit of a read are whole numbers, the limit not negative');
  return {
    from: Math.max(from, 0),
    to: Math.max(Math.min(to, head), -1),
    limit,
    backward: direction === 'backward',
  };
};

/** Whether an event of this type with these tags fits the item. */
export const matchesItem = (
  { types = [], tags = [] }: QueryItem,
  type: string,
  held: ReadonlySet<string>,
): boolean => (types.length === 0 || types.includes(type)) && tags.every((tag) => held.has(tag));
