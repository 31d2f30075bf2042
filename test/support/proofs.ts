/** Parts of the proof, in memory. */
import type { TileStore } from '../../src/ledger/proofs.ts';

interface MemoryTiles extends TileStore {
  readonly held: Map<string, Uint8Array>;
}

export const memoryTiles = (): MemoryTiles => {
  const held = new Map<string, Uint8Array>();
  return {
    held,
    read: (level, index) => held.get(`${level}/${index}`),
    write: (level, index, bytes) => void held.set(`${level}/${index}`, bytes),
  };
};
