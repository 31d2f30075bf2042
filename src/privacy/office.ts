/** The office of persons: their keys, opened, checked against the log, and ready to be used. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { EventLog } from '../ledger/event-log.ts';
import { destroyErased } from '../ledger/forgetting.ts';
import type { Clock, Hmac, Ids, LookLog, People, WrappingSource } from '../ledger/ports.ts';
import { type KeyStore, openKeyStore } from './key-store.ts';
import { lackingKeys } from './lacking.ts';
import { openLookLog } from './looks.ts';
import type { LostSince } from './losses.ts';
import { peopleIn } from './people.ts';
import { openWrapping, type Wrapping } from './rotation.ts';

export interface Office {
  readonly people: People;
  readonly looks: LookLog;
  readonly wrapping: Wrapping;
  /** Ids of keys that events name and the office lacks: unknown, not erased. */
  readonly missing: readonly string[];
  /** Keys that were given up, which are unknown as well. */
  readonly losses: readonly LostSince[];
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
  /** How many keys events name. */
  readonly count: number;
  constructor(file: string, count: number) {
    super(`${file} is not there, nor are the ${count} keys in it`);
    this.file = file;
    this.count = count;
  }
}

/** Persons are known under another secret: all would be new, and the forgotten known again. */
export class OtherSecretError extends Error {
  override readonly name = 'OtherSecretError';
}

/** @throws OtherSecretError */
const checkSecret = (store: KeyStore, hmac: Hmac): void => {
  const secret = hmac('persons are known under').slice(0, 16);
  const known = store.knownUnder();
  if (known === undefined) store.setKnownUnder(secret);
  else if (known !== secret) throw new OtherSecretError('persons are known under another secret');
};

/** @throws KeysLostError, WrappingError, OtherSecretError */
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
  const { length: gone } = isNew ? await lackingKeys(log) : [];
  if (gone > 0) throw new KeysLostError(file, gone);
  const wrappingKey = source(isNew);
  // Made before the store, so that a crash leaves no store without it.
  wrappingKey.current();
  const store = openKeyStore(file);
  try {
    const wrapping = openWrapping(store, wrappingKey);
    checkSecret(store, hmac);
    const missing = await lackingKeys(log, store);
    const isWhole = (): boolean => missing.length === 0;
    const people = peopleIn({ store, wrapping: wrapping.key, isWhole, hmac, ids });
    await destroyErased(log, people);
    const looks = openLookLog(join(folder, 'looks.sqlite'), clock.now);
    const close = (): void => {
      store.close();
      looks.close();
    };
    return { people, looks, wrapping, missing, losses: store.losses(), close };
  } catch (error) {
    store.close();
    throw error;
  }
};
