/** Persons by their keys: what the ledger needs to seal, to open, and to know somebody again. */
import type { Hmac, Ids, People, PersonKey } from '../ledger/ports.ts';
import { inputHmac, newKey, open, personOf, seal, unwrap, wrap } from './crypto.ts';
import type { KeyStore } from './key-store.ts';

interface PeopleParts {
  readonly store: KeyStore;
  /** Under which persons' keys are wrapped. */
  readonly wrapping: Uint8Array;
  /** Under the ledger's own secret, which stays when the wrapping key is replaced. */
  readonly hmac: Hmac;
  readonly ids: Pick<Ids, 'ulid'>;
}

export const peopleIn = ({ store, wrapping, hmac, ids }: PeopleParts): People => {
  const keyOf = (personId: string): PersonKey | undefined => {
    const reference = hmac(`person\n${personId}`);
    const kept = store.find(reference);
    if (kept?.wrapped !== undefined)
      return personKey(
        personId,
        kept.keyId,
        unwrap(wrapping, kept.keyId, kept.wrapped),
        () => true,
      );
    if (kept !== undefined) return undefined;
    const [keyId, key] = [ids.ulid(), newKey()];
    let done = false;
    return personKey(
      personId,
      keyId,
      key,
      () => (done ||= store.add(reference, keyId, wrap(wrapping, keyId, key))),
    );
  };
  return {
    keyOf,
    open: (eventId, field) => {
      const kept = store.byId(field.key);
      if (kept === undefined) throw new Error(`the key ${field.key} is not in the office`);
      if (kept.wrapped === undefined) return { erased: true };
      return { value: open(unwrap(wrapping, kept.keyId, kept.wrapped), eventId, field) };
    },
  };
};

const personKey = (
  personId: string,
  keyId: string,
  key: Uint8Array,
  keep: () => boolean,
): PersonKey => ({
  keyId,
  person: personOf(key, personId),
  hmac: (text) => inputHmac(key, text),
  seal: (place, value) => seal(key, keyId, place, value),
  open: (eventId, field) => open(key, eventId, field),
  keep,
});

/** Persons for what is only tried: new keys are used again within it, and kept nowhere. */
export const rehearsedPeople = (people: People): People => {
  const used = new Map<string, PersonKey>();
  return {
    keyOf: (personId) => {
      const known = used.get(personId);
      if (known !== undefined) return known;
      const key = people.keyOf(personId);
      if (key === undefined) return undefined;
      const tried = { ...key, keep: () => true };
      used.set(personId, tried);
      return tried;
    },
    open: (eventId, field) => {
      const own = [...used.values()].find(({ keyId }) => keyId === field.key);
      return own === undefined ? people.open(eventId, field) : { value: own.open(eventId, field) };
    },
  };
};
