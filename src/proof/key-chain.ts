/**
 * The keys that signed a ledger's checkpoints, one after the other. Where one gives way to the
 * next, a note says so that both have signed; so whoever trusts one of them knows all others.
 */
import { type Signer, parseVerifierKey, type VerifierKey } from './keys.ts';
import { openNote, parseNote, signNote } from './note.ts';
import { ProofError } from './proof-error.ts';

const mark = 'key-change';

interface KeyChange {
  readonly old: VerifierKey;
  readonly next: VerifierKey;
  /** The next key signs what is larger than this. */
  readonly from: number;
}

/** @param from size of the last checkpoint that the old key has signed */
export const keyChangeNote = (old: Signer, next: Signer, from: number): string =>
  signNote(`${old.key.name}\n${mark}\n${old.key.text}\n${next.key.text}\n${from}\n`, [old, next]);

/** @throws ProofError unless both keys of that ledger signed it */
const parseKeyChange = (note: string, origin: string): KeyChange => {
  const [name, kind, old = '', next = '', from = '', end, ...more] =
    parseNote(note).text.split('\n');
  if (name !== origin || kind !== mark || end !== '' || more.length > 0)
    throw new ProofError('geen sleutelwissel van dit grootboek');
  if (!/^(0|[1-9]\d{0,14})$/.test(from)) throw new ProofError('een sleutelwissel zonder omvang');
  const keys = [parseVerifierKey(old), parseVerifierKey(next)] as const;
  if (keys.some((key) => key.name !== origin) || keys[0].text === keys[1].text)
    throw new ProofError('een sleutelwissel met sleutels van iets anders');
  if (openNote(note, keys).verified.length < keys.length)
    throw new ProofError('een sleutelwissel die niet door beide sleutels is getekend');
  return { old: keys[0], next: keys[1], from: Number(from) };
};

/** A key, with what it came in the place of another for, and when it was itself replaced. */
interface ChainedKey {
  readonly key: VerifierKey;
  /** It came in use after this size. */
  readonly from: number;
  /** It signs nothing that is larger. */
  readonly upTo: number;
}

export type KeyChain = readonly ChainedKey[];

/**
 * @param only the key, where none has given way to another
 * @throws ProofError when the changes do not follow on each other
 */
export const keyChain = (
  origin: string,
  changes: readonly string[],
  only: VerifierKey | undefined,
): KeyChain => {
  const read = changes.map((note) => parseKeyChange(note, origin));
  const first = read[0]?.old ?? only;
  if (first === undefined) return [];
  read.forEach(({ old }, i) => {
    if (i > 0 && read[i - 1]!.next.text !== old.text)
      throw new ProofError('de sleutelwissels sluiten niet op elkaar aan');
  });
  return [{ next: first, from: 0 }, ...read].map(({ next, from }, i) => ({
    key: next,
    from,
    upTo: read[i]?.from ?? Number.MAX_SAFE_INTEGER,
  }));
};

/**
 * The keys that may sign a checkpoint of this size: those that had not given way by then. After a
 * loss that was accepted, a later key also signs smaller ones.
 */
export const keysFor = (chain: KeyChain, size: number): readonly VerifierKey[] =>
  chain.filter(({ upTo }) => size <= upTo).map(({ key }) => key);
