/** How much of what was signed a log still holds, when it was put back from an older copy. */
import type { EventLog } from '../ledger/event-log.ts';
import type { CheckpointStore } from '../ledger/proofs.ts';
import { grownTo, holds } from './growing.ts';
import { memoryTiles } from './memory-tiles.ts';

/** Size of the last checkpoint that the log holds; 0 when it holds none. */
export const heldSize = async (log: EventLog, checkpoints: CheckpointStore): Promise<number> => {
  const size = log.head().sequence + 1;
  const tree = await grownTo(memoryTiles(), log, size);
  // Whoever holds a checkpoint holds all earlier ones.
  let [low, high] = [0, size];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const [kept] = checkpoints.from(middle, 1);
    if (kept !== undefined && kept.size <= high && holds(tree, kept)) low = kept.size;
    else high = middle - 1;
  }
  return low;
};
