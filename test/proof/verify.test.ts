/** An export verifies, and whatever is done to it is found. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import canonicalize from 'canonicalize';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { openMemoryLog } from '../../src/log/memory.ts';
import { bundleOf, entriesIn } from '../../src/proof/bundle.ts';
import { checkpointText } from '../../src/proof/checkpoint.ts';
import { noProgress } from '../../src/proof/claims.ts';
import { leafHash } from '../../src/proof/hash.ts';
import { parseVerifierKey } from '../../src/proof/keys.ts';
import { cosign, openNote, parseNote, signNote } from '../../src/proof/note.ts';
import { ProofError } from '../../src/proof/proof-error.ts';
import { tarSource } from '../../src/proof/tar.ts';
import { verifyFiles } from '../../src/proof/verify.ts';
import { archiveOf, changed, exported, filesIn, unpackedIn, verified } from '../support/exports.ts';
import { temporaryFolder } from '../support/folders.ts';
import { historyLedger, opened, type TestLedger, testLedger } from '../support/ledger.ts';
import { anna, bram, farOff, placement, referral } from '../support/people.ts';
import { memoryProver, newSigner } from '../support/proofs.ts';
import { id } from '../support/scenario.ts';

const origin = 'partnership-ledger/0123456789abcdef0123456789abcdef';

const members = [
  ['gm0828', 'Oss'],
  ['gm1721', 'Bernheze'],
  ['gm0755', 'Boekel'],
] as const;

/** A ledger of four events. */
const small = async (): Promise<TestLedger> => {
  const made = await testLedger();
  for (const [municipality, name] of members)
    await made.take('join-member', { municipality, name });
  return made;
};

let made: TestLedger;
let archive: Buffer;
beforeAll(async () => {
  made = await small();
  archive = await exported(made, { at: ['2026-12-31'] });
});

const keysOf = (of: TestLedger) => of.prover.proofs.keys().map(({ key }) => parseVerifierKey(key));

/** The proof alone: all that is in an export must be covered by it. */
const proven = async (bytes: Buffer, of: TestLedger = made, keys = keysOf(of)): Promise<void> => {
  const expected = { keys, witnesses: [], receipts: [], accepted: () => undefined };
  const source = tarSource(
    (async function* () {
      yield bytes;
    })(),
  );
  await verifyFiles(source, expected, noProgress(), () => undefined);
};

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

describe('an export', () => {
  test('verifies: proof and answers', async () => {
    const { outcome, found, progress, compared, report } = await verified(archive, made);
    expect({ outcome, found }).toEqual({ outcome: 'good', found: undefined });
    expect(progress).toMatchObject({ entries: 4, checkpoints: 4, isWhole: true });
    expect(compared!.same).toBe(
      filesIn(archive).get('export.json')!.toString().split('"question"').length - 1,
    );
    expect(report).toContain('KLOPT. Alles');
    const key = /Getekend door (\S+)/.exec(report)![1]!;
    expect(openNote(report, [parseVerifierKey(key)]).verified).toHaveLength(1);
  });

  test('has the same bytes again, whatever was recorded since', async () => {
    const request = { at: ['2026-12-31'], size: 4 };
    const other = await small();
    const first = await exported(other, request);
    await other.take('join-member', { municipality: 'gm0856', name: 'Uden' });
    expect((await exported(other, request)).equals(first)).toBe(true);
  });

  test('verifies from the folder in which it was unpacked; nothing else may be in there', async () => {
    const folder = unpackedIn(temporaryFolder(), archive);
    expect(await verified(archive, made, { what: folder })).toMatchObject({ outcome: 'good' });
    writeFileSync(join(folder, 'tile', 'meer'), 'x');
    const more = await verified(archive, made, { what: folder });
    expect(more).toMatchObject({ outcome: 'bad' });
    expect(more.found).toContain('bestanden');
    rmSync(join(folder, 'tile', '0'), { recursive: true });
    const less = await verified(archive, made, { what: folder });
    expect(less.found).toBe('tile/0/000.p/4 ontbreekt');
  });

  test('of the real history verifies, with its year ends', async () => {
    const history = await historyLedger();
    const { outcome, compared } = await verified(await exported(history), history);
    expect(outcome).toBe('good');
    expect(compared!.same).toBeGreaterThan(300);
  });
});

