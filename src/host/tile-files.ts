/** Full tiles as files in the layout of C2SP tlog-tiles: each written once, and whole. */
import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { TileStore } from '../ledger/proofs.ts';
import { writeDurably } from './durable.ts';

/**
 * @param folder made when it is not there
 * @param pathOf path of a full tile below it
 */
export const tileFiles = (
  folder: string,
  pathOf: (level: number, index: number) => string,
): TileStore => ({
  read: (level, index) => {
    try {
      return readFileSync(join(folder, pathOf(level, index)));
    } catch {
      // What cannot be read is made anew.
      return undefined;
    }
  },
  write: (level, index, bytes) => {
    const file = join(folder, pathOf(level, index));
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeDurably(file, bytes);
  },
});
