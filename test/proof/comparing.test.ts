/** What somebody kept, beside what is here: every outcome there is. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { EventLog } from '../../src/ledger/event-log.ts';
import { openMemoryLog } from '../../src/log/memory.ts';
import { checkpointText } from '../../src/proof/checkpoint.ts';
import { cosign, parseNote, signNote } from '../../src/proof/note.ts';
import type { Prover } from '../../src/proof/prover.ts';
import { memberJoined } from '../support/entries.ts';
import { opened } from '../support/ledger.ts';
import { memoryCheckpoints, memoryProver, newSigner } from '../support/proofs.ts';

const origin = 'partnership-ledger/0123456789abcdef0123456789abcdef';
const signer = newSigner(origin);
const witness = newSigner('getuige.example', 4);
const first = opened();

const grown = async (events: number): Promise<Prover & { readonly log: EventLog }> => {
  const log = openMemoryLog();
  await log.append([first]);
  const prover = await memoryProver(log, { signer, witnesses: [witness.key] });
  for (let i = 0; i < events; i += 1) await prover.log.append([memberJoined()]);
  return prover;
};

let here: Prover;
beforeAll(async () => {
  here = await grown(9);
});

describe('a checkpoint that somebody kept', () => {
  test('is the beginning of what is here, and a proof of that comes along', () => {
    for (const size of [1, 2, 7, 10])
      expect(here.proofs.compare(here.proofs.checkpoint(size).note)).toEqual({
        outcome: 'goes-on',
        size,
        to: here.proofs.latest(),
        proof: here.proofs.consistency(size, 10).proof,
      });
  });

  test.each([
    ['line ends of mail and forms', (note: string) => note.replaceAll('\n', '\r\n')],
    ['line ends of old', (note: string) => note.replaceAll('\n', '\r')],
    ['room around it', (note: string) => `\n\n  ${note}\n \n`],
    ['no last line end', (note: string) => note.trimEnd()],
  ])('may have %s', (_, kept) => {
    const found = here.proofs.compare(kept(here.proofs.checkpoint(4).note));
    expect(found).toMatchObject({ outcome: 'goes-on', size: 4 });
  });

  test('may stand in a receipt', () => {
    const { receipt } = here.proofs.inclusion(2, 6);
    expect(here.proofs.compare(receipt.replaceAll('\n', '\r\n'))).toMatchObject({
      outcome: 'goes-on',
      size: 6,
    });
  });

  test('of another history with the same key is a fork, and both roots are told', async () => {
    const other = await grown(9);
    const found = here.proofs.compare(other.proofs.checkpoint(5).note);
    expect(found).toEqual({
      outcome: 'forked',
      size: 5,
      signed: other.proofs.told(other.proofs.checkpoint(5)).root,
      here: here.proofs.told(here.proofs.checkpoint(5)).root,
      lostBy: undefined,
    });
  });

  test('that is larger than what is here is ahead of it', async () => {
    const other = await grown(12);
    expect(here.proofs.compare(other.proofs.latest().note)).toEqual({
      outcome: 'ahead',
      size: 13,
      lostBy: undefined,
    });
  });

  test('whose loss was accepted names the event that did', async () => {
    const log = openMemoryLog();
    await log.append([first]);
    const checkpoints = memoryCheckpoints();
    const lost = (await grown(3)).proofs.latest();
    await checkpoints.keep(lost);
    checkpoints.lose(1, 1);
    await log.append([memberJoined()]);
    const { proofs } = await memoryProver(log, { signer, checkpoints });
    expect(proofs.compare(lost.note)).toEqual({ outcome: 'ahead', size: 4, lostBy: 1 });
  });

  test('of another ledger is told by its name', () => {
    const elsewhere = newSigner('partnership-ledger/ffff');
    const note = signNote(
      checkpointText({ origin: 'partnership-ledger/ffff', size: 3, root: new Uint8Array(32) }),
      [elsewhere],
    );
    expect(here.proofs.compare(note)).toEqual({
      outcome: 'other-ledger',
      origin: 'partnership-ledger/ffff',
    });
  });

  test('that bears the name and not the signature is not believed', () => {
    const { text } = parseNote(here.proofs.checkpoint(5).note);
    const forged = signNote(text, [newSigner(origin)]);
    const changed = here.proofs.checkpoint(5).note.replace('\n5\n', '\n6\n');
    for (const note of [forged, changed])
      expect(here.proofs.compare(note)).toMatchObject({ outcome: 'not-signed' });
  });

  test.each([
    '',
    ' ',
    'hallo',
    'partnership-ledger/0123\n5\n',
    'c2sp.org/tlog-proof@v1\nindex 3\n',
    '\u0000',
    '\ud800',
    'x'.repeat(120_000),
    signNote(checkpointText({ origin, size: 0, root: new Uint8Array(32) }), [signer]),
  ])('that is none is not looked at further', (text) => {
    expect(here.proofs.compare(text)).toMatchObject({ outcome: 'unreadable' });
  });
});

test('a checkpoint tells who signed it, and when a witness did', () => {
  const { note, size } = here.proofs.checkpoint(8);
  here.proofs.cosign(size, cosign(parseNote(note).text, witness, 1_800_000_000));
  expect(here.proofs.told(here.proofs.checkpoint(8))).toEqual({
    size: 8,
    root: parseNote(note).text.split('\n')[2],
    signedBy: [signer.key.id],
    witnesses: [{ name: 'getuige.example', at: '2027-01-15T08:00:00.000Z' }],
  });
});

describe('a proof that is followed', () => {
  test('ends at the root for every event under every checkpoint', async () => {
    for (let size = 1; size <= 10; size += 1)
      for (let index = 0; index < size; index += 1) {
        const proof = await here.proofs.follow(index, size);
        expect(proof).toMatchObject({ ...here.proofs.inclusion(index, size), holds: true });
        expect(proof.steps.at(-1)?.hash ?? proof.leaf).toBe(proof.root);
      }
  });

  test('does not hold when what is stored is no longer what was signed', async () => {
    const { proofs, log } = await grown(3);
    const broken = await memoryProver(
      {
        ...log,
        read: async (query, options) =>
          (await log.read(query, options)).map((event) =>
            event.sequence === 2 && options?.to === 2 ? { ...event, text: '{}' } : event,
          ),
      },
      { signer },
    );
    expect((await proofs.follow(2, 4)).holds).toBe(true);
    expect((await broken.proofs.follow(2, 4)).holds).toBe(false);
    expect((await broken.proofs.follow(1, 4)).holds).toBe(true);
  });
});
