/** Persons by their keys: what the ledger needs to seal, to open, and to know somebody again. */
import { ProblemError } from '../ledger/errors.ts';
import type { Hmac, Ids, Opener, People, PersonKey } from '../ledger/ports.ts';
import { inputHmac, newKey, open, personOf, seal, sealingKey, unwrap, wrap } from './crypto.ts';
import type { KeyStore } from './key-store.ts';

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

export const peopleIn = ({ store, wrapping, hmac, ids, isWhole }: PeopleParts): People => {
  const referenceTo = (personId: string): string => hmac(`person\n${personId}`);
  const keyOf = (personId: string): PersonKey | undefined => {
    const reference = referenceTo(personId);
    const kept = store.find(reference);
    if (kept === 'erased') return undefined;
    if (kept !== undefined) {
      const key = unwrap(wrapping(), kept.keyId, kept.wrapped);
      return personKey(personId, kept.keyId, key, () => true);
    }
    if (!isWhole()) throw keysMissing();
    const [keyId, key] = [ids.ulid(), newKey()];
    let done = false;
    return personKey(
      personId,
      keyId,
      key,
      () => (done ||= store.add(reference, keyId, wrap(wrapping(), keyId, key))),
    );
  };
  return {
    keyOf,
    personOf: (personId) => {
      const kept = store.find(referenceTo(personId));
      if (kept === undefined || kept === 'erased') return kept;
      const key = unwrap(wrapping(), kept.keyId, kept.wrapped);
      return { person: personOf(key, personId) };
    },
    openerOf: (keyId) => {
      const kept = store.byId(keyId);
      if (kept === undefined) return 'unknown';
      return kept === 'erased' ? 'erased' : openerUnder(unwrap(wrapping(), keyId, kept.wrapped));
    },
    destroy: (keyId) => void store.destroy(keyId),
  };
};

const openerUnder = (key: Uint8Array): Opener => {
  const sealing = sealingKey(key);
  return (eventId, field) => open(sealing, eventId, field);
};

const personKey = (
  personId: string,
  keyId: string,
  key: Uint8Array,
  keep: () => boolean,
): PersonKey => {
  const sealing = sealingKey(key);
  return {
    keyId,
    person: personOf(key, personId),
    hmac: (text) => inputHmac(key, text),
    seal: (place, value) => seal(sealing, keyId, place, value),
    open: (eventId, field) => open(sealing, eventId, field),
    keep,
  };
};

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
    personOf: people.personOf,
    openerOf: (keyId) => {
      const own = [...used.values()].find((key) => key.keyId === keyId);
      return own === undefined ? people.openerOf(keyId) : own.open;
    },
    destroy: () => {
      throw new Error('what is only tried destroys nothing');
    },
  };
};
