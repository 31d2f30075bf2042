/** Persons by their keys: what the ledger needs to seal, to open, and to know somebody again. */
import { ProblemError } from '../ledger/errors.ts';
import type { Hmac, Ids, Opener, People, PersonKey } from '../ledger/ports.ts';
import { inputHmac, newKey, open, personOf, seal, sealingKey, unwrap, wrap } from './crypto.ts';
import { commitQueue } from '../ledger/commit-queue.ts';
import type { KeyStore, NewKey } from './key-store.ts';

interface PeopleParts {
  readonly store: KeyStore;
  /** Under which persons' keys are wrapped, now. */
  readonly wrapping: () => Uint8Array;
  /** Under the ledger's own secret, which stays when the wrapping key is replaced. */
  readonly hmac: Hmac;
  readonly ids: Pick<Ids, 'ulid'>;
  /** Whether the store holds every key that the log names; if not, nobody gets a new one. */
  readonly isWhole: () => boolean;
}

/** Whoever the office does not know may have a key that it lacks, or may be erased. */
const keysMissing = (): ProblemError =>
  new ProblemError({
    code: 'unavailable',
    detail: 'Er ontbreken sleutels van personen; zet ze terug uit de reservekopie.',
  });

/** New keys that come together are waited for together. */
const keepingIn = ({ store, wrapping }: PeopleParts) =>
  commitQueue<Omit<NewKey, 'wrapped'> & { readonly key: Uint8Array }, boolean>(
    (keys) => {
      const wrapped = keys.map(({ key, ...rest }) => ({
        ...rest,
        wrapped: wrap(wrapping(), rest.keyId, key),
      }));
      return store.addAll(wrapped).map((value) => ({ status: 'fulfilled', value }));
    },
    ({ key }) => key.length,
  );

export const peopleIn = (parts: PeopleParts): People => {
  const { store, wrapping, hmac, ids, isWhole } = parts;
  const keeping = keepingIn(parts);
  const referenceTo = (personId: string): string => hmac(`person\n${personId}`);
  const keyOf = (personId: string): PersonKey | undefined => {
    const reference = referenceTo(personId);
    const kept = store.find(reference);
    if (kept === 'erased') return undefined;
    if (kept !== undefined) {
      const key = unwrap(wrapping(), kept.keyId, kept.wrapped);
      return personKey(personId, kept.keyId, key);
    }
    if (!isWhole()) throw keysMissing();
    const [keyId, key] = [ids.ulid(), newKey()];
    return {
      ...personKey(personId, keyId, key),
      keep: () => keeping.submit({ reference, keyId, key }),
    };
  };
  return {
    keyOf,
    personOf: (personId) => {
      const kept = store.find(referenceTo(personId));
      if (kept === undefined || kept === 'erased') return kept;
      const key = unwrap(wrapping(), kept.keyId, kept.wrapped);
      return { person: personOf(key, personId) };
    },
    openersOf: (keyIds) => {
      const kept = store.byIds(keyIds);
      const openerOf = (keyId: string): Opener | 'erased' | 'unknown' => {
        const found = kept.get(keyId);
        if (found === undefined) return 'unknown';
        return found === 'erased' ? found : openerUnder(unwrap(wrapping(), keyId, found.wrapped));
      };
      return new Map(keyIds.map((keyId) => [keyId, openerOf(keyId)]));
    },
    destroy: (keyId) => void store.destroy(keyId),
  };
};

const openerUnder = (key: Uint8Array): Opener => {
  const sealing = sealingKey(key);
  return (eventId, field) => open(sealing, eventId, field);
};

const personKey = (personId: string, keyId: string, key: Uint8Array): PersonKey => {
  const sealing = sealingKey(key);
  return {
    keyId,
    person: personOf(key, personId),
    hmac: (text) => inputHmac(key, text),
    seal: (place, value) => seal(sealing, keyId, place, value),
    open: (eventId, field) => open(sealing, eventId, field),
  };
};

interface RehearsedPeople extends People {
  /** What was tried is done: keeps the new keys. @throws Error when a person has another by now */
  keep(): Promise<void>;
}

/** Persons for what is only tried: new keys are used again within it, and not kept. */
export const rehearsedPeople = (people: People): RehearsedPeople => {
  const used = new Map<string, PersonKey>();
  const keeps: NonNullable<PersonKey['keep']>[] = [];
  return {
    keyOf: (personId) => {
      const known = used.get(personId);
      if (known !== undefined) return known;
      const key = people.keyOf(personId);
      if (key === undefined) return undefined;
      const { keep, ...tried } = key;
      if (keep !== undefined) keeps.push(keep);
      used.set(personId, tried);
      return tried;
    },
    personOf: people.personOf,
    openersOf: (keyIds) =>
      new Map([
        ...people.openersOf(keyIds),
        ...[...used.values()]
          .filter(({ keyId }) => keyIds.includes(keyId))
          .map(({ keyId, open: opener }) => [keyId, opener] as const),
      ]),
    destroy: () => {
      throw new Error('what is only tried destroys nothing');
    },
    keep: async () => {
      const kept = await Promise.all(keeps.map((keep) => keep()));
      if (kept.includes(false)) throw new Error('a person has got another key meanwhile');
    },
  };
};
