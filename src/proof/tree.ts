/**
 * The Merkle tree, growing. Full tiles are kept once and never change; of each level the tile
 * that is still filling is held here with all its nodes, so that a new leaf costs two hashes and
 * a proof looks up rather than computes.
 */
import type { TileStore } from '../ledger/proofs.ts';
import { hashBytes, nodeHash } from './hash.ts';
import { type HashOf, splitOf } from './merkle.ts';
import { tileWidth } from './tile-path.ts';

/** Rows in a tile above its own hashes: 2^8 of them. */
const height = 8;
/** Full tiles that are remembered with their nodes: some 16 KiB each. */
const remembered = 64;

/** Row r holds the subtrees of 2^r hashes of a tile; row 8 its root. */
type Rows = readonly Uint8Array[][];

const emptyRows = (): Rows => Array.from({ length: height + 1 }, () => []);

const push = (rows: Rows, hash: Uint8Array): void => {
  rows[0]!.push(hash);
  for (let r = 0; r < height && rows[r]!.length % 2 === 0; r += 1) {
    const [left, right] = rows[r]!.slice(-2);
    rows[r + 1]!.push(nodeHash(left!, right!));
  }
};

/** The nodes of a full tile; undefined for bytes that are not one. */
const expanded = (bytes: Uint8Array | undefined): Rows | undefined => {
  if (bytes?.length !== tileWidth * hashBytes) return undefined;
  const rows = emptyRows();
  for (let at = 0; at < bytes.length; at += hashBytes)
    push(rows, bytes.subarray(at, at + hashBytes));
  return rows;
};

/** A tile that should be there is not, or not whole: the tree has to be made anew. */
export class LostTileError extends Error {
  override readonly name = 'LostTileError';
}

export interface Tree {
  size(): number;
  /** @param leaf its hash */
  append(leaf: Uint8Array): void;
  /** @throws LostTileError */
  readonly hashOf: HashOf;
  /** The first hashes of a tile; undefined when it does not hold so many. @throws LostTileError */
  tile(level: number, index: number, width: number): Uint8Array | undefined;
}

/**
 * @param leaves with which it begins: a multiple of 256, their tiles in the store
 * @throws LostTileError
 */
export const openTree = (store: TileStore, leaves = 0): Tree => {
  const edges: Rows[] = [];
  const recent = new Map<string, Rows>();
  let size = leaves;

  const full = (level: number, index: number): Rows => {
    const name = `${level}/${index}`;
    const known = recent.get(name);
    const rows = known ?? expanded(store.read(level, index));
    if (rows === undefined) throw new LostTileError(`tile ${name} is lost`);
    // What was used last is forgotten last.
    if (known !== undefined) recent.delete(name);
    recent.set(name, rows);
    if (recent.size > remembered) recent.delete(recent.keys().next().value!);
    return rows;
  };

  const hashesAt = (level: number): number => Math.floor(size / tileWidth ** level);

  const rowsOf = (level: number, index: number): Rows =>
    index === Math.floor(hashesAt(level) / tileWidth)
      ? (edges[level] ?? emptyRows())
      : full(level, index);

  /** The subtree of 2^rise leaves that is number n of its row. */
  const perfect = (rise: number, n: number): Uint8Array => {
    const [level, row] = [Math.floor(rise / height), rise % height];
    const perTile = 2 ** (height - row);
    return rowsOf(level, Math.floor(n / perTile))[row]![n % perTile]!;
  };

  const hashOf: HashOf = (from, until) => {
    const leaves = until - from;
    const rise = Math.log2(leaves);
    if (Number.isInteger(rise) && from % leaves === 0) return perfect(rise, from / leaves);
    const middle = from + splitOf(leaves);
    return nodeHash(hashOf(from, middle), hashOf(middle, until));
  };

  const pushAt = (level: number, index: number, hash: Uint8Array): void => {
    const rows = (edges[level] ??= emptyRows());
    push(rows, hash);
    const [root] = rows[height]!;
    if (root === undefined) return;
    store.write(level, index, Buffer.concat(rows[0]!));
    edges[level] = emptyRows();
    pushAt(level + 1, Math.floor(index / tileWidth), root);
  };

  for (let level = 1; hashesAt(level) > 0; level += 1) {
    const rows = (edges[level] = emptyRows());
    const hashes = hashesAt(level);
    for (let n = hashes - (hashes % tileWidth); n < hashes; n += 1)
      push(rows, full(level - 1, n)[height]![0]!);
  }

  return {
    size: () => size,
    append: (leaf) => {
      pushAt(0, Math.floor(size / tileWidth), leaf);
      size += 1;
    },
    hashOf,
    tile: (level, index, width) => {
      if (index * tileWidth + width > hashesAt(level)) return undefined;
      return Buffer.concat(rowsOf(level, index)[0]!.slice(0, width));
    },
  };
};
