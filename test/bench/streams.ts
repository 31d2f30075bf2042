/** Events out: following the log, catching up through the stream, and a thousand readers at once. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openSqliteLog } from '../../src/log/sqlite.ts';
import { bearer, type Running, serve } from '../cli/support.ts';
import { newKey } from '../support/ledger.ts';
import { grow } from './rebuild.ts';
import { latency, type Row } from './report.ts';
import type { CaughtUp, ReadersRequest, Report } from './stream-readers.ts';

const readersAtOnce = 1_000;
const perSecond = 200;
const seconds = 20;
/** Milliseconds after which everything that was written has come. */
const settling = 2_000;
/** No more streams than this are given to one token. */
const perToken = 100;

const wanted = 50_000;

const rate = (what: string, events: number, milliseconds: number, more = ''): Row => ({
  what,
  figure: `${Math.round((events / milliseconds) * 1000)}/s${more}`,
  target: `≥ ${wanted.toLocaleString('en')}/s`,
  met: (events / milliseconds) * 1000 >= wanted,
});

const spent = (before: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
};

/** A new follower of the log itself, from the beginning to the head. */
const benchFollowing = async (data: string): Promise<Row> => {
  const log = openSqliteLog({ file: join(data, 'ledger.sqlite') });
  const stop = new AbortController();
  const before = process.cpuUsage();
  const started = performance.now();
  let events = 0;
  for await (const next of log.follow(-1, stop.signal)) {
    if (next.kind === 'event') events += 1;
    else stop.abort();
  }
  const taken = performance.now() - started;
  const own = Math.round((events / spent(before)) * 1000);
  await log.close();
  const what = `a new follower of the log or the mirror, ${events} events to catch up`;
  return rate(what, events, taken, ` (${own} a second of processor time)`);
};

/** Seconds of processor time that the service has had; Linux counts a hundredth at a time. */
const spentBy = (service: Running): number => {
  const fields = readFileSync(`/proc/${service.process.pid}/stat`, 'utf8').split(' ');
  return (Number(fields[13]) + Number(fields[14])) / 100;
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

const post = async ({ address }: Running, headers: object): Promise<void> => {
  const response = await fetch(`${address}/v1/occurrences`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json', 'idempotency-key': newKey() },
    body: JSON.stringify({ kind: 'meeting', title: 'Overleg', about: [] }),
  });
  if (response.status !== 201) throw new Error(await response.text());
  await response.arrayBuffer();
};

/** Writes at an even pace, whether or not what came before has been answered. */
const write = async (service: Running, headers: object, count: number): Promise<void> => {
  const started = performance.now();
  const writing: Promise<void>[] = [];
  for (let n = 0; n < count; n += 1) {
    const early = started + (n * 1000) / perSecond - performance.now();
    if (early > 0) await wait(early);
    writing.push(post(service, headers));
  }
  await Promise.all(writing);
};

const benchReaders = async (service: Running, env: Readonly<Record<string, string>>) => {
  const tokens: string[] = [];
  for (let n = 0; n < readersAtOnce / perToken; n += 1)
    tokens.push((await bearer(env, 'service')).authorization.slice('Bearer '.length));
  const registrar = await bearer(env);
  const port = Number(new URL(service.address).port);
  const { sequence } = (await (await fetch(`${service.address}/health/ready`)).json()) as {
    sequence: number;
  };
  const readers = await startReaders({ port, tokens, count: readersAtOnce, after: sequence });
  await write(service, registrar, perSecond * 2);
  await wait(settling);
  readers.begin();
  const events = perSecond * seconds;
  const own = spentBy(service);
  await write(service, registrar, events);
  const share = (spentBy(service) - own) / seconds;
  await wait(settling);
  const { bytes, had, late } = await readers.report();
  await readers.end();
  if (had.some((one) => one !== events) || new Set(bytes).size !== 1)
    throw new Error(`readers had ${Math.min(...had)} to ${Math.max(...had)} events`);
  const what = `from before the commit to ${readersAtOnce} readers of the stream, ${perSecond} events a second (${share.toFixed(2)} of a processor in the service)`;
  return latency(what, late, 50);
};

export const benchStreams = async (data: string, total: number): Promise<readonly Row[]> => {
  const env = { LEDGER_DATA: data, LEDGER_REQUESTS_PER_MINUTE: '0' };
  // The service makes the ledger, and its secret.
  await (await serve(env)).stop();
  grow(data, total);
  const following = await benchFollowing(data);
  const service = await serve(env);
  try {
    const token = (await bearer(env, 'auditor')).authorization.slice('Bearer '.length);
    const port = Number(new URL(service.address).port);
    const one = await startReaders({ port, tokens: [token], count: 1, after: -1 });
    const { had } = await one.report();
    await one.end();
    const what = `… through the stream, ${had[0]} events to catch up`;
    const through = rate(what, had[0]!, one.caughtUp);
    return [following, through, await benchReaders(service, env)];
  } finally {
    await service.stop();
  }
};
