/** An export verifies, and whatever is done to it is found. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { bundleOf, entriesIn } from '../../src/proof/bundle.ts';
import { checkpointText } from '../../src/proof/checkpoint.ts';
import { noProgress } from '../../src/proof/claims.ts';
import { leafHash } from '../../src/proof/hash.ts';
import { parseVerifierKey } from '../../src/proof/keys.ts';
import { openNote, signNote } from '../../src/proof/note.ts';
import { ProofError } from '../../src/proof/proof-error.ts';
import { tarSource } from '../../src/proof/tar.ts';
import { verifyFiles } from '../../src/proof/verify.ts';
import { archiveOf, changed, exported, filesIn, unpackedIn, verified } from '../support/exports.ts';
import { temporaryFolder } from '../support/folders.ts';
import { historyLedger, type TestLedger, testLedger } from '../support/ledger.ts';
import { newSigner } from '../support/proofs.ts';
import { small } from './support.ts';

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

test('a checkpoint of another ledger is none of this one', async () => {
  const other = 'partnership-ledger/ffffffffffffffffffffffffffffffff';
  const note = signNote(checkpointText({ origin: other, size: 4, root: new Uint8Array(32) }), [
    newSigner(other),
  ]);
  const { found } = await verified(changed(archive, { checkpoint: () => note }), made);
  expect(found).toContain(`een controlepunt van een ander grootboek (${other})`);
});
