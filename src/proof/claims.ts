/** What an export must agree with: its own checkpoints, what was accepted before, and receipts. */
import { type Checkpoint, parseCheckpoint } from './checkpoint.ts';
import { sameHash } from './hash.ts';
import { type KeyChain, keysFor } from './key-chain.ts';
import type { VerifierKey } from './keys.ts';
import { provesInclusion, rootOf } from './merkle.ts';
import { openNote, parseNote } from './note.ts';
import { ForkError, ProofError } from './proof-error.ts';
import { within } from './reading.ts';
import { parseReceipt } from './receipt.ts';
import type { Tree } from './tree.ts';

export interface Expected {
  /** Given apart from the export; none: nothing can be trusted. */
  readonly keys: readonly VerifierKey[];
  readonly witnesses: readonly VerifierKey[];
  /** The last checkpoint that was accepted of this ledger, by its origin. */
  readonly accepted: (origin: string) => Checkpoint | undefined;
  /** Receipts (`tlog-proof`) that somebody holds. */
  readonly receipts: readonly string[];
}

/** What has been found good so far. */
export interface Progress {
  isPinned?: boolean;
  checkpoint?: { origin: string; size: number; root: string; note: string };
  checkpoints: number;
  entries: number;
  tiles: number;
  receipts: number;
  /** The accepted checkpoint that this export goes on from, or is older than. */
  accepted?: { readonly size: number; readonly isOlder: boolean };
  cosignatures: { good: number; unknown: number };
  lost: number;
  isWhole: boolean;
}

export const noProgress = (): Progress => ({
  checkpoints: 0,
  entries: 0,
  tiles: 0,
  receipts: 0,
  cosignatures: { good: 0, unknown: 0 },
  lost: 0,
  isWhole: false,
});

export interface Signed extends Checkpoint {
  readonly note: string;
}

export const signedBy = (note: string, origin: string, chain: KeyChain): Checkpoint => {
  const checkpoint = parseCheckpoint(parseNote(note).text);
  if (checkpoint.origin !== origin)
    throw new ProofError(`een controlepunt van een ander grootboek (${checkpoint.origin})`);
  const may = keysFor(chain, checkpoint.size);
  const known = chain.map(({ key }) => key);
  const { verified } = openNote(note, known);
  if (!verified.some(({ key }) => may.includes(key)))
    throw new ProofError(
      `omvang ${checkpoint.size} is getekend met een sleutel die al was vervangen`,
    );
  return checkpoint;
};

/** Something about the tree of a size, to be looked at when it has grown to that. */
export interface Claim {
  readonly size: number;
  check(tree: Tree): void;
}

export const claimsOf = (
  all: readonly Signed[],
  { accepted, receipts }: Expected,
  chain: KeyChain,
  progress: Progress,
  last: Checkpoint,
): readonly Claim[] => {
  const claims: Claim[] = all.map(({ size, root }) => ({
    size,
    check: (tree) => {
      if (!sameHash(rootOf(tree.hashOf, size), root))
        throw new ProofError(
          `controlepunt van omvang ${size}: de gebeurtenissen geven een andere wortel`,
        );
      progress.checkpoints += 1;
    },
  }));
  const earlier = accepted(last.origin);
  if (earlier !== undefined) {
    progress.accepted = { size: earlier.size, isOlder: earlier.size > last.size };
    claims.push({
      size: earlier.size,
      check: (tree) => {
        if (!sameHash(rootOf(tree.hashOf, earlier.size), earlier.root))
          throw new ForkError(
            `AFSPLITSING: bij omvang ${earlier.size} is eerder een andere geschiedenis aanvaard`,
          );
      },
    });
  }
  claims.push(...receipts.map((text, i) => receiptClaim(text, i + 1, last, chain, progress)));
  return claims.sort((a, b) => a.size - b.size);
};

/** A receipt holds when its event is there, under a root that this tree had. */
const receiptClaim = (
  text: string,
  number: number,
  last: Checkpoint,
  chain: KeyChain,
  progress: Progress,
): Claim =>
  within(`ontvangstbewijs ${number}`, () => {
    const { index, proof, checkpoint } = parseReceipt(text);
    const { size, root } = signedBy(checkpoint, last.origin, chain);
    if (size > last.size) throw new ProofError(`is van omvang ${size}, na deze uitvoer`);
    return {
      size,
      check: (tree) => {
        if (!sameHash(rootOf(tree.hashOf, size), root))
          throw new ForkError(
            `AFSPLITSING: ontvangstbewijs ${number} tekende bij omvang ${size} een andere geschiedenis`,
          );
        const leaf = tree.hashOf(index, index + 1);
        if (!provesInclusion({ leaf, index, size, proof, root }))
          throw new ProofError(`ontvangstbewijs ${number} is niet van gebeurtenis ${index}`);
        progress.receipts += 1;
      },
    };
  });
