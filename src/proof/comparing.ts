/** Checkpoints beside each other: what one says, and whether a ledger goes on from it. */
import type { Comparison, KeptCheckpoint, ToldCheckpoint } from '../ledger/proofs.ts';
import { toBase64 } from './base64.ts';
import { type Checkpoint, parseCheckpoint } from './checkpoint.ts';
import { signedBy } from './claims.ts';
import { sameHash } from './hash.ts';
import type { KeyChain } from './key-chain.ts';
import type { VerifierKey } from './keys.ts';
import { consistencyProof, type HashOf, provesConsistency, rootOf } from './merkle.ts';
import { openNote, parseNote } from './note.ts';
import { ProofError } from './proof-error.ts';
import { isReceipt, parseReceipt } from './receipt.ts';

/** @param note a checkpoint of this ledger */
export const toldOf = (
  note: string,
  chain: KeyChain,
  witnesses: readonly VerifierKey[],
): ToldCheckpoint => {
  const own = chain.map(({ key }) => key);
  const { text, verified } = openNote(note, [...own, ...witnesses]);
  const { size, root } = parseCheckpoint(text);
  return {
    size,
    root: toBase64(root),
    signedBy: verified.flatMap(({ key }) => (own.includes(key) ? [key.id] : [])),
    witnesses: verified
      .filter(({ key }) => !own.includes(key))
      .map(({ key: { name }, time }) => ({
        name,
        ...(time === undefined ? {} : { at: new Date(time * 1_000).toISOString() }),
      })),
  };
};

/** As it was signed: what mail and forms do to the ends of lines is undone. */
const asSigned = (text: string): string => `${text.replace(/\r\n?/g, '\n').trim()}\n`;

/** The checkpoint in what was kept. @throws ProofError */
const noteIn = (text: string): string => {
  const signed = asSigned(text);
  return isReceipt(signed) ? parseReceipt(signed).checkpoint : signed;
};

interface Here {
  readonly origin: string;
  readonly chain: KeyChain;
  readonly hashOf: HashOf;
  readonly latest: KeptCheckpoint;
  readonly lost: readonly (KeptCheckpoint & { readonly lostBy: number })[];
}

export const compare = (text: string, here: Here): Comparison => {
  let found: Checkpoint;
  let note: string;
  try {
    note = noteIn(text);
    found = parseCheckpoint(parseNote(note).text);
    if (found.size === 0) throw new ProofError('onder dit controlepunt staat geen gebeurtenis');
  } catch (error) {
    return { outcome: 'unreadable', why: reasonOf(error) };
  }
  if (found.origin !== here.origin) return { outcome: 'other-ledger', origin: found.origin };
  try {
    signedBy(note, here.origin, here.chain);
  } catch (error) {
    return { outcome: 'not-signed', why: reasonOf(error) };
  }
  return beside(found, here);
};

/** @throws what is no ProofError */
const reasonOf = (error: unknown): string => {
  if (!(error instanceof ProofError)) throw error;
  return error.message;
};

const beside = ({ size, root }: Checkpoint, { hashOf, latest, lost }: Here): Comparison => {
  const rootIn = (note: string): Uint8Array => parseCheckpoint(parseNote(note).text).root;
  const lostBy = lost.find((one) => one.size === size && sameHash(rootIn(one.note), root))?.lostBy;
  if (size > latest.size) return { outcome: 'ahead', size, lostBy };
  const now = rootOf(hashOf, size);
  if (!sameHash(now, root))
    return { outcome: 'forked', size, signed: toBase64(root), here: toBase64(now), lostBy };
  const proof = consistencyProof(hashOf, size, latest.size);
  const ends = { from: size, to: latest.size, fromRoot: root, toRoot: rootIn(latest.note) };
  if (!provesConsistency({ ...ends, proof })) throw new Error('the tree is not what was signed');
  return { outcome: 'goes-on', size, to: latest, proof: proof.map(toBase64) };
};
