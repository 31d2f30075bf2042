/** The answers of an export are those of its events, also when a person was forgotten since. */
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { beforeAll, describe, expect, test } from 'vitest';
import { parseNote } from '../../src/proof/note.ts';
import { changed, exported, filesIn, verified } from '../support/exports.ts';
import { temporaryFolder } from '../support/folders.ts';
import { type TestLedger } from '../support/ledger.ts';
import { anna, bram, farOff, placement, referral } from '../support/people.ts';
import { id } from '../support/scenario.ts';
import { small } from './support.ts';

let made: TestLedger;
let archive: Buffer;
beforeAll(async () => {
  made = await small();
  archive = await exported(made, { at: ['2026-12-31'] });
});

/** The manifest otherwise, signed as the operator could. */
const said = (
  change: (manifest: Record<string, unknown>) => void,
  bytes = archive,
  of = made,
): Buffer => {
  const manifest = JSON.parse(filesIn(bytes).get('export.json')!.toString()) as Record<
    string,
    unknown
  >;
  change(manifest);
  const text = `${canonicalize(manifest)!}\n`;
  const digest = createHash('sha256').update(text).digest('base64');
  return changed(bytes, {
    'export.json': () => text,
    'export.note': (note) => {
      const lines = parseNote(note.toString()).text.split('\n');
      lines[3] = digest;
      return of.prover.sign(lines.join('\n'));
    },
  });
};

describe('answers', () => {
  test('that are not those of the events are found, though they are signed', async () => {
    const lying = said(({ digests }) => {
      const [members] = digests as { question: string; items: number }[];
      members!.items += 1;
    });
    const { outcome, found } = await verified(lying, made);
    expect(outcome).toBe('bad');
    expect(found).toContain('antwoorden zijn anders');
    expect(found).toContain('members op 2026-12-31');
  });

  test.each([
    ['left out', (m: Record<string, unknown>) => (m.digests as unknown[]).pop()],
    [
      'of a later point',
      (m: Record<string, unknown>) => (m.points = [{ validAt: '2026-12-31', knownAt: 9 }]),
    ],
    ['of another ledger', (m: Record<string, unknown>) => (m.ledgerId = 'f'.repeat(32))],
    ['of another kind of data', (m: Record<string, unknown>) => (m.dataset = 'history')],
    ['for another role', (m: Record<string, unknown>) => (m.role = 'registrar')],
  ])('%s', async (_, change) => {
    expect(await verified(said(change), made)).toMatchObject({ outcome: 'bad' });
  });

  test('of another model, or none, are told apart from answers that differ', async () => {
    const other = await verified(
      said((m) => (m.model = 99)),
      made,
    );
    expect(other).toMatchObject({ outcome: 'incomplete', found: undefined });
    expect(other.unchecked[0]).toContain('model 99');
    const none = await verified(await exported(made, { at: [] }), made);
    expect(none.unchecked[0]).toContain('geen punten');
  });

  test('at points of both times', async () => {
    const bytes = await exported(made, { at: ['2026-12-31@2', '2025-12-31@-1'] });
    expect(await verified(bytes, made)).toMatchObject({ outcome: 'good' });
    for (const at of ['x', '2026-02-30', '2026-12-31@4', '2026-12-31@1@2', '2026-12-31@'])
      await expect(exported(made, { at: [at] })).rejects.toThrow('Ongeldige invoer');
    await expect(exported(made, { size: 9 })).rejects.toThrow('geen controlepunt');
  });
});

describe('a person is forgotten after an export was made', () => {
  const day = '2026-12-31';
  const about = async (): Promise<TestLedger> => {
    const ledger = await small();
    await ledger.take('record-referral', referral());
    await ledger.take(
      'record-referral',
      referral({ referralId: id('second'), personId: bram, details: farOff }),
    );
    return ledger;
  };
  const digestsIn = (bytes: Buffer) =>
    (JSON.parse(filesIn(bytes).get('export.json')!.toString()) as { digests: unknown[] }).digests;

  test('it stays good, the newer one is good, and that tells whose answers open no more', async () => {
    const ledger = await about();
    const known = `${day}@${ledger.log.head().sequence}`;
    const older = await exported(ledger, { at: [known] });
    const state = temporaryFolder();
    const before = await verified(older, ledger, { state });
    expect(before).toMatchObject({ outcome: 'good', compared: { erasedSince: [] } });

    await ledger.take('erase-person', { personId: anna });
    const newer = await exported(ledger, { at: [known, day] });
    const after = await verified(newer, ledger, { state });
    expect(after.outcome).toBe('good');
    const { same, erasedSince, different } = after.compared!;
    expect(different).toEqual([]);
    expect(erasedSince.map((name) => name.split(',')[0])).toEqual([
      `referrals op ${day}`,
      `referrals op ${day}`,
    ]);
    expect(same + erasedSince.length).toBe(digestsIn(newer).length);
    expect(after.report).toContain('2 antwoorden ook gelijk, met verzegelde gegevens');

    // At the point that both tell of, every answer is what it was.
    const both = digestsIn(older);
    expect(digestsIn(newer).slice(0, both.length)).toEqual(both);
    const old = await verified(older, ledger);
    expect(old).toMatchObject({ outcome: 'good', compared: { erasedSince: [] } });
    expect(await verified(older, ledger, { state })).toMatchObject({ outcome: 'incomplete' });
  });

  test('nobody else is told as erased', async () => {
    const ledger = await about();
    await ledger.take('record-placement', placement());
    await ledger.take('erase-person', { personId: bram });
    const bytes = await exported(ledger, { at: [day] });
    const { compared } = await verified(bytes, ledger);
    expect(compared!.erasedSince.map((name) => name.split(' ')[0])).toEqual(['referrals']);
  });

  test('an answer that differs is told as different, erased or not', async () => {
    const ledger = await about();
    await ledger.take('erase-person', { personId: anna });
    const bytes = await exported(ledger, { at: [day] });
    const lying = said(
      ({ digests }) => {
        const told = digests as { question: string; items: number }[];
        told.find(({ question }) => question === 'referrals')!.items += 1;
      },
      bytes,
      ledger,
    );
    const { outcome, compared } = await verified(lying, ledger);
    expect(outcome).toBe('bad');
    expect(compared!.different).toHaveLength(1);
    expect(compared!.erasedSince).toEqual([]);
  });
});
