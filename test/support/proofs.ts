/** A prover in memory, with a key of its own. */
import { generateKeyPairSync } from 'node:crypto';
import type { EventLog } from '../../src/ledger/event-log.ts';
import type { CheckpointStore, KeptCheckpoint } from '../../src/ledger/proofs.ts';
import { openingIn } from '../../src/ledger/ledger.ts';
import { originOf } from '../../src/proof/checkpoint.ts';
import { type Signer, signerOf } from '../../src/proof/keys.ts';
import { memoryTiles } from '../../src/proof/memory-tiles.ts';
import { openProver, type Prover } from '../../src/proof/prover.ts';

export const newSigner = (name: string, type: 1 | 4 = 1): Signer =>
  signerOf(name, generateKeyPairSync('ed25519').privateKey, type);

export const memoryCheckpoints = (): CheckpointStore => {
  const kept = new Map<number, KeptCheckpoint>();
  const changes: string[] = [];
  const lost: ReturnType<CheckpointStore['lost']>[number][] = [];
  // They come in that order.
  const ascending = () => [...kept.values()];
  return {
    keep: async (checkpoint) => void kept.set(checkpoint.size, checkpoint),
    latest: () => ascending().at(-1),
    from: (size, limit) =>
      kept.has(size) && limit === 1
        ? [kept.get(size)!]
        : ascending()
            .filter((c) => c.size >= size)
            .slice(0, limit),
    cosign: (size, line) => {
      const { note } = kept.get(size)!;
      kept.set(size, { size, note: note + line });
    },
    keyChanges: () => changes,
    changeKey: (note) => void changes.push(note),
    lose: (above, lostBy) => {
      for (const c of ascending().filter(({ size }) => size > above)) {
        lost.push({ ...c, lostBy });
        kept.delete(c.size);
      }
    },
    lost: () => lost,
    close: () => undefined,
  };
};

/** @param log not empty */
export const memoryProver = async (
  log: EventLog,
  more: Partial<Parameters<typeof openProver>[0]> = {},
): Promise<Prover> =>
  openProver({
    log,
    tiles: memoryTiles(),
    checkpoints: memoryCheckpoints(),
    signer: newSigner(originOf((await openingIn(log)).ledgerId)),
    witnesses: [],
    ...more,
  });
