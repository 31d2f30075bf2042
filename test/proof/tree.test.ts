/** The tree as it grows, against the definition of RFC 6962 written down plainly. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyRoot, leafHash, nodeHash } from '../../src/proof/hash.ts';
import { memoryTiles } from '../../src/proof/memory-tiles.ts';
import {
  consistencyProof,
  inclusionProof,
  provesConsistency,
  provesInclusion,
  rootOf,
  splitOf,
} from '../../src/proof/merkle.ts';
import { LostTileError, openTree } from '../../src/proof/tree.ts';

const leafAt = (n: number): Uint8Array => leafHash(Buffer.from(`entry ${n}`));

/** MTH of RFC 6962, section 2.1. */
const plainRoot = (leaves: readonly Uint8Array[]): Uint8Array => {
  if (leaves.length < 2) return leaves[0] ?? emptyRoot;
  const k = splitOf(leaves.length);
  return nodeHash(plainRoot(leaves.slice(0, k)), plainRoot(leaves.slice(k)));
};

const grown = (size: number, tiles = memoryTiles()) => {
  const tree = openTree(tiles);
  for (let n = 0; n < size; n += 1) tree.append(leafAt(n));
  return { tree, tiles };
};

const most = 70_000;
const { tree: large, tiles: largeTiles } = grown(most);
const sizes = fc.oneof(
  fc.integer({ min: 1, max: 600 }),
  fc.integer({ min: 1, max: most }),
  fc.constantFrom(255, 256, 257, 65_535, 65_536, 65_537),
);

describe('law 7', () => {
  test('the root at every size is that of the definition', () => {
    const leaves = Array.from({ length: 600 }, (_, n) => leafAt(n));
    for (let size = 0; size <= leaves.length; size += 1)
      expect(rootOf(large.hashOf, size)).toEqual(plainRoot(leaves.slice(0, size)));
    const all = Array.from({ length: most }, (_, n) => leafAt(n));
    expect(rootOf(large.hashOf, most)).toEqual(plainRoot(all));
  });

  test('every entry has an inclusion proof in every later tree', () => {
    fc.assert(
      fc.property(sizes, fc.nat(), (size, any) => {
        const index = any % size;
        const proof = inclusionProof(large.hashOf, index, size);
        const given = { leaf: leafAt(index), index, size, proof, root: rootOf(large.hashOf, size) };
        expect(provesInclusion(given)).toBe(true);
        expect(provesInclusion({ ...given, leaf: leafAt(index + 1) })).toBe(false);
        expect(provesInclusion({ ...given, index: index + 1 })).toBe(false);
        expect(provesInclusion({ ...given, proof: [...proof, leafAt(0)] })).toBe(false);
      }),
      { numRuns: 200 },
    );
  });

  test('every tree is consistent with all earlier ones', () => {
    fc.assert(
      fc.property(sizes, sizes, (a, b) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        const proof = consistencyProof(large.hashOf, from, to);
        const [fromRoot, toRoot] = [rootOf(large.hashOf, from), rootOf(large.hashOf, to)];
        expect(provesConsistency({ from, to, fromRoot, toRoot, proof })).toBe(true);
        expect(provesConsistency({ from, to, fromRoot: leafAt(0), toRoot, proof })).toBe(
          from === 1,
        );
        const bent = [...proof.slice(1), leafAt(1)];
        expect(provesConsistency({ from, to, fromRoot, toRoot, proof: bent })).toBe(false);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a tree that is opened again', () => {
  test('goes on where its tiles end', () => {
    for (const size of [256, 65_280, 65_536, 69_888]) {
      const again = openTree(largeTiles, size);
      expect(rootOf(again.hashOf, size)).toEqual(rootOf(large.hashOf, size));
      for (let n = size; n < Math.min(size + 300, most); n += 1) again.append(leafAt(n));
      expect(rootOf(again.hashOf, again.size())).toEqual(rootOf(large.hashOf, again.size()));
    }
  });

  test('says so when a tile is missing or cut off', () => {
    const { tiles } = grown(600);
    tiles.write(0, 1, tiles.read(0, 1)!.subarray(1));
    expect(() => openTree(tiles, 512)).toThrow(LostTileError);
    expect(() => openTree({ ...tiles, read: () => undefined }, 512)).toThrow(LostTileError);
  });
});

describe('a tile that holds something else', () => {
  const bent = (index: number) => {
    const read = (level: number, n: number) => {
      const bytes = largeTiles.read(level, n);
      return level === 0 && n === index ? bytes?.toReversed() : bytes;
    };
    return { ...largeTiles, read };
  };

  test('among the last ones is found when the tree is opened', () => {
    for (const size of [65_536, 65_792])
      expect(() => openTree(bent(250), size)).toThrow(LostTileError);
  });

  test('long ago is found when it is asked, and spoils no other proof', () => {
    const again = openTree(bent(7), 69_888);
    expect(() => inclusionProof(again.hashOf, 7 * 256, 69_888)).toThrow(LostTileError);
    expect(() => again.tile(0, 7, 256)).toThrow(LostTileError);
    expect(inclusionProof(again.hashOf, 9 * 256, 69_888)).toEqual(
      inclusionProof(large.hashOf, 9 * 256, 69_888),
    );
  });
});

test('tiles hold what tlog-tiles says, full and partial', () => {
  const hashes = (level: number, from: number, count: number) =>
    Buffer.concat(
      Array.from({ length: count }, (_, i) => {
        const leaves = 256 ** level;
        return large.hashOf((from + i) * leaves, (from + i + 1) * leaves);
      }),
    );
  expect(large.tile(0, 3, 256)).toEqual(hashes(0, 768, 256));
  expect(large.tile(1, 0, 256)).toEqual(hashes(1, 0, 256));
  expect(large.tile(1, 1, 17)).toEqual(hashes(1, 256, 17));
  expect(large.tile(2, 0, 1)).toEqual(hashes(2, 0, 1));
  expect(large.tile(0, 3, 7)).toEqual(hashes(0, 768, 7));
  expect(large.tile(2, 0, 2)).toBeUndefined();
  expect(large.tile(0, 273, 113)).toBeUndefined();
  expect(large.tile(3, 0, 1)).toBeUndefined();
});
