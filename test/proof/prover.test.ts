/** What is recorded is signed, and stays what it was when the ledger is opened again. */
import { rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { openCheckpointStore } from '../../src/host/checkpoint-store.ts';
import { tileFiles } from '../../src/host/tile-files.ts';
import type { EventLog } from '../../src/ledger/event-log.ts';
import { LogUnavailableError } from '../../src/ledger/event-log.ts';
import type { CheckpointStore } from '../../src/ledger/proofs.ts';
import { openMemoryLog } from '../../src/log/memory.ts';
import { openSqliteLog } from '../../src/log/sqlite.ts';
import { parseCheckpoint } from '../../src/proof/checkpoint.ts';
import { hashFromBase64 } from '../../src/proof/base64.ts';
import { keyChain, keysFor } from '../../src/proof/key-chain.ts';
import { parseVerifierKey } from '../../src/proof/keys.ts';
import { heldSize } from '../../src/proof/loss.ts';
import { memoryTiles } from '../../src/proof/memory-tiles.ts';
import { provesConsistency } from '../../src/proof/merkle.ts';
import { cosign, openNote, parseNote } from '../../src/proof/note.ts';
import { openReceipt } from '../../src/proof/receipt.ts';
import { memberJoined } from '../support/entries.ts';
import { temporaryFolder } from '../support/folders.ts';
import { opened } from '../support/ledger.ts';
import { memoryCheckpoints, memoryProver, newSigner } from '../support/proofs.ts';

const startedLog = async (): Promise<EventLog> => {
  const log = openMemoryLog();
  await log.append([opened()]);
  return log;
};

const origin = 'partnership-ledger/0123456789abcdef0123456789abcdef';
const signer = newSigner(origin);
const open = (log: EventLog, checkpoints: CheckpointStore, tiles = memoryTiles()) =>
  memoryProver(log, { signer, checkpoints, tiles });

const keysIn = (keys: readonly { readonly key: string }[]) =>
  keys.map(({ key }) => parseVerifierKey(key));

const rootIn = (note: string) => parseCheckpoint(parseNote(note).text).root;

describe('law 7', () => {
  test('every event has a proof in every later checkpoint, and these are consistent', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1 }),
        async (sizes) => {
          const { log, proofs } = await memoryProver(await startedLog());
          for (const size of sizes)
            await log.append(Array.from({ length: size }, () => memberJoined()));
          const keys = keysIn(proofs.keys());
          const kept = proofs.checkpointsFrom(0, 1_000);
          expect(kept).toHaveLength(sizes.length + 1);
          const events = await log.read('all');
          for (const { size, note } of kept) {
            expect(parseCheckpoint(openNote(note, keys).text)).toMatchObject({ origin, size });
            for (const { sequence, text } of events.slice(0, size)) {
              const { receipt } = proofs.inclusion(sequence, size);
              expect(openReceipt(receipt, Buffer.from(text), origin, keys).size).toBe(size);
            }
            for (const earlier of kept.filter((c) => c.size <= size)) {
              const { proof } = proofs.consistency(earlier.size, size);
              const roots = { fromRoot: rootIn(earlier.note), toRoot: rootIn(note) };
              const hashes = proof.map(hashFromBase64);
              expect(
                provesConsistency({ from: earlier.size, to: size, ...roots, proof: hashes }),
              ).toBe(true);
            }
          }
        },
      ),
      { numRuns: 15 },
    );
  });
});

test('law 3: both logs, given the same events, have the same roots', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1 }), async (sizes) => {
      const logs = [
        openMemoryLog(),
        openSqliteLog({ file: `${temporaryFolder()}/ledger.sqlite` }),
      ] as const;
      const first = opened();
      const batches = sizes.map((size) => Array.from({ length: size }, () => memberJoined()));
      const roots = [];
      for (const log of logs) {
        await log.append([first]);
        const prover = await memoryProver(log);
        for (const batch of batches) await prover.log.append(batch);
        roots.push(prover.proofs.checkpointsFrom(0, 100).map(({ note }) => rootIn(note)));
        await log.close();
      }
      expect(roots[0]).toEqual(roots[1]);
    }),
    { numRuns: 10 },
  );
});

describe('appends', () => {
  test('that come together share a checkpoint, and each gets its receipts', async () => {
    const { log, proofs } = await memoryProver(await startedLog());
    const before = proofs.latest().size;
    await Promise.all(Array.from({ length: 20 }, () => log.append([memberJoined()])));
    expect(proofs.latest().size).toBe(before + 20);
    expect(proofs.checkpointsFrom(before + 1, 100).length).toBeLessThan(20);
    const [receipt] = await proofs.receipts([7]);
    const [event] = await log.read('all', { from: 7, limit: 1 });
    openReceipt(receipt!, Buffer.from(event!.text), origin, keysIn(proofs.keys()));
  });

  test('that were asked again get the receipts they had', async () => {
    const { log, proofs } = await memoryProver(await startedLog());
    await log.append([memberJoined()]);
    const first = await proofs.receipts([1]);
    await log.append([memberJoined()]);
    expect(await proofs.receipts([1])).toEqual(first);
  });

  test('are not acknowledged while no checkpoint can be kept, and are under the next', async () => {
    const checkpoints = memoryCheckpoints();
    let full = false;
    const keep: CheckpointStore['keep'] = async (kept) => {
      if (full) throw new Error('disk full');
      await checkpoints.keep(kept);
    };
    const { log, proofs } = await open(await startedLog(), { ...checkpoints, keep });
    full = true;
    await expect(log.append([memberJoined()])).rejects.toThrow(LogUnavailableError);
    expect(proofs.latest().size).toBe(1);
    full = false;
    await log.append([memberJoined()]);
    expect(proofs.latest().size).toBe(3);
  });
});

