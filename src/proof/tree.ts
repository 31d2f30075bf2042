/**
 * The Merkle tree, growing. Full tiles are kept once and never change; of each level the tile
 * that is still filling is held here with all its nodes, so that a new leaf costs two hashes and
 * a proof looks up rather than computes.
 */
import type { TileStore } from '../ledger/proofs.ts';
import { hashBytes, joinNodes, nodeHash, sameHash } from './hash.ts';
import { type HashOf, splitOf } from './merkle.ts';
import { tileWidth } from './tile-path.ts';

/** Rows in a tile above its own hashes: 2^8 of them. */
const height = 8;
/** Full tiles that are remembered with their nodes: 16 KiB each. */
const remembered = 256;

/** The last full tiles of a level are looked at when it is opened: the power may have failed. */
const unsure = 32;

/** A tile with the nodes above its hashes. Row r holds the subtrees of 2^r hashes; row 8 its root. */
interface Nodes {
  /** Row after row. */
  readonly bytes: Buffer;
  /** Hashes in row 0. */
  count: number;
}

const noNodes = (): Nodes => ({ bytes: Buffer.alloc((2 * tileWidth - 1) * hashBytes), count: 0 });

/** Where node n of a row begins. */
const placeOf = (row: number, n: number): number =>
  (2 * tileWidth - ((2 * tileWidth) >> row) + n) * hashBytes;

const nodeIn = ({ bytes }: Nodes, row: number, n: number): Uint8Array =>
  bytes.subarray(placeOf(row, n), placeOf(row, n + 1));

const isFull = ({ count }: Nodes): boolean => count === tileWidth;

const hashesIn = ({ bytes }: Nodes, width: number): Uint8Array =>
  bytes.subarray(0, width * hashBytes);

const push = (nodes: Nodes, hash: Uint8Array): void => {
  nodes.bytes.set(hash, placeOf(0, nodes.count));
  nodes.count += 1;
  for (let row = 0, n = nodes.count; row < height && n % 2 === 0; row += 1, n /= 2)
    joinNodes(nodes.bytes, placeOf(row, n - 2), placeOf(row + 1, n / 2 - 1));
};

/** The nodes of a full tile; undefined for bytes that are not one. */
const expanded = (bytes: Uint8Array | undefined): Nodes | undefined => {
  if (bytes?.length !== tileWidth * hashBytes) return undefined;
  const nodes = noNodes();
  for (let at = 0; at < bytes.length; at += hashBytes)
    push(nodes, bytes.subarray(at, at + hashBytes));
  return nodes;
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

const fullTiles = (level: number, size: number): number =>
  Math.floor(size / tileWidth ** (level + 1));

/** Full tiles, those that were used last without reading. */
const remembering = (store: TileStore) => {
  const recent = new Map<string, Nodes>();
  /** @throws LostTileError */
  return (level: number, index: number, isRight: (nodes: Nodes) => boolean): Nodes => {
    const name = `${level}/${index}`;
    const known = recent.get(name);
    const nodes = known ?? expanded(store.read(level, index));
    if (nodes === undefined || (known === undefined && !isRight(nodes)))
      throw new LostTileError(`tile ${name} is lost`);
    // What was used last is forgotten last.
    if (known !== undefined) recent.delete(name);
    recent.set(name, nodes);
    if (recent.size > remembered) recent.delete(recent.keys().next().value!);
    return nodes;
  };
};

/**
 * @param leaves with which it begins: a multiple of 256, their tiles in the store
 * @throws LostTileError
 */
export const openTree = (store: TileStore, leaves = 0): Tree => {
  const edges: Nodes[] = [];
  const recent = remembering(store);
  let size = leaves;

  const full = (level: number, index: number): Nodes =>
    recent(level, index, (nodes) => isRight(level, index, nodes));

  const hashesAt = (level: number): number => Math.floor(size / tileWidth ** level);

  const nodesOf = (level: number, index: number): Nodes =>
    index < fullTiles(level, size) ? full(level, index) : (edges[level] ?? noNodes());

  /** Whether the tile above, where it is there already, has this one's root. */
  const isRight = (level: number, index: number, nodes: Nodes): boolean => {
    const above = nodesOf(level + 1, Math.floor(index / tileWidth));
    const n = index % tileWidth;
    return n >= above.count || sameHash(nodeIn(above, 0, n), nodeIn(nodes, height, 0));
  };

  /** The subtree of 2^rise leaves that is number n of its row. */
  const perfect = (rise: number, n: number): Uint8Array => {
    const [level, row] = [Math.floor(rise / height), rise % height];
    const perTile = 2 ** (height - row);
    return nodeIn(nodesOf(level, Math.floor(n / perTile)), row, n % perTile);
  };

  const hashOf: HashOf = (from, until) => {
    const leaves = until - from;
    const rise = Math.log2(leaves);
    if (Number.isInteger(rise) && from % leaves === 0) return perfect(rise, from / leaves);
    const middle = from + splitOf(leaves);
    return nodeHash(hashOf(from, middle), hashOf(middle, until));
  };

  const pushAt = (level: number, index: number, hash: Uint8Array): void => {
    const nodes = (edges[level] ??= noNodes());
    push(nodes, hash);
    if (!isFull(nodes)) return;
    store.write(level, index, hashesIn(nodes, tileWidth));
    edges[level] = noNodes();
    pushAt(level + 1, Math.floor(index / tileWidth), nodeIn(nodes, height, 0));
  };

  for (let level = 1; hashesAt(level) > 0; level += 1) {
    const nodes = (edges[level] = noNodes());
    const hashes = hashesAt(level);
    for (let n = hashes - (hashes % tileWidth); n < hashes; n += 1)
      push(nodes, nodeIn(full(level - 1, n), height, 0));
  }

  for (let level = 0; fullTiles(level, size) > 0; level += 1)
    for (let n = 1; n <= Math.min(fullTiles(level, size), unsure); n += 1)
      full(level, fullTiles(level, size) - n);

  return {
    size: () => size,
    append: (leaf) => {
      pushAt(0, Math.floor(size / tileWidth), leaf);
      size += 1;
    },
    hashOf,
    tile: (level, index, width) => {
      if (index * tileWidth + width > hashesAt(level)) return undefined;
      return Buffer.from(hashesIn(nodesOf(level, index), width));
    },
  };
};
