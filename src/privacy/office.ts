/** The office of persons: their keys, opened, checked against the log, and ready to be used. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { personalTypes } from '../../events/people.ts';
import type { EventLog, Sequence } from '../ledger/event-log.ts';
import { destroyErased } from '../ledger/forgetting.ts';
import type { Clock, Hmac, Ids, LookLog, People, WrappingSource } from '../ledger/ports.ts';
import { type KeyStore, openKeyStore } from './key-store.ts';
import { openLookLog } from './looks.ts';
import { peopleIn } from './people.ts';
import { openWrapping, type Wrapping } from './rotation.ts';

export interface Office {
  readonly people: People;
  readonly looks: LookLog;
  readonly wrapping: Wrapping;
  /** Ids of keys that events name and the office lacks: unknown, not erased. */
  readonly missing: readonly string[];
  readonly close: () => void;
}

interface OfficeParts {
  readonly folder: string;
  /** @param isNew no key is wrapped yet */
  readonly source: (isNew: boolean) => WrappingSource;
  readonly log: EventLog;
  readonly hmac: Hmac;
  readonly ids: Pick<Ids, 'ulid'>;
  readonly clock: Clock;
}

/** There are events about persons, and no keys at all. */
export class KeysLostError extends Error {
  override readonly name = 'KeysLostError';
  readonly file: string;
  constructor(file: string) {
    super(`${file} is not there`);
    this.file = file;
  }
}

/** @throws KeysLostError, WrappingError */
export const openOffice = async ({
  folder,
  source,
  log,
  hmac,
  ids,
  clock,
}: OfficeParts): Promise<Office> => {
  const file = join(folder, 'keys.sqlite');
  const isNew = !existsSync(file);
  const [personal] = isNew ? await log.read([{ types: personalTypes }], { limit: 1 }) : [];
  if (personal !== undefined) throw new KeysLostError(file);
  const wrappingKey = source(isNew);
  // Made before the store, so that a crash leaves no store without it.
  wrappingKey.current();
  const store = openKeyStore(file);
  try {
    const wrapping = openWrapping(store, wrappingKey);
    const missing = await missingKeys(store, log);
    const isWhole = (): boolean => missing.length === 0;
    const people = peopleIn({ store, wrapping: wrapping.key, isWhole, hmac, ids });
    await destroyErased(log, people);
    const looks = openLookLog(join(folder, 'looks.sqlite'), clock.now);
    const close = (): void => {
      store.close();
      looks.close();
    };
    return { people, looks, wrapping, missing, close };
  } catch (error) {
    store.close();
    throw error;
  }
};

/** Events read at once. */
const page = 1_000;

/**
 * Keys that events name and the store lacks. What was found whole is not looked at again: an
 * older copy of the store knows only of what was whole when it was made.
 */
const missingKeys = async (store: KeyStore, log: EventLog): Promise<readonly string[]> => {
  const missing = new Set<string>();
  let from: Sequence = store.checkedUpTo() + 1;
  const to = log.head().sequence;
  while (from <= to) {
    const events = await log.read([{ types: personalTypes }], { from, to, limit: page });
    const named = events.flatMap(({ entry }) => entry.sealed?.map(({ key }) => key) ?? []);
    const known = store.byIds(named);
    for (const key of named) if (!known.has(key)) missing.add(key);
    from = events.length < page ? to + 1 : events.at(-1)!.sequence + 1;
  }
  if (missing.size === 0 && to > store.checkedUpTo()) store.setCheckedUpTo(to);
  return [...missing];
};
