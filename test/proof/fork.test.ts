/** Two ledgers that share a beginning are told apart by who saw one of them. */
import { beforeAll, describe, expect, test } from 'vitest';
import { openMemoryLog } from '../../src/log/memory.ts';
import { exported, verified } from '../support/exports.ts';
import { temporaryFolder } from '../support/folders.ts';
import { type TestLedger, testLedger } from '../support/ledger.ts';
import { memoryProver, newSigner } from '../support/proofs.ts';
import { origin, small } from './support.ts';

let made: TestLedger;
beforeAll(async () => {
  made = await small();
});

describe('a fork: two ledgers that share a beginning', () => {
  const signer = newSigner(origin);
  /** The first events of a ledger, and then another. */
  const forked = async (last: string): Promise<TestLedger> => {
    const log = openMemoryLog();
    for (const { entry } of await made.log.read('all', { to: 2 })) await log.append([entry]);
    const prover = await memoryProver(log, { signer });
    const ledger = await testLedger(prover.log);
    const whole = { ...ledger, prover, ledger: { ...ledger.ledger, proofs: prover.proofs } };
    await whole.take('join-member', { municipality: 'gm0856', name: last });
    return whole;
  };

  test('is found by who saw the other side, and by who holds a receipt of it', async () => {
    const [one, two] = [await forked('Uden'), await forked('Veghel')];
    const state = temporaryFolder();
    const [first, second] = [await exported(one), await exported(two)];
    expect(await verified(first, one, { state })).toMatchObject({ outcome: 'good' });
    expect(await verified(first, one, { state })).toMatchObject({ outcome: 'good' });
    const seen = await verified(second, two, { state });
    expect(seen.outcome).toBe('fork');
    expect(seen.found).toContain('AFSPLITSING: bij omvang 4');
    expect(await verified(second, two)).toMatchObject({ outcome: 'good' });
    const receipts = await one.prover.proofs.receipts([3]);
    expect(await verified(first, one, { receipts })).toMatchObject({
      outcome: 'good',
      progress: { receipts: 1 },
    });
    expect(await verified(second, two, { receipts })).toMatchObject({ outcome: 'fork' });
    const later = await verified(first, one, { receipts: ['x'] });
    expect(later.found).toContain('ontvangstbewijs 1');
  });

  test('is told from a ledger that went on, and from an older export', async () => {
    const ledger = await small();
    const state = temporaryFolder();
    const older = await exported(ledger, { at: ['2026-12-31'] });
    await ledger.take('join-member', { municipality: 'gm0856', name: 'Uden' });
    const newer = await exported(ledger, { at: ['2026-12-31'] });
    expect(await verified(older, ledger, { state })).toMatchObject({ outcome: 'good' });
    const on = await verified(newer, ledger, { state });
    expect(on.outcome).toBe('good');
    expect(on.report).toContain('gaat verder op het controlepunt van omvang 4');
    const back = await verified(older, ledger, { state });
    expect(back.outcome).toBe('incomplete');
    expect(back.unchecked[0]).toContain('deze uitvoer is ouder');
  });
});
