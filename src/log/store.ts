/** What an adapter's store can do, and the log made of it: everything that adapters share. */
import { type Entry, EntryError, readText } from '../../events/index.ts';
import {
  type AppendCondition,
  type AppendOutcome,
  type EventLog,
  ForeignLogError,
  type Head,
  InvalidEntryError,
  LogClosedError,
  LogUnavailableError,
  type QueryItem,
  type Sequence,
  type StoredEvent,
} from '../ledger/event-log.ts';
import {
  admit,
  admitCondition,
  type Admitted,
  admitQuery,
  admitRange,
  admitTexts,
  type Range,
} from './admission.ts';
import type { Judge } from './clock.ts';
import type { Followers } from './followers.ts';

export interface Store {
  head(): Head;
  has(eventId: string): boolean;
  /** Those that are there, each once, in their order. */
  byIds(eventIds: readonly string[]): readonly StoredEvent[];
  /** Whether any event from this sequence on fits one of the items. */
  matches(items: readonly QueryItem[], from: Sequence): boolean;
  /** All events of a range, or those that fit one of the items. */
  events(items: readonly QueryItem[] | 'all', range: Range): readonly StoredEvent[];
  /** Puts an entry on the sequence after the head. */
  insert(entry: Admitted): void;
}

export interface AppendRequest {
  readonly entries: readonly Admitted[];
  readonly condition: AppendCondition | undefined;
}

/** What closes a log for good, where it is the last event. */
const moving: readonly QueryItem[] = [{ types: ['LedgerMoved'] }];

/**
 * Checks one request against what the store holds now and inserts it. All checks come first, so
 * whatever is thrown or refused here has left no trace.
 * @throws InvalidEntryError
 * @throws LogUnavailableError when the ledger goes on in another log
 */
export const appendTo = (store: Store, { entries, condition }: AppendRequest): AppendOutcome => {
  const head = store.head();
  if (store.matches(moving, Math.max(head.sequence, 0)))
    throw new LogUnavailableError('the ledger goes on in another log');
  const known = entries.find(({ id }) => store.has(id));
  if (known) throw new InvalidEntryError(`event id ${known.id} is in the log already`);
  entries.forEach(({ type }, index) => {
    const opens = type === 'LedgerOpened';
    const first = head.sequence === -1 && index === 0;
    if (opens !== first)
      throw new InvalidEntryError(
        'LedgerOpened is the first event of a ledger, and only the first',
      );
  });
  if (condition !== undefined && fails(store, head, condition)) return { outcome: 'conflict' };
  if (entries[0]!.recordedAt < (head.recordedAt ?? '')) return { outcome: 'clock' };
  for (const entry of entries) store.insert(entry);
  return {
    outcome: 'appended',
    first: head.sequence + 1,
    last: head.sequence + entries.length,
  };
};

/** The same, of requests that share a commit: a flaw of one leaves the others alone. */
export const tryAppend = (
  store: Store,
  request: AppendRequest,
): PromiseSettledResult<AppendOutcome> => {
  try {
    return { status: 'fulfilled', value: appendTo(store, request) };
  } catch (error) {
    if (!(error instanceof InvalidEntryError)) throw error;
    return { status: 'rejected', reason: error };
  }
};

const fails = (store: Store, head: Head, condition: AppendCondition): boolean => {
  const { failIfEventsMatch: query, after = -1 } = condition;
  if (after >= head.sequence) return false;
  return query === 'all' || store.matches(query, after + 1);
};

/** @throws ForeignLogError for a type or version that this program does not know */
export const storedEvent = (sequence: Sequence, text: string): StoredEvent => {
  let entry: Entry;
  try {
    entry = readText(text);
  } catch (error) {
    if (!(error instanceof EntryError || error instanceof SyntaxError)) throw error;
    throw new ForeignLogError(`event ${sequence}: ${error.message}`, { cause: error });
  }
  return { sequence, text, entry };
};

interface Parts {
  readonly store: Store;
  readonly followers: Followers;
  /** Brings a request to the store; resolves when its outcome is durable. */
  readonly write: (request: AppendRequest) => Promise<AppendOutcome>;
  /** Looks whether the clock may date what is appended; absent: it may. */
  readonly judge?: Judge | undefined;
  /** Finishes what was accepted and lets go of the store. */
  readonly shut: () => void | Promise<void>;
}

export const logOf = ({ store, followers, write, judge, shut }: Parts): EventLog => {
  let closed = false;
  const open = (): Store => {
    if (closed) throw new LogClosedError('the log is closed');
    return store;
  };
  return {
    append: async (entries, condition) => {
      open();
      const request = {
        entries: admit(entries),
        condition: condition === undefined ? undefined : admitCondition(condition),
      };
      const judging = judge?.(request.entries.at(-1)!.recordedAt);
      if (judging !== undefined) await judging;
      return write(request);
    },
    receive: async (texts, after) => {
      if (open().head().sequence < after) return { outcome: 'conflict' };
      const condition = admitCondition({ failIfEventsMatch: 'all', after });
      return write({ entries: admitTexts(texts), condition });
    },
    read: async (query, options = {}) => {
      const range = admitRange(options, open().head().sequence);
      return store.events(admitQuery(query), range);
    },
    byId: async (eventId) => open().byIds([eventId])[0],
    byIds: async (eventIds) => open().byIds(eventIds),
    head: () => open().head(),
    follow: (after, signal) => followers.follow(after, signal),
    close: async () => {
      if (closed) return;
      closed = true;
      try {
        await shut();
      } finally {
        followers.close();
      }
    },
  };
};
