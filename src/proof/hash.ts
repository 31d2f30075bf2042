/**
 * The hashes of RFC 6962/9162, on SHA-256. Leaves and nodes begin with a byte of their own, so
 * that neither can be taken for the other.
 */
import { hash } from 'node:crypto';

export const hashBytes = 32;

/** One block, used again: what it holds is hashed before anything else can run. */
const pair = Buffer.alloc(1 + 2 * hashBytes, 1);

/** The same for leaves, up to this size. */
const leaf = Buffer.alloc(1 + 0xffff);

/** As text of a character for each byte: far less to make than an array for each hash. */
const digest = (bytes: Uint8Array): string => hash('sha256', bytes, 'binary');

const sha256 = (bytes: Uint8Array): Uint8Array => Buffer.from(digest(bytes), 'binary');

export const leafHash = (entry: Uint8Array): Uint8Array => {
  const length = 1 + entry.length;
  const marked = length <= leaf.length ? leaf : Buffer.alloc(length);
  marked.set(entry, 1);
  return sha256(marked.subarray(0, length));
};

export const nodeHash = (left: Uint8Array, right: Uint8Array): Uint8Array => {
  pair.set(left, 1);
  pair.set(right, 1 + hashBytes);
  return sha256(pair);
};

/** The node above two that stand beside each other, in place. @param from where the left begins */
export const joinNodes = (nodes: Buffer, from: number, to: number): void => {
  nodes.copy(pair, 1, from, from + 2 * hashBytes);
  nodes.write(digest(pair), to, 'binary');
};

/** Root of the tree without leaves. */
export const emptyRoot: Uint8Array = sha256(new Uint8Array());

export const sameHash = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;
