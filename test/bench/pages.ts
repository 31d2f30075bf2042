/** Every page of a large example, as a browser asks for it: how long, and how large. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { openSqliteLog } from '../../src/log/sqlite.ts';
import { openKeyStore } from '../../src/privacy/key-store.ts';
import { startProjector } from '../../src/projector/projector.ts';
import { testLedger } from '../support/ledger.ts';
import { addressesIn } from '../web/addresses.ts';
import { type Site, siteOver } from '../web/site.ts';
import { quantile, type Row } from './report.ts';

const asked = 50;
/** Milliseconds for all but one in twenty, and bytes as they are sent, without style and font. */
const [slowest, largest] = [100, 100_000];
/** When most is going on in the example. */
const date = '2026-06-30';

/** Made by the service itself, which is ended when it is there. */
const made = async (folder: string, events: number): Promise<void> => {
  const service = spawn(process.execPath, ['src/main.ts', 'serve'], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: {
      ...process.env,
      PORT: '18487',
      LEDGER_DATA: folder,
      LEDGER_DATASET: 'example',
      LEDGER_EXAMPLE_EVENTS: String(events),
    },
  });
  const ended = once(service, 'exit');
  const [said] = (await Promise.race([once(service.stdout, 'data'), ended])) as [unknown];
  service.kill();
  await ended;
  if (!String(said).includes('luistert')) throw new Error('the example could not be made');
};

interface Measured {
  readonly path: string;
  /** Milliseconds on the wall, and of the processor. */
  readonly wall: number;
  readonly processor: number;
  readonly bytes: number;
}

const measure = async (site: Site, path: string, address: string): Promise<Measured> => {
  const [walls, processors]: [number[], number[]] = [[], []];
  let bytes = 0;
  for (let i = 0; i < asked; i += 1) {
    const [used, started] = [process.cpuUsage(), performance.now()];
    const { statusCode, rawPayload } = await site.get(address);
    walls.push(performance.now() - started);
    const { user, system } = process.cpuUsage(used);
    processors.push((user + system) / 1_000);
    if (statusCode !== 200) throw new Error(`${address} answered ${statusCode}`);
    bytes = rawPayload.length;
  }
  return { path, wall: quantile(walls, 0.95), processor: quantile(processors, 0.95), bytes };
};

const most = (pages: readonly Measured[], by: 'wall' | 'processor' | 'bytes') =>
  pages.reduce((a, b) => (b[by] > a[by] ? b : a));

export const benchPages = async (folder: string, events: number): Promise<readonly Row[]> => {
  await made(folder, events);
  const log = openSqliteLog({ file: join(folder, 'ledger.sqlite') });
  const projector = await startProjector({ log, folder: join(folder, 'tables') });
  const { tables, reached } = projector;
  const { ledger } = await testLedger(log, openKeyStore(':memory:'), {
    tables,
    reached,
    clock: { now: () => new Date().toISOString() },
  });
  const site = await siteOver(() => ledger);
  const pages: Measured[] = [];
  for (const [path, address] of await addressesIn(site, date))
    pages.push(await measure(site, path, address));
  await site.close();
  await projector.close();
  await log.close();
  return rowsOf(pages, events);
};

const rowsOf = (pages: readonly Measured[], events: number): readonly Row[] => {
  const [wall, processor, bytes] = [
    most(pages, 'wall'),
    most(pages, 'processor'),
    most(pages, 'bytes'),
  ];
  const over = pages.filter((page) => page.processor > slowest).length;
  return [
    {
      what: `every page (${pages.length}) on ${events} events, p95: the slowest is ${wall.path}`,
      figure: `${wall.wall.toFixed(0)} ms`,
      target: `p95 ≤ ${slowest} ms`,
      met: wall.wall <= slowest,
    },
    {
      what: `… in processor time: ${processor.path}; above ${slowest} ms: ${over} pages`,
      figure: `${processor.processor.toFixed(0)} ms`,
      target: `p95 ≤ ${slowest} ms`,
      met: processor.processor <= slowest,
    },
    {
      what: `… compressed: the largest is ${bytes.path}`,
      figure: `${(bytes.bytes / 1_000).toFixed(1)} kB`,
      target: `≤ ${largest / 1_000} kB`,
      met: bytes.bytes <= largest,
    },
  ];
};