describe('bad input', () => {
  describe('one bit of any byte flipped is found, and named', () => {
    let tiny: Buffer;
    let of: TestLedger;
    beforeAll(async () => {
      of = await testLedger();
      tiny = await exported(of, { at: [] });
    });

    /** Every fourth byte, four times: each is a test that ends in time. */
    test.each([0, 1, 2, 3])('from byte %i', async (first) => {
      const messages = new Set<string>();
      for (let i = first; i < tiny.length; i += 4) {
        const bent = Buffer.from(tiny);
        bent[i]! ^= 1 << (i % 8);
        const error: unknown = await proven(bent, of).then(
          () => undefined,
          (e: unknown) => e,
        );
        expect(error, `byte ${i}`).toBeInstanceOf(ProofError);
        messages.add((error as ProofError).message);
      }
      expect(messages.size).toBeGreaterThan(15);
    });
  });

  test('ones all over a large export as well', async () => {
    const history = await historyLedger();
    const large = await exported(history, { at: ['2022-01-01'] });
    for (let n = 0; n < 30; n += 1) {
      const at = (n * 104_729 + 7) % large.length;
      const bent = Buffer.from(large);
      bent[at]! ^= 1 << (n % 8);
      await expect(proven(bent, history), `byte ${at}`).rejects.toThrow(ProofError);
    }
  });

  test('cut off anywhere, or with something after it', async () => {
    for (let length = 0; length < archive.length; length += 97)
      await expect(proven(archive.subarray(0, length))).rejects.toThrow(ProofError);
    await expect(proven(Buffer.concat([archive, Buffer.of(0)]))).rejects.toThrow('meer in het');
  });

  const [bundle, tile] = ['tile/entries/000.p/4', 'tile/0/000.p/4'];
  const rebundled = (change: (entries: Uint8Array[]) => readonly Uint8Array[]): Buffer => {
    const entries = change([...entriesIn(filesIn(archive).get(bundle)!, 4)]);
    return changed(archive, {
      [bundle]: () => bundleOf(entries),
      [tile]: () => Buffer.concat(entries.map(leafHash)),
    });
  };

  test.each([
    ['left out', ([a, b, c]: Uint8Array[]) => [a!, b!, c!], 'telt 3'],
    ['exchanged', ([a, b, c, d]: Uint8Array[]) => [a!, c!, b!, d!], 'controlepunt van omvang 2'],
    ['added', (all: Uint8Array[]) => [...all, all[3]!], 'telt 5'],
    [
      'changed',
      ([a, b, c, d]: Uint8Array[]) => [
        a!,
        b!,
        Buffer.from(Buffer.from(c!).toString().replace('Bernheze', 'Bernhezé')),
        d!,
      ],
      'controlepunt van omvang 3',
    ],
  ])('an event %s, with tiles to match', async (_, change, where) => {
    const { outcome, found } = await verified(rebundled(change), made);
    expect(outcome).toBe('bad');
    expect(found).toContain(where);
  });

  test.each([
    ['a truncated tile', { [tile]: (b: Buffer) => b.subarray(1) }, 'afgekapt'],
    ['a tile too many bytes', { [tile]: (b: Buffer) => Buffer.concat([b, b]) }, 'afgekapt'],
    ['a file left out', { checkpoint: undefined }, 'niet checkpoint, maar "checkpoints/'],
    [
      'a name that leads out of the archive',
      { checkpoint: undefined, '../checkpoint': undefined },
      'niet checkpoint',
    ],
    [
      'CRLF in a note',
      { checkpoint: (b: Buffer) => b.toString().replaceAll('\n', '\r\n') },
      'stuurtekens',
    ],
    [
      'two blank lines in a note',
      { checkpoint: (b: Buffer) => b.toString().replace('\n\n', '\n\n\n') },
      'checkpoint',
    ],
    ['an empty manifest', { 'export.json': () => '' }, 'geen JSON'],
    ['a manifest that is a list', { 'export.json': () => '[]' }, 'niet van deze vorm'],
    [
      'a size of 0',
      { 'export.json': (b: Buffer) => b.toString().replace('"size":4', '"size":0') },
      '(size)',
    ],
    [
      'a size beyond',
      { 'export.json': (b: Buffer) => b.toString().replace('"size":4', '"size":5') },
      'heeft omvang 4, niet 5',
    ],
    [
      'a huge size',
      { 'export.json': (b: Buffer) => b.toString().replace('"size":4', '"size":9007199254740991') },
      'heeft omvang 4',
    ],
    ['bytes that are no UTF-8', { checkpoint: () => Buffer.of(0xff) }, 'geen UTF-8'],
    [
      'a checkpoint twice',
      { 'checkpoints/000000.jsonl': (b: Buffer) => Buffer.concat([b, b]) },
      'op volgorde',
    ],
    ['no checkpoints', { 'checkpoints/000000.jsonl': () => '' }, '0 controlepunten'],
    [
      'JSON written otherwise',
      { 'checkpoints/000000.jsonl': (b: Buffer) => b.toString().replace('"', ' "') },
      'anders geschreven',
    ],
  ] as const)('%s', async (_, changes, where) => {
    const { outcome, found } = await verified(changed(archive, changes), made);
    expect(outcome).toBe('bad');
    expect(found).toContain(where);
  });

  test('an archive with `../` in it, or one that says it is huge', async () => {
    const files = filesIn(archive);
    const led = archiveOf(new Map([['../export.json', files.get('export.json')!], ...files]));
    expect((await verified(led, made)).found).toContain('maar "../export.json"');
    const bomb = Buffer.from(archive);
    bomb.write('77777777777', 124);
    expect((await verified(bomb, made)).outcome).toBe('bad');
    const zeros = Buffer.alloc(1_000_000);
    expect((await verified(zeros, made)).outcome).toBe('bad');
    expect((await verified(Buffer.alloc(0), made)).found).toContain('afgekapt');
  });

  test('a folder without an export', async () => {
    expect(await verified(archive, made, { what: temporaryFolder() })).toMatchObject({
      outcome: 'bad',
      found: 'export.json ontbreekt',
    });
  });
});

