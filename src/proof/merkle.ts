/**
 * Merkle proofs of RFC 6962/9162 (sections 2.1.3 and 2.1.4): that an entry is in a tree, and that
 * a tree is the beginning of another. Sizes are safe integers; shifts would cut them at 2^31.
 */
import { emptyRoot, hashBytes, nodeHash, sameHash } from './hash.ts';

/** Hash of the subtree over the leaves `from` … `until`, half-open; not empty. */
export type HashOf = (from: number, until: number) => Uint8Array;

/** The largest power of two below n; n > 1. */
export const splitOf = (n: number): number => {
  let power = 1;
  while (power * 2 < n) power *= 2;
  return power;
};

/** Root of the tree of the first `size` leaves. */
export const rootOf = (hashOf: HashOf, size: number): Uint8Array =>
  size === 0 ? emptyRoot : hashOf(0, size);

/** From the leaf's sibling up to the root's child. @param index below size */
export const inclusionProof = (
  hashOf: HashOf,
  index: number,
  size: number,
): readonly Uint8Array[] => {
  const path = (from: number, until: number): readonly Uint8Array[] => {
    if (until - from === 1) return [];
    const middle = from + splitOf(until - from);
    return index < middle
      ? [...path(from, middle), hashOf(middle, until)]
      : [...path(middle, until), hashOf(from, middle)];
  };
  return path(0, size);
};

/** That the tree of the first `from` leaves begins that of the first `to`. @param from above 0 */
export const consistencyProof = (
  hashOf: HashOf,
  from: number,
  to: number,
): readonly Uint8Array[] => {
  const path = (start: number, until: number, isWhole: boolean): readonly Uint8Array[] => {
    if (until === from) return isWhole ? [] : [hashOf(start, until)];
    const middle = start + splitOf(until - start);
    return from <= middle
      ? [...path(start, middle, isWhole), hashOf(middle, until)]
      : [...path(middle, until, false), hashOf(start, middle)];
  };
  return path(0, to, true);
};

interface Inclusion {
  readonly leaf: Uint8Array;
  readonly index: number;
  readonly size: number;
  readonly proof: readonly Uint8Array[];
  readonly root: Uint8Array;
}

const half = (n: number): number => Math.floor(n / 2);
const isOdd = (n: number): boolean => n % 2 === 1;
const isSize = (n: number): boolean => Number.isSafeInteger(n) && n >= 0;
const areHashes = (hashes: readonly Uint8Array[]): boolean =>
  hashes.every((hash) => hash.length === hashBytes);

/** One step up: the hash of a node and its sibling, and on which side that stands. */
interface Step {
  readonly sibling: Uint8Array;
  readonly side: 'left' | 'right';
  readonly hash: Uint8Array;
}

/** The steps from a leaf to the root (RFC 9162, section 2.1.3.2); undefined: not of such a tree. */
export const climb = ({
  leaf,
  index,
  size,
  proof,
}: Omit<Inclusion, 'root'>): readonly Step[] | undefined => {
  if (!isSize(index) || !isSize(size) || index >= size) return undefined;
  if (!areHashes([leaf, ...proof])) return undefined;
  let [at, last, hash] = [index, size - 1, leaf];
  const steps: Step[] = [];
  for (const sibling of proof) {
    if (last === 0) return undefined;
    const side = isOdd(at) || at === last ? 'left' : 'right';
    if (side === 'left') {
      hash = nodeHash(sibling, hash);
      while (!isOdd(at) && at !== 0) [at, last] = [half(at), half(last)];
    } else {
      hash = nodeHash(hash, sibling);
    }
    steps.push({ sibling, side, hash });
    [at, last] = [half(at), half(last)];
  }
  return last === 0 ? steps : undefined;
};

export const provesInclusion = ({ root, ...claim }: Inclusion): boolean => {
  const steps = climb(claim);
  return steps !== undefined && sameHash(steps.at(-1)?.hash ?? claim.leaf, root);
};

interface Consistency {
  readonly from: number;
  readonly to: number;
  readonly fromRoot: Uint8Array;
  readonly toRoot: Uint8Array;
  readonly proof: readonly Uint8Array[];
}

/** RFC 9162, section 2.1.4.2. The empty tree begins every other and shows nothing: refused. */
export const provesConsistency = ({ from, to, fromRoot, toRoot, proof }: Consistency): boolean => {
  if (!isSize(from) || !isSize(to) || from === 0 || from > to) return false;
  if (!areHashes([fromRoot, toRoot, ...proof])) return false;
  if (from === to) return proof.length === 0 && sameHash(fromRoot, toRoot);
  let [at, last] = [from - 1, to - 1];
  while (isOdd(at)) [at, last] = [half(at), half(last)];
  const [first, ...others] = at === 0 ? [fromRoot, ...proof] : proof;
  if (first === undefined) return false;
  let [older, newer] = [first, first];
  for (const sibling of others) {
    if (last === 0) return false;
    if (isOdd(at) || at === last) {
      older = nodeHash(sibling, older);
      newer = nodeHash(sibling, newer);
      while (!isOdd(at) && at !== 0) [at, last] = [half(at), half(last)];
    } else {
      newer = nodeHash(newer, sibling);
    }
    [at, last] = [half(at), half(last)];
  }
  return last === 0 && sameHash(older, fromRoot) && sameHash(newer, toRoot);
};
