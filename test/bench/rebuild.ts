/** Rebuilding all read tables, against reading and parsing the same log; and a cold start. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openSqliteLog } from '../../src/log/sqlite.ts';
import { startProjector } from '../../src/projector/projector.ts';
import type { Row } from './report.ts';

/** Appends made-up events up to a total; in a process of its own, whose memory does not count. */
export const grow = (folder: string, total: number): void => {
  mkdirSync(folder, { recursive: true });
  execFileSync(process.execPath, ['test/bench/grow.ts', folder, String(total)]);
};

/** Events a second that can be read and parsed, and nothing more. */
const plainReading = async (folder: string): Promise<number> => {
  const log = openSqliteLog({ file: join(folder, 'ledger.sqlite') });
  const started = performance.now();
  let count = 0;
  for (;;) {
    const events = await log.read('all', { from: count, limit: 1_000 });
    if (events.length === 0) break;
    count += events.length;
  }
  await log.close();
  return (count / (performance.now() - started)) * 1000;
};

export const benchRebuild = async (folder: string, total: number): Promise<readonly Row[]> => {
  grow(folder, total);
  const plain = await plainReading(folder);
  const log = openSqliteLog({ file: join(folder, 'ledger.sqlite') });
  const projector = await startProjector({ log, folder: join(folder, 'tables') });
  const { events, seconds } = await projector.rebuild();
  await projector.close();
  await log.close();
  const rate = events / seconds;
  const peak = process.resourceUsage().maxRSS / 1024;
  return [
    {
      what: `rebuild of all read tables, ${total} events`,
      figure: `${Math.round(rate)}/s`,
      target: '≥ 100,000/s',
      met: rate >= 100_000,
    },
    {
      what: '… against plain reading and parsing',
      figure: `${(rate / plain).toFixed(2)} × ${Math.round(plain)}/s`,
      target: '≥ 0.35 ×',
      met: rate / plain >= 0.35,
    },
    {
      what: '… peak memory of that process',
      figure: `${Math.round(peak)} MiB`,
      target: '< 512 MiB',
      met: peak < 512,
    },
  ];
};

/** From the start of the process until it says that it is ready. */
const untilReady = async (data: string, port: number): Promise<number> => {
  const started = performance.now();
  const child = spawn(process.execPath, ['src/main.ts', 'serve'], {
    env: { ...process.env, LEDGER_DATA: data, LEDGER_DATASET: 'none', PORT: String(port) },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  try {
    for (;;) {
      const ready = await fetch(`http://127.0.0.1:${port}/health/ready`).catch(() => undefined);
      if (ready?.status === 200) return performance.now() - started;
      if (child.exitCode !== null) throw new Error(`ended with ${child.exitCode}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
};

export const benchColdStart = async (data: string, port: number): Promise<readonly Row[]> => {
  // The service makes the ledger, and its secret.
  await untilReady(data, port);
  grow(data, 99_000);
  await untilReady(data, port);
  grow(data, 100_000);
  const taken = await untilReady(data, port);
  return [
    {
      what: 'cold start, 1,000 of 100,000 events to catch up',
      figure: `${(taken / 1000).toFixed(2)} s`,
      target: '≤ 1 s',
      met: taken <= 1000,
    },
  ];
};
