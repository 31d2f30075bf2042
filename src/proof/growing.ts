/** A tree that follows the log, and is checked against what was signed. */
import type { EventLog, Sequence } from '../ledger/event-log.ts';
import type { KeptCheckpoint, TileStore } from '../ledger/proofs.ts';
import { parseCheckpoint } from './checkpoint.ts';
import { leafHash, sameHash } from './hash.ts';
import { rootOf } from './merkle.ts';
import { parseNote } from './note.ts';
import { tileWidth } from './tile-path.ts';
import { LostTileError, openTree, type Tree } from './tree.ts';

/** Events read and hashed at once; others are served between two pages. */
const page = 1_000;

interface Progress {
  (done: number, total: number): void;
}

/** Takes in what the tree lacks, up to and with this sequence. */
export const grow = async (
  tree: Tree,
  log: EventLog,
  upTo: Sequence,
  progress?: Progress,
): Promise<void> => {
  const isLong = upTo - tree.size() >= page;
  while (tree.size() <= upTo) {
    const events = await log.read('all', { from: tree.size(), to: upTo, limit: page });
    for (const { text } of events) tree.append(leafHash(Buffer.from(text)));
    if (isLong) progress?.(tree.size(), upTo + 1);
    if (tree.size() <= upTo) await new Promise((resolve) => setImmediate(resolve));
  }
};

/** The tree of the first `size` events: from its tiles as far as they go, or else anew. */
export const grownTo = async (
  tiles: TileStore,
  log: EventLog,
  size: number,
  progress?: Progress,
): Promise<Tree> => {
  let tree: Tree;
  try {
    tree = openTree(tiles, size - (size % tileWidth));
  } catch (error) {
    if (!(error instanceof LostTileError)) throw error;
    tree = openTree(tiles);
  }
  await grow(tree, log, size - 1, progress);
  return tree;
};

/** Whether the tree begins with what this checkpoint signed. @throws LostTileError */
export const holds = (tree: Tree, { size, note }: KeptCheckpoint): boolean =>
  size <= tree.size() &&
  sameHash(rootOf(tree.hashOf, size), parseCheckpoint(parseNote(note).text).root);