describe('a checkpoint that is kept and not yet durable', () => {
  test('is seen by nobody, nor is what it signs acknowledged', async () => {
    const checkpoints = memoryCheckpoints();
    let durable: () => void = () => undefined;
    let waits = false;
    const keep: CheckpointStore['keep'] = async (kept) => {
      await checkpoints.keep(kept);
      if (waits) await new Promise<void>((resolve) => (durable = resolve));
    };
    const own = await startedLog();
    const { log, proofs } = await open(own, { ...checkpoints, keep });
    const seen = () => [
      proofs.latest().size,
      proofs.checkpointsFrom(0, 10).map(({ size }) => size),
    ];
    waits = true;
    const ended: string[] = [];
    const appended = log.append([memberJoined()]).then(() => ended.push('append'));
    const receipts = proofs.receipts([1]).then(() => ended.push('receipt'));
    await expect.poll(() => checkpoints.latest()?.size).toBe(2);
    expect(own.head().sequence).toBe(1);
    expect(ended).toEqual([]);
    expect(seen()).toEqual([1, [1]]);
    expect(await proofs.tile('tile/entries/000.p/2')).toBeUndefined();
    expect(await proofs.tile('tile/0/000.p/2')).toBeUndefined();
    expect(() => proofs.checkpoint(2)).toThrow('geen controlepunt van omvang 2');
    durable();
    await Promise.all([appended, receipts]);
    expect(seen()).toEqual([2, [1, 2]]);
    expect(await proofs.tile('tile/0/000.p/2')).toHaveLength(64);
  });
});

describe('tiles', () => {
  const pathOf = (level: number, index: number): string => `tile/${level}/${index}`;
  const folderIn = (place: string): string => join(temporaryFolder(), place);

  test('that cannot be written hold up no append, and are there all the same', async () => {
    const folder = folderIn('tiles');
    writeFileSync(folder, 'in the way');
    const tiles = tileFiles(folder, pathOf);
    const { log, proofs } = await open(await startedLog(), memoryCheckpoints(), tiles);
    for (let n = 0; n < 4; n += 1)
      await log.append(Array.from({ length: 90 }, () => memberJoined()));
    expect(proofs.latest().size).toBe(361);
    const [event] = await log.read('all', { from: 7, limit: 1 });
    const { receipt } = proofs.inclusion(7, 361);
    openReceipt(receipt, Buffer.from(event!.text), origin, keysIn(proofs.keys()));
    expect(tileFiles(folder, pathOf).read(0, 0)).toBeUndefined();
    // Once there is room, the next one takes it along.
    rmSync(folder);
    for (let n = 0; n < 4; n += 1)
      await log.append(Array.from({ length: 90 }, () => memberJoined()));
    expect(tileFiles(folder, pathOf).read(0, 0)).toEqual(tiles.read(0, 0));
  });

  test('are for their owner alone', () => {
    const folder = folderIn('tiles');
    tileFiles(folder, pathOf).write(0, 3, Buffer.alloc(8_192));
    expect(statSync(join(folder, pathOf(0, 3))).mode & 0o077).toBe(0);
    expect(statSync(folder).mode & 0o077).toBe(0);
  });
});

