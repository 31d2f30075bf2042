/** Events out: following the log, catching up through the stream, and a thousand readers at once. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { buildApp } from '../../src/http/app.ts';
import { openProof } from '../../src/join/proof.ts';
import type { EventLog } from '../../src/ledger/event-log.ts';
import { openSqliteLog } from '../../src/log/sqlite.ts';
import { startProjector } from '../../src/projector/projector.ts';
import { ledgerOver } from './answers.ts';
import { entryAt } from './generate.ts';
import { grow } from './rebuild.ts';
import { latency, quantile, type Row } from './report.ts';
import type { CaughtUp, ReadersRequest, Report } from './stream-readers.ts';

const readersAtOnce = 1_000;
const perSecond = 200;
const seconds = 20;
/** Milliseconds after which everything that was written has come. */
const settling = 2_000;

const wanted = 50_000;

const rate = (what: string, events: number, milliseconds: number, spent: number): Row => ({
  what,
  figure: `${Math.round((events / milliseconds) * 1000)}/s (${Math.round((events / spent) * 1000)} a second of processor time)`,
  target: `≥ ${wanted.toLocaleString('en')}/s`,
  met: (events / milliseconds) * 1000 >= wanted,
});

/** Milliseconds of processor time of this process. */
const spentSince = (before: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
};

/** A new follower of the log itself, from the beginning to the head. */
const benchFollowing = async (log: EventLog): Promise<Row> => {
  const stop = new AbortController();
  const before = process.cpuUsage();
  const started = performance.now();
  let events = 0;
  for await (const next of log.follow(-1, stop.signal)) {
    if (next.kind === 'event') events += 1;
    else stop.abort();
  }
  const what = `a new follower of the log or the mirror, ${events} events to catch up`;
  return rate(what, events, performance.now() - started, spentSince(before));
};

const startReaders = async (request: ReadersRequest) => {
  const child = fork(fileURLToPath(new URL('stream-readers.ts', import.meta.url)));
  child.send(request);
  const [{ caughtUp }] = (await once(child, 'message')) as [CaughtUp];
  return {
    caughtUp,
    begin: () => void child.send('begin'),
    report: async (): Promise<Report> => {
      child.send('report');
      const [report] = (await once(child, 'message')) as [Report];
      return report;
    },
    end: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
};

const benchCatchingUp = async (port: number): Promise<Row> => {
  const before = process.cpuUsage();
  const one = await startReaders({ port, count: 1, after: -1 });
  const spent = spentSince(before);
  const [came] = (await one.report()).came;
  await one.end();
  const what = `… through the stream, ${came!.length} events to catch up`;
  return rate(what, came!.length, one.caughtUp, spent);
};

/** Appends at an even pace, whether or not those before are there yet. */
const write = async (log: EventLog, count: number): Promise<void> => {
  const first = log.head().sequence + 1;
  const started = performance.now();
  const writing: Promise<unknown>[] = [];
  for (let n = 0; n < count; n += 1) {
    const early = started + (n * 1000) / perSecond - performance.now();
    if (early > 0) await wait(early);
    writing.push(log.append([{ ...entryAt(first + n), recordedAt: new Date().toISOString() }]));
  }
  await Promise.all(writing);
};

/** When each event was there for whoever follows: at its commit. */
const commitsOf = (log: EventLog) => {
  const at = new Map<number, number>();
  const stop = new AbortController();
  void (async () => {
    for await (const next of log.follow(log.head().sequence, stop.signal))
      if (next.kind === 'event')
        at.set(next.event.sequence, performance.timeOrigin + performance.now());
  })();
  return { at, stop: () => stop.abort() };
};

const benchReaders = async (log: EventLog, port: number): Promise<Row> => {
  const after = log.head().sequence;
  const readers = await startReaders({ port, count: readersAtOnce, after });
  await write(log, perSecond * 2);
  await wait(settling);
  readers.begin();
  const commits = commitsOf(log);
  const before = process.cpuUsage();
  await write(log, perSecond * seconds);
  const share = spentSince(before) / 1_000 / seconds;
  await wait(settling);
  commits.stop();
  const { bytes, came } = await readers.report();
  await readers.end();
  if (came.some((all) => all.length !== perSecond * seconds) || new Set(bytes).size !== 1)
    throw new Error('some readers have not had everything');
  const lateness = (all: readonly (readonly [number, number])[]): readonly number[] =>
    all.map(([sequence, at]) => at - commits.at.get(sequence)!);
  const all = came.flat();
  // A machine that others use stands still now and then: so also by the second.
  const bySecond = Map.groupBy(all, ([sequence]) => Math.floor(sequence / perSecond));
  const worst = [...bySecond.values()].map((one) => quantile(lateness(one), 0.99));
  const what = `from commit to ${readersAtOnce} readers of the stream, ${perSecond} events a second (${share.toFixed(2)} of a processor, appends included)`;
  const row = latency(what, lateness(all), 50);
  const middle = `in the middle second p99 ${quantile(worst, 0.5).toFixed(2)} ms`;
  return { ...row, figure: `${row.figure}; ${middle}` };
};

export const benchStreams = async (data: string, total: number): Promise<readonly Row[]> => {
  grow(data, total);
  const log = openSqliteLog({ file: join(data, 'ledger.sqlite') });
  const projector = await startProjector({ log, folder: join(data, 'tables') });
  const proof = await openProof({ folder: data, log, witnesses: [] });
  const ledger = await ledgerOver(proof.log, projector, proof.proofs);
  const streamBounds = { perAddress: readersAtOnce };
  const app = await buildApp({ ledger: () => ledger, version: 'bench', streamBounds });
  const port = Number(new URL(await app.listen({ host: '127.0.0.1', port: 0 })).port);
  try {
    return [
      await benchFollowing(log),
      await benchCatchingUp(port),
      await benchReaders(proof.log, port),
    ];
  } finally {
    await app.close();
    await projector.close();
    await log.close();
    proof.close();
  }
};
