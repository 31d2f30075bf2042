/**
 * Keys that events name and the office lacks. They are unknown, and nobody new gets a key, until
 * they are put back, or until somebody who counted them accepts that they are lost for good.
 */
import { existsSync } from 'node:fs';
import { personalTypes } from '../../events/people.ts';
import type { EventLog, Sequence } from '../ledger/event-log.ts';
import { erasedKeys } from '../ledger/forgetting.ts';
import type { Clock, WrappingSource } from '../ledger/ports.ts';
import { type KeyStore, openKeyStore } from './key-store.ts';
import type { KeyLoss } from './losses.ts';

/** Events read at once. */
const page = 1_000;

type Store = Pick<KeyStore, 'byIds' | 'lostAmong' | 'checkedUpTo' | 'setCheckedUpTo'>;

/** What a file that is not there holds. */
const noStore: Store = {
  byIds: () => new Map(),
  lostAmong: () => new Set(),
  checkedUpTo: () => undefined,
  setCheckedUpTo: () => undefined,
};

/**
 * Keys that events name, and that the store neither has nor knows to be erased or given up. What
 * was found whole is not looked at again: an older copy of the store knows only of what was whole
 * when it was made. What was found whole in another log, such as one before an older copy of it was
 * put back, says nothing of this one.
 * @param store absent: the file is gone
 */
export const lackingKeys = async (
  log: EventLog,
  store: Store = noStore,
): Promise<readonly string[]> => {
  const lacking = new Set<string>();
  const to = log.head().sequence;
  const checked = store.checkedUpTo();
  const isThere = checked !== undefined && (await idAt(log, checked.sequence)) === checked.eventId;
  let from: Sequence = isThere ? checked.sequence + 1 : 0;
  while (from <= to) {
    const events = await log.read([{ types: personalTypes }], { from, to, limit: page });
    const named = events.flatMap(({ entry }) => entry.sealed?.map(({ key }) => key) ?? []);
    const [known, lost] = [store.byIds(named), store.lostAmong(named)];
    for (const key of named) if (!known.has(key) && !lost.has(key)) lacking.add(key);
    from = events.length < page ? to + 1 : events.at(-1)!.sequence + 1;
  }
  const last = await idAt(log, to);
  if (lacking.size === 0 && last !== undefined && last !== checked?.eventId)
    store.setCheckedUpTo({ sequence: to, eventId: last });
  return [...lacking];
};

const idAt = async (log: EventLog, sequence: Sequence): Promise<string | undefined> => {
  const [found] = await log.read('all', { from: sequence, to: sequence });
  return found?.entry.id;
};

interface LossParts {
  /** The store of keys, which may be gone. */
  readonly file: string;
  readonly log: EventLog;
  /** @param isNew no key is wrapped yet */
  readonly source: (isNew: boolean) => WrappingSource;
  readonly clock: Clock;
  /** How many keys whoever decides says are lost. */
  readonly count: number;
  readonly reason: string;
}

interface CountedLoss {
  /** How many the office lacks. */
  readonly lacking: number;
  /** Undefined: that is not how many there were said to be, or none, and nothing was done. */
  readonly accepted?: KeyLoss;
}

/**
 * Gives up the keys that the office lacks, if there are as many as was said. A crash leaves them
 * given up or not; where the file was gone it may leave an empty one, which lacks them as well.
 * Only the holder of the writer lock may call this.
 * @throws KeysHeldError; Error when the file is of a newer version, or no store of keys
 */
export const acceptLostKeys = async (parts: LossParts): Promise<CountedLoss> => {
  const { file, log, source, clock, count, reason } = parts;
  let store = existsSync(file) ? openKeyStore(file) : undefined;
  try {
    const lacking = await lackingKeys(log, store);
    if (lacking.length === 0 || lacking.length !== count) return { lacking: lacking.length };
    // Who is erased stays erased: the log knows by which key.
    const gone = await erasedKeys(log);
    if (store === undefined) {
      // Made before the store, as at a first start.
      source(true).current();
      store = openKeyStore(file);
    }
    const accepted: KeyLoss = {
      lost: lacking.filter((keyId) => !gone.has(keyId)),
      erased: lacking.filter((keyId) => gone.has(keyId)),
      acceptedAt: clock.now(),
      reason,
    };
    store.acceptLoss(accepted);
    return { lacking: lacking.length, accepted };
  } finally {
    store?.close();
  }
};