describe('what cannot be read is not checked, and that says nothing of the ledger', () => {
  /** A ledger that answers every question so. */
  const answering = async (status: number, body: string | Buffer, cut = false) => {
    const asked: (string | undefined)[] = [];
    const server = createServer((request, reply) => {
      asked.push(request.headers.authorization);
      reply.writeHead(status, cut ? { 'content-length': body.length + 1 } : {});
      reply.write(body, () => (cut ? reply.destroy() : reply.end()));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    return { what: `http://127.0.0.1:${port}`, asked };
  };

  test.each([
    ['that is not there', '/nergens/uitvoer.tar', 'kan niet worden gelezen'],
    ['at an address where nobody is', 'http://127.0.0.1:1', 'geeft geen uitvoer'],
  ])('an export %s', async (_, what, why) => {
    const state = temporaryFolder();
    const { outcome, found, report } = await verified(archive, made, { what, state });
    expect(outcome).toBe('unread');
    expect(found).toContain(why);
    expect(report).toContain('NIET NAGEGAAN.');
    expect(report).not.toContain('KLOPT');
    expect(readdirSync(state)).toEqual(['report-key.pem']);
  });

  test.each([
    [401, '', 'met --token-file of in LEDGER_TOKEN'],
    [401, 'oud', 'dit token geeft geen recht'],
    [403, 'lezer', 'vraag er een van een auditor'],
    [503, '', '(503)'],
  ])('a ledger that answers %i to the token "%s"', async (status, token, why) => {
    const { what } = await answering(status, '{}');
    const { outcome, found } = await verified(archive, made, { what, token });
    expect(outcome).toBe('unread');
    expect(found).toContain(why);
  });

  test('a download that is cut off; one that is whole and too short is wrong', async () => {
    const half = archive.subarray(0, archive.length / 2);
    const cut = await answering(200, half, true);
    expect(await verified(archive, made, { what: cut.what })).toMatchObject({ outcome: 'unread' });
    const short = await answering(200, half);
    expect(await verified(archive, made, { what: short.what })).toMatchObject({ outcome: 'bad' });
  });

  test('a ledger that gives it is asked with the token, once', async () => {
    const { what, asked } = await answering(200, archive);
    const given = await verified(archive, made, { what, token: 'geheim' });
    expect(given.outcome).toBe('good');
    expect(asked).toEqual(['Bearer geheim']);
  });
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

test('a checkpoint of another ledger is none of this one', async () => {
  const other = 'partnership-ledger/ffffffffffffffffffffffffffffffff';
  const note = signNote(checkpointText({ origin: other, size: 4, root: new Uint8Array(32) }), [
    newSigner(other),
  ]);
  const { found } = await verified(changed(archive, { checkpoint: () => note }), made);
  expect(found).toContain(`een controlepunt van een ander grootboek (${other})`);
});
