/** A ledger goes from one log to another: every byte on its sequence, or nothing is closed. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Entry } from '../../events/index.ts';
import { copyLog } from '../../src/ledger/copy.ts';
import { type EventLog, LogUnavailableError } from '../../src/ledger/event-log.ts';
import { openMemoryLog } from '../../src/log/memory.ts';
import { openSqliteLog } from '../../src/log/sqlite.ts';
import { bearer, run, serve } from '../cli/support.ts';
import { ledgerOpened, memberJoined } from '../support/entries.ts';
import { temporaryFolder } from '../support/folders.ts';
import { openOn, startDouble } from '../support/kurrent.ts';
import { newKey } from '../support/ledger.ts';
import { newIds } from '../../src/host/ids.ts';
import { toBase64 } from '../../src/proof/base64.ts';
import { grownTo } from '../../src/proof/growing.ts';
import { memoryTiles } from '../../src/proof/memory-tiles.ts';
import { rootOf } from '../../src/proof/merkle.ts';
import { entryTree } from '../../src/join/proof.ts';

const clock = { now: () => '2026-06-01T00:00:00.000Z' };
const parts = { clock, ids: newIds(), kind: 'kurrentdb' as const, tree: entryTree };

const logs: Readonly<Record<string, () => Promise<EventLog>>> = {
  memory: async () => openMemoryLog(),
  sqlite: async () => openSqliteLog({ file: join(temporaryFolder(), 'log.sqlite') }),
  kurrentdb: async () => openOn(await startDouble(), { timing: {} }),
};
const kinds = Object.keys(logs);

const entries = (count: number): Entry[] => [
  ledgerOpened(),
  ...Array.from({ length: count - 1 }, () => memberJoined()),
];
const filled = async (kind: string, count = 1_100): Promise<EventLog> => {
  const log = await logs[kind]!();
  await log.append(entries(count).slice(0, 1));
  for (let at = 1; at < count; at += 400)
    await log.append(entries(Math.min(400, count - at) + 1).slice(1));
  return log;
};
const texts = async (log: EventLog): Promise<readonly string[]> =>
  (await log.read('all')).map(({ text }) => text);

describe('a copy', () => {
  test.each(kinds.flatMap((from) => kinds.map((to) => [from, to] as const)))(
    'from %s to %s has the same bytes, and closes the source',
    async (from, to) => {
      const [source, target] = [await filled(from), await logs[to]!()];
      const before = await texts(source);
      const copied = await copyLog({ ...parts, from: source, to: target });
      expect(await texts(target)).toEqual(before);
      const tree = await grownTo(memoryTiles(), source, before.length);
      expect(copied.root).toBe(toBase64(rootOf(tree.hashOf, tree.size())));
      const [last] = await source.read('all', { from: before.length });
      expect(last!.entry).toMatchObject({
        type: 'LedgerMoved',
        data: {
          to: 'kurrentdb',
          events: before.length,
          digest: Buffer.from(copied.root, 'base64').toString('hex'),
        },
      });
      await expect(source.append([memberJoined()])).rejects.toThrow(LogUnavailableError);
      expect(await target.append([memberJoined()])).toMatchObject({ first: before.length });
    },
  );

  test('that was cut off goes on where it was; done again it says the same', async () => {
    const [source, target] = [await filled('sqlite'), await logs['memory']!()];
    await target.receive((await texts(source)).slice(0, 300), -1);
    const done: number[] = [];
    const first = await copyLog({
      ...parts,
      from: source,
      to: target,
      progress: (n) => done.push(n),
    });
    expect(Math.min(...done)).toBeGreaterThan(300);
    expect(await copyLog({ ...parts, from: source, to: target })).toEqual(first);
    expect(source.head().sequence).toBe(target.head().sequence + 1);
  });

  const refused = async (source: EventLog, target: EventLog, words: string): Promise<void> => {
    const before = [source.head(), target.head()];
    await expect(copyLog({ ...parts, from: source, to: target })).rejects.toThrow(words);
    expect([source.head(), target.head()]).toEqual(before);
  };

  test('is refused where it would not be one', async () => {
    const empty = await logs['memory']!();
    const source = await filled('memory', 3);
    await refused(empty, source, 'geen grootboek');
    await refused(source, await filled('memory', 2), 'een andere');
    await refused(source, await filled('memory', 5), 'meer dan de bron');
    const target = await logs['memory']!();
    await copyLog({ ...parts, from: source, to: target });
    await refused(source, await logs['memory']!(), 'al verhuisd');
    await refused(target, source, 'meer dan de bron');
  });
});

test('ledger copy, then one setting: the same ledger on KurrentDB', async () => {
  const { node, streams } = await startDouble();
  const LEDGER_DATA = join(temporaryFolder(), 'data');
  const kurrent = `esdb://ledger:s3cret@127.0.0.1:${node.port}?tls=false`;
  let registrar: object = {};
  const record = async (address: string, municipality: string) => {
    const answer = await fetch(`${address}/v1/members`, {
      method: 'POST',
      headers: {
        ...registrar,
        'content-type': 'application/json',
        'idempotency-key': newKey(),
      },
      body: JSON.stringify({ municipality, name: municipality }),
    });
    expect(answer.status, await answer.text()).toBe(201);
  };
  const before = await serve({ LEDGER_DATA });
  registrar = await bearer({ LEDGER_DATA });
  await record(before.address, 'gm0828');
  const question = '/v1/members?validAt=2026-01-01&knownAt=1';
  const answered = await (await fetch(before.address + question)).json();
  await before.stop();

  const copied = await run({ LEDGER_DATA }, 'copy', `sqlite:${LEDGER_DATA}`, kurrent, '--json');
  expect(copied.code, copied.err).toBe(0);
  expect(JSON.parse(copied.out)).toMatchObject({ events: 2 });
  expect(streams.head('partnership-ledger')).toBe(1);
  const again = await run({ LEDGER_DATA }, 'serve');
  expect(again).toMatchObject({ code: 1 });
  expect(again.err).toContain('verhuisd');

  const after = await serve({ LEDGER_DATA, LEDGER_LOG: kurrent });
  expect(await (await fetch(after.address + question)).json()).toEqual(answered);
  await record(after.address, 'gm1948');
  const well = await run({ LEDGER_DATA, LEDGER_LOG: kurrent }, 'doctor', '--json');
  expect(well.code, well.err).toBe(0);
  expect(JSON.parse(well.out)).toMatchObject({
    stream: 'partnership-ledger',
    reachable: true,
    head: { sequence: 2 },
    mirrored: 2,
  });
  expect(well.out).not.toContain('s3cret');
  await after.stop();
  await node.stop();
  const ill = await run({ LEDGER_DATA, LEDGER_LOG: kurrent }, 'doctor');
  expect(ill.code).toBe(1);
  expect(ill.out).toContain('bereikbaar   nee');
  expect(ill.out + ill.err).not.toContain('s3cret');
});
