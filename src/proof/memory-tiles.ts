import type { TileStore } from '../ledger/proofs.ts';

/** Tiles of a tree that is gone with the process. */
export const memoryTiles = (): TileStore => {
  const held = new Map<string, Uint8Array>();
  return {
    read: (level, index) => held.get(`${level}/${index}`),
    // A copy: the bytes may be a piece of a larger block, which they would keep.
    write: (level, index, bytes) => {
      const own = Buffer.alloc(bytes.length);
      own.set(bytes);
      held.set(`${level}/${index}`, own);
    },
  };
};
