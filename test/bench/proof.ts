/** What the proof costs: appends with and without, proofs of inclusion, verifying an export. */
import { execFileSync } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { EventLog } from '../../src/ledger/event-log.ts';
import { exportLedger } from '../../src/join/exporting.ts';
import { openProof } from '../../src/join/proof.ts';
import { openSqliteLog } from '../../src/log/sqlite.ts';
import { startProjector } from '../../src/projector/projector.ts';
import { opened } from '../support/ledger.ts';
import { ledgerOver } from './answers.ts';
import { dayAt, entryAt, mixed } from './generate.ts';
import { grow } from './rebuild.ts';
import { latency, type Row } from './report.ts';

const writers = 32;
/** Proofs of inclusion. */
const asked = 2_000;

/** Durable appends a second, by writers that each wait for their own. */
export const appendRate = async (
  log: EventLog,
  first: number,
  count: number,
  by = writers,
): Promise<number> => {
  let next = first;
  const started = performance.now();
  await Promise.all(
    Array.from({ length: by }, async () => {
      while (next < first + count) await log.append([entryAt(next++)]);
    }),
  );
  return (count / (performance.now() - started)) * 1000;
};

const benchAppending = async (folder: string, count: number): Promise<readonly Row[]> => {
  const bare = join(folder, 'bare');
  const proven = join(folder, 'proven');
  for (const made of [bare, proven]) mkdirSync(made, { recursive: true });
  const plain = openSqliteLog({ file: join(bare, 'ledger.sqlite') });
  const log = openSqliteLog({ file: join(proven, 'ledger.sqlite') });
  for (const one of [plain, log]) await one.append([opened()]);
  const proof = await openProof({ folder: proven, log, witnesses: [] });
  let [without, under] = [0, 0];
  // In turns, so that what else runs on the machine hinders both alike.
  const rounds = 10;
  for (let round = 0; round < rounds; round += 1) {
    const first = 1 + round * count;
    without += (await appendRate(plain, first, count)) / rounds;
    under += (await appendRate(proof.log, first, count)) / rounds;
  }
  const shared = proof.proofs.checkpointsFrom(0, 1_000_000).length;
  await Promise.all([plain.close(), log.close()]);
  proof.close();
  return [
    {
      what: `durable appends to the log under checkpoints, ${writers} writers`,
      figure: `${(under / without).toFixed(2)} × without, ${Math.round(under)}/s; ${Math.round((rounds * count) / shared)} events a checkpoint`,
      target: '≥ 0.9 ×',
      met: under / without >= 0.9,
    },
  ];
};

/** In a process of its own, as an auditor does. */
const verifiedApart = (file: string, state: string, keys: readonly string[]) => {
  const words = ['test/bench/verifying.ts', file, state, ...keys];
  const told = JSON.parse(execFileSync(process.execPath, words, { encoding: 'utf8' })) as {
    readonly outcome: string;
    readonly found?: string;
    readonly seconds: number;
    readonly busiest: number;
    readonly peak: number;
  };
  if (told.outcome !== 'good') throw new Error(`${told.outcome}: ${told.found ?? ''}`);
  return told;
};

export const benchProof = async (folder: string, total: number): Promise<readonly Row[]> => {
  const appending = await benchAppending(folder, 2_000);
  const data = join(folder, 'large');
  grow(data, total);
  const log = openSqliteLog({ file: join(data, 'ledger.sqlite') });
  const projector = await startProjector({ log, folder: join(data, 'tables') });
  const proof = await openProof({ folder: data, log, witnesses: [] });
  const { proofs, sign } = proof;
  const before = process.cpuUsage();
  const times = Array.from({ length: asked }, (_, i) => {
    const started = performance.now();
    proofs.inclusion(mixed(i, total), total);
    return performance.now() - started;
  });
  const { user, system } = process.cpuUsage(before);
  const spent = ((user + system) / 1_000 / asked).toFixed(2);
  const ledger = await ledgerOver(log, projector, proofs);
  const file = join(folder, 'export.tar');
  const parts = { ledger, tables: projector.tables, sign, version: 'bench' };
  const chunks = await exportLedger(parts, { at: [dayAt(Math.floor(total / 100))] });
  await pipeline(Readable.from(chunks, { objectMode: false }), createWriteStream(file));
  const keys = proofs.keys().map(({ key }) => key);
  await projector.close();
  await log.close();
  proof.close();
  const { seconds, busiest, peak } = verifiedApart(file, join(folder, 'state'), keys);
  const rate = total / seconds;
  return [
    ...appending,
    latency(
      `proof of inclusion, anywhere in ${total} events (${spent} ms of processor time)`,
      times,
      1,
    ),
    {
      what: `verifying an export of ${total} events, refolding included`,
      figure: `${Math.round(rate)}/s (${Math.round(total / busiest)} a second of processor time of the busier thread)`,
      target: '≥ 100,000/s',
      met: rate >= 100_000,
    },
    {
      what: '… peak memory of that process',
      figure: `${Math.round(peak)} MiB`,
      target: '< 1024 MiB',
      met: peak < 1024,
    },
  ];
};