describe('a log that is opened again', () => {
  let log: EventLog;
  let checkpoints: CheckpointStore;
  const tiles = memoryTiles();
  beforeEach(async () => {
    log = await startedLog();
    checkpoints = memoryCheckpoints();
    const first = await open(log, checkpoints, tiles);
    for (let n = 0; n < 20; n += 1)
      await first.log.append(Array.from({ length: 30 }, () => memberJoined()));
  });

  test('goes on under the same roots', async () => {
    const root = rootIn(checkpoints.latest()!.note);
    const again = await open(log, checkpoints, tiles);
    expect(again.divergence).toBeUndefined();
    expect(rootIn(again.proofs.latest().note)).toEqual(root);
    await log.append([memberJoined()]);
    const third = await open(log, checkpoints, tiles);
    expect(third.proofs.latest().size).toBe(602);
  });

  test('makes tiles anew that are lost, or hold something else', async () => {
    const right = tiles.read(0, 1)!;
    tiles.write(0, 1, right.toReversed());
    const again = await open(log, checkpoints, tiles);
    expect(again.divergence).toBeUndefined();
    expect(tiles.read(0, 1)).toEqual(right);
    const none = memoryTiles();
    expect((await open(log, checkpoints, none)).divergence).toBeUndefined();
    expect(none.read(0, 1)).toEqual(right);
  });

  test('and is older only reads, and says so', async () => {
    const older = openMemoryLog();
    for (const { entry } of await log.read('all', { to: 200 })) await older.append([entry]);
    const diverged = await open(older, checkpoints);
    expect(diverged.divergence).toBe(
      'het log eindigt bij 200, het laatste controlepunt tekende tot en met 600',
    );
    expect(() => diverged.proofs.inclusion(3, 31)).toThrow('Alleen lezen');
    expect(diverged.proofs.latest().size).toBe(601);
    expect(await heldSize(older, checkpoints)).toBe(181);
  });

  test('and holds something else is found, also where it is longer', async () => {
    const other = openMemoryLog();
    for (const { entry } of await log.read('all', { to: 350 })) await other.append([entry]);
    for (let n = 0; n < 400; n += 1) await other.append([memberJoined()]);
    const diverged = await open(other, checkpoints, tiles);
    expect(diverged.divergence).toContain('zijn andere dan die het laatste controlepunt tekende');
    expect(await heldSize(other, checkpoints)).toBe(331);
    checkpoints.lose(331, 751);
    expect((await open(other, checkpoints)).divergence).toBeUndefined();
    expect(checkpoints.lost().map(({ size }) => size)[0]).toBe(361);
  });
});

describe('keys', () => {
  test('one gives way to the next, and both are on record', async () => {
    const prover = await memoryProver(await startedLog(), { signer });
    await prover.log.append([memberJoined()]);
    const next = newSigner(origin);
    prover.replaceKey(next);
    await prover.log.append([memberJoined()]);
    const { proofs } = prover;
    expect(proofs.keys()).toEqual([
      { key: signer.key.text, from: 0 },
      { key: next.key.text, from: 2 },
    ]);
    const chain = keyChain(origin, proofs.keyChanges(), undefined);
    const may = (size: number) => keysFor(chain, size).map(({ text }) => text);
    expect(may(2)).toEqual([signer.key.text, next.key.text]);
    expect(may(3)).toEqual([next.key.text]);
    openNote(proofs.checkpoint(2).note, [signer.key]);
    openNote(proofs.checkpoint(3).note, [next.key]);
  });

  test('a change that only one of them signed is none', async () => {
    const prover = await memoryProver(await startedLog(), { signer });
    prover.replaceKey(newSigner(origin));
    const [note] = prover.proofs.keyChanges();
    const lines = note!.trimEnd().split('\n');
    const half = `${lines.slice(0, -1).join('\n')}\n`;
    expect(() => keyChain(origin, [half], undefined)).toThrow('niet door beide');
    expect(() => keyChain(origin, [note!, note!], undefined)).toThrow('sluiten niet');
    expect(() => keyChain('iets/anders', [note!], undefined)).toThrow('dit grootboek');
  });
});

describe('a cosignature', () => {
  const witness = newSigner('witness.example/w1', 4);
  const text = (note: string) => parseNote(note).text;

  test('of a witness that is known is kept', async () => {
    const { proofs } = await memoryProver(await startedLog(), { witnesses: [witness.key] });
    const { note } = proofs.latest();
    proofs.cosign(1, cosign(text(note), witness, 1_700_000_000));
    const { verified } = openNote(proofs.latest().note, [witness.key]);
    expect(verified.map(({ time }) => time)).toEqual([1_700_000_000]);
  });

  test('of anybody else, or of another checkpoint, is refused', async () => {
    const { log, proofs } = await memoryProver(await startedLog(), { witnesses: [witness.key] });
    const { note } = proofs.latest();
    const stranger = newSigner('witness.example/w2', 4);
    await log.append([memberJoined()]);
    const line = cosign(text(note), witness, 1_700_000_000);
    expect(() => proofs.cosign(1, cosign(text(note), stranger, 1))).toThrow('niet ingesteld');
    expect(() => proofs.cosign(2, line)).toThrow('klopt niet');
    expect(() => proofs.cosign(1, 'x')).toThrow('niet aangenomen');
    expect(() => proofs.cosign(9, line)).toThrow('geen controlepunt van omvang 9');
  });
});

test('checkpoints are kept in a file, with what was added to them', async () => {
  const file = `${temporaryFolder()}/checkpoints.sqlite`;
  const first = await openCheckpointStore(file);
  await first.keep({ size: 1, note: 'a\n' });
  await first.keep({ size: 4, note: 'b\n' });
  await first.keep({ size: 9, note: 'c\n' });
  first.cosign(4, 'z\n');
  first.cosign(4, 'y\n');
  first.changeKey('k\n');
  first.lose(4, 12);
  first.close();
  const again = await openCheckpointStore(file);
  expect(again.latest()).toEqual({ size: 4, note: 'b\ny\nz\n' });
  expect(again.from(1, 10).map(({ size }) => size)).toEqual([1, 4]);
  expect(again.keyChanges()).toEqual(['k\n']);
  expect(again.lost()).toEqual([{ size: 9, note: 'c\n', lostBy: 12 }]);
  again.close();
});
