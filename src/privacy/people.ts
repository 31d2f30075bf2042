/** Persons by their keys: what the ledger needs to seal, to open, and to know somebody again. */
import { ProblemError } from '../ledger/errors.ts';
import type { Hmac, Ids, Opener, People, PersonKey } from '../ledger/ports.ts';
import { inputHmac, newKey, open, personOf, seal, unwrap, wrap } from './crypto.ts';
import { commitQueue } from '../ledger/commit-queue.ts';
import type { KeptKey, KeyStore, NewKey } from './key-store.ts';

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

/** Keys in the clear at most at a time. */
const mostUnwrapped = 10_000;

/** Keys as they were made or unwrapped lately. */
const unwrapping = (wrapping: PeopleParts['wrapping']) => {
  const known = new Map<string, Uint8Array>();
  const remember = (keyId: string, key: Uint8Array): void => {
    const [oldest] = known.keys();
    if (known.size >= mostUnwrapped && oldest !== undefined) known.delete(oldest);
    known.set(keyId, key);
  };
  const lately = (keyId: string): Uint8Array | undefined => known.get(keyId);
  return {
    remember,
    lately,
    of: ({ keyId, wrapped }: KeptKey): Uint8Array => {
      const before = lately(keyId);
      if (before !== undefined) return before;
      const key = unwrap(wrapping(), keyId, wrapped);
      remember(keyId, key);
      return key;
    },
    forget: (keyId: string): void => void known.delete(keyId),
  };
};

type Unwrapped = ReturnType<typeof unwrapping>;

/** New keys that come together are waited for together. */
const keepingIn = ({ store, wrapping }: PeopleParts, unwrapped: Unwrapped) =>
  commitQueue<Omit<NewKey, 'wrapped'> & { readonly key: Uint8Array }, boolean>(
    (keys) => {
      const wrapped = keys.map(({ key, ...rest }) => ({
        ...rest,
        wrapped: wrap(wrapping(), rest.keyId, key),
      }));
      return store.addAll(wrapped).map((value, i) => {
        if (value) unwrapped.remember(keys[i]!.keyId, keys[i]!.key);
        return { status: 'fulfilled', value };
      });
    },
    ({ key }) => key.length,
  );

export const peopleIn = (parts: PeopleParts): People => {
  const { store, wrapping, hmac, ids, isWhole } = parts;
  const unwrapped = unwrapping(wrapping);
  const keeping = keepingIn(parts, unwrapped);
  const referenceTo = (personId: string): string => hmac(`person\n${personId}`);
  const keyOf = (personId: string): PersonKey | undefined => {
    const reference = referenceTo(personId);
    const kept = store.find(reference);
    if (kept === 'erased') return undefined;
    if (kept !== undefined) return personKey(personId, kept.keyId, unwrapped.of(kept));
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
      return { person: personOf(unwrapped.of(kept), personId) };
    },
    openersOf: (keyIds) => {
      const kept = store.byIds(keyIds.filter((keyId) => unwrapped.lately(keyId) === undefined));
      const openerOf = (keyId: string): Opener | 'erased' | 'unknown' => {
        const key = unwrapped.lately(keyId);
        if (key !== undefined) return openerUnder(key);
        const found = kept.get(keyId);
        if (found === undefined) return 'unknown';
        return found === 'erased' ? found : openerUnder(unwrapped.of(found));
      };
      return new Map(keyIds.map((keyId) => [keyId, openerOf(keyId)]));
    },
    destroy: (keyId) => {
      unwrapped.forget(keyId);
      store.destroy(keyId);
    },
  };
};

const openerUnder =
  (key: Uint8Array): Opener =>
  (eventId, field) =>
    open(key, eventId, field);

const personKey = (personId: string, keyId: string, key: Uint8Array): PersonKey => ({
  keyId,
  person: personOf(key, personId),
  hmac: (text) => inputHmac(key, text),
  seal: (place, value) => seal(key, keyId, place, value),
  open: (eventId, field) => open(key, eventId, field),
});

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
