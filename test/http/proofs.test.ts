/** Proofs over HTTP: what is given can be checked by whoever has the key. */
import { beforeAll, describe, expect, it } from 'vitest';
import { hashFromBase64 } from '../../src/proof/base64.ts';
import { entriesIn } from '../../src/proof/bundle.ts';
import { parseCheckpoint } from '../../src/proof/checkpoint.ts';
import { leafHash } from '../../src/proof/hash.ts';
import { parseVerifierKey, type VerifierKey } from '../../src/proof/keys.ts';
import { provesConsistency } from '../../src/proof/merkle.ts';
import { openNote } from '../../src/proof/note.ts';
import { openReceipt } from '../../src/proof/receipt.ts';
import { monitor } from '../support/monitor.ts';
import { expectProblem, historyApp, type TestApp } from './support.ts';

interface Checkpoint {
  readonly size: number;
  readonly checkpoint: string;
}

let app: TestApp;
let keys: readonly VerifierKey[];
let origin: string;
beforeAll(async () => {
  app = await historyApp();
  const { keys: known, ...list } = (await app.get('/v1/checkpoints')).json<{
    keys: { key: string }[];
    origin: string;
  }>();
  keys = known.map(({ key }) => parseVerifierKey(key));
  origin = list.origin;
});

const checked = ({ checkpoint }: Checkpoint) => parseCheckpoint(openNote(checkpoint, keys).text);

describe('checkpoints', () => {
  it('are all served, in pages', async () => {
    const found: Checkpoint[] = [];
    for (let after = '0'; ;) {
      const page = (await app.get(`/v1/checkpoints?limit=200&after=${after}`)).json<{
        items: Checkpoint[];
        next?: string;
      }>();
      found.push(...page.items);
      if (page.next === undefined) break;
      after = page.next;
    }
    const latest = (await app.get('/v1/checkpoints/latest')).json<Checkpoint>();
    expect(found.at(-1)).toEqual(latest);
    expect(latest.size).toBe(app.ledger.head().sequence + 1);
    expect(found.map(checked).every((c, i) => c.size === found[i]!.size)).toBe(true);
  });

  it('take no signature of somebody who is not known', async () => {
    const line = { cosignature: '— witness.example AAAAAAAAAAAA\n' };
    expectProblem(await app.post('/v1/checkpoints/1/_cosign', line), 400, 'invalid');
    expectProblem(await app.post('/v1/checkpoints/1/_cosign', {}), 400, 'invalid');
    expectProblem(await app.post('/v1/checkpoints/0/_cosign', line), 404, 'not-found');
    expectProblem(await app.post('/v1/checkpoints/x/_cosign', line), 400, 'invalid');
  });
});

describe('proofs', () => {
  it('show that an event is there, under the last checkpoint and under an earlier one', async () => {
    const [event] = await app.log.read('all', { from: 40, to: 40 });
    const { id } = event!.entry;
    const bytes = Buffer.from(event!.text);
    for (const query of ['', '?size=100']) {
      const reply = await app.get(`/v1/events/${id}/inclusion-proof${query}`);
      const { receipt, size, index } = reply.json<{
        receipt: string;
        size: number;
        index: number;
      }>();
      expect(index).toBe(40);
      expect(openReceipt(receipt, bytes, origin, keys).size).toBe(size);
    }
    const missing = '01980f0c-0000-7000-8000-000000000000';
    expectProblem(await app.get(`/v1/events/${missing}/inclusion-proof`), 404, 'not-found');
    for (const [size, status] of [
      ['40', 404],
      ['0', 404],
      ['99999999', 404],
      ['-1', 400],
      ['1e3', 400],
    ] as const) {
      const reply = await app.get(`/v1/events/${id}/inclusion-proof?size=${size}`);
      expectProblem(reply, status, status === 404 ? 'not-found' : 'invalid');
    }
  });

  it('show that one checkpoint begins another', async () => {
    const reply = await app.get('/v1/consistency-proofs?from=20&to=100');
    const { proof, ...ends } = reply.json<{
      from: Checkpoint;
      to: Checkpoint;
      proof: string[];
    }>();
    const [from, to] = [checked(ends.from), checked(ends.to)];
    const roots = { fromRoot: from.root, toRoot: to.root };
    const hashes = proof.map(hashFromBase64);
    expect(provesConsistency({ from: 20, to: 100, ...roots, proof: hashes })).toBe(true);
    for (const query of ['from=100&to=20', 'from=0&to=20', 'from=20&to=99999999'])
      expectProblem(await app.get(`/v1/consistency-proofs?${query}`), 404, 'not-found');
    expectProblem(await app.get('/v1/consistency-proofs?from=20'), 400, 'invalid');
  });

  it('come with every write, one for each of its events', async () => {
    const body = { kind: 'meeting', title: 'Overleg', about: [] };
    const reply = await app.post('/v1/occurrences', body);
    const { events, proof } = reply.json<{ events: { sequence: number }[]; proof: string[] }>();
    expect(proof).toHaveLength(events.length);
    const [event] = await app.log.read('all', { from: events[0]!.sequence, limit: 1 });
    openReceipt(proof[0]!, Buffer.from(event!.text), origin, keys);
  });
});

describe('the files of tlog-tiles', () => {
  it('hold the checkpoint, the hashes and the entries', async () => {
    const reply = await app.get('/tlog/checkpoint');
    expect(reply.headers['content-type']).toBe('text/plain; charset=utf-8');
    const { size } = parseCheckpoint(openNote(reply.body, keys).text);
    const tile = (await app.get('/tlog/tile/0/000')).rawPayload;
    const entries = entriesIn((await app.get('/tlog/tile/entries/000')).rawPayload, 256);
    expect(tile).toEqual(Buffer.concat(entries.map(leafHash)));
    const width = size % 256;
    const last = `00${Math.floor(size / 256)}.p/${width}`;
    const partial = (await app.get(`/tlog/tile/entries/${last}`)).rawPayload;
    expect(entriesIn(partial, width)).toHaveLength(width);
    expect((await app.get(`/tlog/tile/0/${last}`)).rawPayload).toHaveLength(width * 32);
    expect((await app.get('/tlog/tile/1/000.p/2')).rawPayload).toHaveLength(64);
  });

  it('are all that a monitor of another maker needs', async () => {
    const vkey = keys.at(-1)!.text;
    const get = async (path: string) => {
      const reply = await app.get(`/tlog/${path}`);
      if (reply.statusCode !== 200) throw new Error(`${path}: ${reply.statusCode}`);
      return reply.rawPayload;
    };
    const read = await monitor(get, vkey);
    const events = await app.log.read('all');
    expect(read.map(String)).toEqual(events.map(({ text }) => text));
    const bent = async (path: string) => {
      const bytes = Buffer.from(await get(path));
      if (path === 'tile/entries/000') bytes[9_999]! ^= 1;
      return bytes;
    };
    await expect(monitor(bent, vkey)).rejects.toThrow('000');
  });

  it.each([
    '/tlog/tile/0/009',
    '/tlog/tile/0/000.p/0',
    '/tlog/tile/0/0',
    '/tlog/tile/entries/..%2f..%2fcheckpoint',
    '/tlog/tile/0/..%2f000',
    '/tlog/tile/0/000.p/255/',
    '/tlog/tile',
    '/tlog/tile/9/000',
  ])('are no other than these: %s', async (path) => {
    expectProblem(await app.get(path), 404, 'not-found');
  });
});
