import type { TileStore } from '../ledger/proofs.ts';

/** Tiles of a tree that is gone with the process. */
export const memoryTiles = (): TileStore => {
  const held = new Map<string, Uint8Array>();
  return {
    read: (level, index) => held.get(`${level}/${index}`),
    write: (level, index, bytes) => void held.set(`${level}/${index}`, bytes),
  };
};
