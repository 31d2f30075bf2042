/** Full tiles as files in the layout of C2SP tlog-tiles: each written once, and whole. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { TileStore } from '../ledger/proofs.ts';

/**
 * What cannot be written is held here and tried again with the next: a tile never holds up an
 * append. The disk is not waited for: a process that dies loses no tile, and one that is lost with the
 * power, or cut off, is made anew from the log.
 * @param folder made when it is not there
 * @param pathOf path of a full tile below it
 */
export const tileFiles = (
  folder: string,
  pathOf: (level: number, index: number) => string,
): TileStore => {
  const made = new Set<string>();
  const makeFolder = (path: string): void => {
    if (made.has(path)) return;
    mkdirSync(path, { recursive: true, mode: 0o700 });
    made.add(path);
  };
  /** What could not be written yet, by path. */
  const held = new Map<string, Uint8Array>();
  const writeWhole = (file: string, bytes: Uint8Array): void => {
    makeFolder(dirname(file));
    const draft = `${file}.new`;
    writeFileSync(draft, bytes, { mode: 0o600 });
    renameSync(draft, file);
    void synced(file);
  };
  return {
    read: (level, index) => {
      const path = pathOf(level, index);
      try {
        return held.get(path) ?? readFileSync(join(folder, path));
      } catch {
        // What cannot be read is made anew.
        return undefined;
      }
    },
    write: (level, index, bytes) => {
      held.set(pathOf(level, index), Buffer.from(bytes));
      try {
        for (const [path, tile] of held) {
          writeWhole(join(folder, path), tile);
          held.delete(path);
        }
      } catch {
        // They are held, and can be made anew.
      }
    },
  };
};

/** To the disk, beside the event loop; what cannot be is made anew when it turns out lost. */
const synced = async (file: string): Promise<void> => {
  try {
    const handle = await open(file, 'r');
    await handle.datasync().finally(() => handle.close());
  } catch {
    // It is there for now, and nothing rests on its being there later.
  }
};
