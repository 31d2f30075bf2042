/** An event's proof, followed from its stored bytes up to the root that was signed. */
import type { FollowedProof, Proofs } from '../ledger/proofs.ts';
import { hashFromBase64, toBase64 } from './base64.ts';
import { parseCheckpoint } from './checkpoint.ts';
import { leafHash, sameHash } from './hash.ts';
import { climb } from './merkle.ts';
import { parseNote } from './note.ts';

/** @param text of the event as it is stored */
export const followed = (given: ReturnType<Proofs['inclusion']>, text: string): FollowedProof => {
  const leaf = leafHash(Buffer.from(text));
  const steps = climb({ ...given, leaf, proof: given.proof.map(hashFromBase64) });
  const { root } = parseCheckpoint(parseNote(given.checkpoint).text);
  return {
    ...given,
    leaf: toBase64(leaf),
    steps: (steps ?? []).map(({ sibling, side, hash }) => ({
      sibling: toBase64(sibling),
      side,
      hash: toBase64(hash),
    })),
    root: toBase64(root),
    holds: steps !== undefined && sameHash(steps.at(-1)?.hash ?? leaf, root),
  };
};
