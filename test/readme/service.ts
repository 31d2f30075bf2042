/** The real service, as `npm start` runs it, on a free port and in a folder of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export const root = join(import.meta.dirname, '../..');

export interface Service {
  /** Host and port, e.g. `127.0.0.1:41873`. */
  readonly host: string;
  /** What a command needs to talk about the same ledger. */
  readonly env: Readonly<Record<string, string>>;
  readonly stop: () => Promise<void>;
}

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
};

const isReady = async (host: string): Promise<boolean> => {
  try {
    return (await fetch(`http://${host}/health/ready`)).status === 200;
  } catch {
    return false;
  }
};

/** @throws when it ends, or is not ready within the time given */
export const startService = async (patience = 45_000): Promise<Service> => {
  const data = mkdtempSync(join(tmpdir(), 'ledger-readme-'));
  const port = await freePort();
  // Whatever is set where the tests run does not count; empty means: the default.
  const usual = { HOST: '', LEDGER_LOG: '', LEDGER_DATASET: '', LEDGER_ROLE: '' };
  const env = { ...usual, LEDGER_DATA: data, PORT: String(port) };
  const child = spawn(process.execPath, ['src/main.ts', 'serve'], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString();
    });
  const ended = once(child, 'exit');

  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    const tooLong = setTimeout(() => child.kill('SIGKILL'), 20_000);
    await ended;
    clearTimeout(tooLong);
    rmSync(data, { recursive: true, force: true });
    if (child.exitCode !== 0) throw new Error(`the service ended with ${child.exitCode}: ${said}`);
  };

  const host = `127.0.0.1:${port}`;
  const end = Date.now() + patience;
  while (child.exitCode === null && Date.now() < end) {
    if (await isReady(host)) return { host, env, stop };
    await sleep(100);
  }
  await stop();
  throw new Error(`the service did not become ready: ${said}`);
};
