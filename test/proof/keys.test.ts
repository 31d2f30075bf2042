/** By whose keys an export is good. */
import { readdirSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { openMemoryLog } from '../../src/log/memory.ts';
import { cosign, parseNote, signNote } from '../../src/proof/note.ts';
import { ProofError } from '../../src/proof/proof-error.ts';
import { changed, exported, verified } from '../support/exports.ts';
import { temporaryFolder } from '../support/folders.ts';
import { opened, type TestLedger, testLedger } from '../support/ledger.ts';
import { memoryProver, newSigner } from '../support/proofs.ts';
import { origin, small } from './support.ts';

let made: TestLedger;
let archive: Buffer;
beforeAll(async () => {
  made = await small();
  archive = await exported(made, { at: ['2026-12-31'] });
});

describe('keys', () => {
  test('without one nothing is simply good, and nothing is accepted', async () => {
    const state = temporaryFolder();
    const { outcome, unchecked } = await verified(archive, made, { keys: [], state });
    expect(outcome).toBe('incomplete');
    expect(unchecked[0]).toContain('de sleutel');
    expect(readdirSync(state)).toEqual(['report-key.pem']);
  });

  test('of somebody else are refused; so is an export signed by somebody else', async () => {
    const other = newSigner(origin);
    const { found } = await verified(archive, made, { keys: [other.key.text] });
    expect(found).toBe('geen van de opgegeven sleutels is een sleutel van dit grootboek');
    const forger = await small();
    const theirs = await exported(forger, { at: ['2026-12-31'] });
    expect((await verified(theirs, made)).outcome).toBe('bad');
    await expect(verified(archive, made, { keys: ['x'] })).rejects.toThrow(ProofError);
  });

  test('that gave way: old and new key are each enough, the old one signs nothing after', async () => {
    const ledger = await small();
    const [old] = ledger.prover.proofs.keys();
    const signer = newSigner(origin);
    ledger.prover.replaceKey(signer);
    await ledger.take('join-member', { municipality: 'gm0856', name: 'Uden' });
    const bytes = await exported(ledger, { at: ['2026-12-31'] });
    for (const key of [old!.key, signer.key.text])
      expect(await verified(bytes, ledger, { keys: [key] })).toMatchObject({ outcome: 'good' });
  });

  test('a checkpoint that a replaced key signed is refused', async () => {
    const log = openMemoryLog();
    await log.append([opened()]);
    const [first, second] = [newSigner(origin), newSigner(origin)];
    const prover = await memoryProver(log, { signer: first });
    prover.replaceKey(second);
    const ledger = await testLedger(log);
    const own = ledger.prover;
    expect(own.proofs.keys()).toHaveLength(1);
    const bytes = await exported(
      {
        ...ledger,
        prover: { ...prover, sign: prover.sign },
        ledger: { ...ledger.ledger, proofs: prover.proofs },
      },
      { at: ['2026-12-31'] },
    );
    expect(await verified(bytes, { ...ledger, prover })).toMatchObject({ outcome: 'good' });
    const { text } = parseNote(prover.proofs.latest().note);
    const larger = text.replace('\n1\n', '\n2\n');
    const bent = changed(bytes, { checkpoint: () => signNote(larger, [first]) });
    const { found } = await verified(bent, { ...ledger, prover });
    expect(found).toContain('een sleutel die al was vervangen');
  });

  test('of witnesses: theirs count, those of strangers are told apart', async () => {
    const [known, stranger] = [newSigner('w.example/1', 4), newSigner('w.example/2', 4)];
    const log = openMemoryLog();
    await log.append([opened()]);
    const witnesses = [known.key, stranger.key];
    const prover = await memoryProver(log, { witnesses });
    const { size, note } = prover.proofs.latest();
    for (const signer of [known, stranger])
      prover.proofs.cosign(size, cosign(parseNote(note).text, signer, 1_700_000_000));
    const ledger = await testLedger(log);
    const whole = { ...ledger, prover, ledger: { ...ledger.ledger, proofs: prover.proofs } };
    const bytes = await exported(whole, { at: ['2026-12-31'] });
    const { outcome, progress, report } = await verified(bytes, whole, {
      witnesses: [known.key.text],
    });
    expect(outcome).toBe('good');
    expect(progress.cosignatures).toEqual({ good: 1, unknown: 1 });
    expect(report).toContain('1 handtekeningen van wie niet is opgegeven');
  });
});
