import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newFolder, run, type Running, serve } from './support.ts';

let folder: string;
let remove: () => void;
let running: Running[];
let env: Record<string, string>;
beforeEach(() => {
  ({ folder, remove } = newFolder());
  running = [];
  env = { LEDGER_DATA: folder };
});
afterEach(async () => {
  await Promise.all(running.map((r) => r.stop('SIGKILL')));
  remove();
});

const service = async (more: Record<string, string> = {}): Promise<Running> => {
  const started = await serve({ ...env, ...more });
  running.push(started);
  return started;
};

const oneLine = (text: string): void => {
  expect(text.trimEnd().split('\n')).toHaveLength(1);
  expect(text).not.toMatch(/\bat .*\.ts:\d+/);
};

describe('the service', () => {
  it('starts, answers, stops with 0, and finds its ledger again', async () => {
    const first = await service();
    expect((await fetch(`${first.address}/health/ready`)).status).toBe(200);
    const asked = async (address: string) =>
      ((await (await fetch(`${address}/v1/events`)).json()) as { asOf: { ledgerId: string } }).asOf;
    const asOf = await asked(first.address);
    const done = await run(env, 'do', 'join-member', 'municipality=gm0828', 'name=Oss');
    expect(done).toMatchObject({ code: 0, err: '' });
    const ended = await first.stop();
    expect(ended.code).toBe(0);
    expect(existsSync(join(folder, 'ledger.sock'))).toBe(false);
    const second = await service();
    expect(await asked(second.address)).toMatchObject({ ledgerId: asOf.ledgerId, knownAt: 1 });
    expect((await second.stop('SIGINT')).code).toBe(0);
  });

  it('imports the history once, and is ready only then', async () => {
    const first = await service({ LEDGER_DATASET: 'history' });
    const members = async (address: string) =>
      (await (await fetch(`${address}/v1/members?validAt=2021-09-01`)).json()) as {
        items: unknown[];
        asOf: { knownAt: number };
      };
    const before = await members(first.address);
    expect(before.items).toHaveLength(11);
    await first.stop();
    const second = await service({ LEDGER_DATASET: 'none' });
    expect((await members(second.address)).asOf.knownAt).toBe(before.asOf.knownAt);
  });

  it('stops in good order while it starts', async () => {
    const { spawn } = await import('node:child_process');
    const child = spawn(process.execPath, ['src/main.ts', 'serve'], {
      env: { PATH: process.env.PATH, LEDGER_DATA: folder, LEDGER_DATASET: 'history', PORT: '0' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let err = '';
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    while (!existsSync(join(folder, 'ledger.sock'))) await new Promise((r) => setTimeout(r, 5));
    child.kill('SIGTERM');
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect(code, err).toBe(0);
    const after = await service({ LEDGER_DATASET: 'history' });
    const members = await fetch(`${after.address}/v1/members?validAt=2021-09-01`);
    expect(((await members.json()) as { items: unknown[] }).items).toHaveLength(11);
  });

  it('is the only one on its folder', async () => {
    await service();
    const second = await run({ ...env, PORT: '0' }, 'serve');
    expect(second.code).toBe(1);
    oneLine(second.err);
    expect(second.err).toContain(folder);
  });

  it('says so when the port is taken, and leaves no ledger behind', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as { port: number };
    const ended = await run({ ...env, PORT: String(port) }, 'serve');
    other.close();
    expect(ended.code).toBe(1);
    oneLine(ended.err);
    expect(ended.err).toContain(String(port));
    const started = await service();
    const events = await fetch(`${started.address}/v1/events`);
    expect(((await events.json()) as { items: unknown[] }).items).toHaveLength(1);
  });

  it('keeps secret and socket to its owner', async () => {
    await service();
    const mode = (name: string) => (statSync(join(folder, name)).mode & 0o777).toString(8);
    expect([mode('.'), mode('office'), mode('office/secret'), mode('ledger.sock')]).toEqual([
      '700',
      '700',
      '600',
      '600',
    ]);
    const kept = readdirSync(join(folder, 'office')).filter((name) => !/-(wal|shm)$/.test(name));
    expect(kept.sort()).toEqual([
      'checkpoints.sqlite',
      'keys.sqlite',
      'looks.sqlite',
      'secret',
      'signing-key.pem',
      'webhooks.sqlite',
      'wrapping-key',
    ]);
    expect(mode('office/webhooks.sqlite')).toBe('600');
  });

  it('takes away a socket that nobody answers on', async () => {
    const first = await service();
    await first.stop('SIGKILL');
    expect(existsSync(join(folder, 'ledger.sock'))).toBe(true);
    const list = await run(env, 'members');
    expect(list).toMatchObject({ code: 0, err: '' });
    const second = await service();
    expect((await fetch(`${second.address}/health/ready`)).status).toBe(200);
  });

  it('does not start without the secret of its ledger', async () => {
    await (await service()).stop();
    rmSync(join(folder, 'office/secret'));
    const ended = await run({ ...env, PORT: '0' }, 'serve');
    expect(ended.code).toBe(1);
    oneLine(ended.err);
  });

  it('only reads when the log is not the one it had seen', async () => {
    await (await service()).stop();
    const files = ['ledger.sqlite', 'ledger.sqlite-wal', 'ledger.sqlite-shm'];
    for (const name of files) rmSync(join(folder, name), { force: true });
    const other = await service();
    const ready = await fetch(`${other.address}/health/ready`);
    expect(ready.status).toBe(200);
    const refused = await run(env, 'do', 'join-member', 'municipality=gm0828', 'name=Oss');
    expect(refused.code).toBe(1);
    expect(refused.err).toContain('Alleen lezen');
    expect((await run(env, 'rebuild')).code).toBe(1);
    expect((await run(env, 'members')).code).toBe(0);
    expect((await other.stop()).err).toContain('Alleen lezen');
  });

  it('answers a rebuild only over its socket', async () => {
    const { address } = await service();
    const network = await fetch(`${address}/v1/read-tables/_rebuild`, { method: 'POST' });
    expect(network.status).toBe(404);
    const done = await run(env, 'rebuild', '--json');
    expect(JSON.parse(done.out)).toMatchObject({ events: 1 });
  });
});

describe('settings', () => {
  it.each([
    ['LEDGER_NOPE', 'x'],
    ['LEDGER_DATASET', 'all'],
    ['LEDGER_EXAMPLE_EVENTS', '-1'],
    ['LEDGER_EXAMPLE_SEED', 'Zaad 1'],
    ['LEDGER_LOG', 'mysql://x'],
    ['LEDGER_LOG', 'esdb://127.0.0.1:0?tls=false'],
    ['LEDGER_ROLE', 'boss'],
    ['PORT', '65536'],
    ['PORT', 'http'],
    ['HOST', 'not a host'],
    ['HOST', '203.0.113.7'],
    ['LEDGER_DATA', '/dev/null/x'],
  ])('%s=%s stops the start with one line', async (name, value) => {
    const ended = await run({ ...env, PORT: '0', [name]: value }, 'serve');
    expect(ended.code).toBe(1);
    oneLine(ended.err);
  });

  it('a folder whose path is too long for a socket', async () => {
    const ended = await run({ PORT: '0', LEDGER_DATA: join(folder, 'x'.repeat(120)) }, 'serve');
    expect(ended.code).toBe(1);
    oneLine(ended.err);
  });

  it('a folder with something else in it', async () => {
    mkdirSync(folder);
    writeFileSync(join(folder, 'ledger.sqlite'), 'x'.repeat(5_000));
    const ended = await run({ ...env, PORT: '0' }, 'serve');
    expect(ended.code).toBe(1);
    oneLine(ended.err);
  });
});
