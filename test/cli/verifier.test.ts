/** From a ledger to a machine that has only the verifier and the key. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bearer, newFolder, run, type Running, serve } from './support.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

let folder: string;
let remove: () => void;
let env: Record<string, string>;
let auditor: { readonly authorization: string };
/** Empty until there is one to show. */
let token = '';
let running: Running;
let bare: string;
let key: string;

/** The verifier alone, in a folder where there is nothing else. */
const verifier = (...words: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    // As an older Node, which has no `Temporal`.
    ['--no-harmony-temporal', 'ledger-verifier.mjs', 'verify', ...words, '--state', 'state'],
    { cwd: bare, encoding: 'utf8', env: { HOME: bare, LEDGER_TOKEN: token } },
  );
  return { code: status, out: stdout, err: stderr };
};

beforeAll(async () => {
  ({ folder, remove } = newFolder());
  env = { LEDGER_DATA: folder, LEDGER_DATASET: 'history' };
  running = await serve(env);
  bare = mkdtempSync(join(tmpdir(), 'verifier-'));
  const built = spawnSync('npm', ['run', '-s', 'build:verifier'], { cwd: root, encoding: 'utf8' });
  expect(built.status, built.stderr).toBe(0);
  cpSync(join(root, 'dist/ledger-verifier.mjs'), join(bare, 'ledger-verifier.mjs'));
  key = (await run(env, 'keys')).out.trim();
  auditor = await bearer(env, 'auditor');
  writeFileSync(join(bare, 'key.txt'), `${key}\n`);
  const done = await run(env, 'export', join(bare, 'export.tar'));
  expect(done, done.err).toMatchObject({ code: 0 });
}, 120_000);
afterAll(async () => {
  await running.stop('SIGKILL');
  remove();
  rmSync(bare, { recursive: true, force: true });
});

describe('an export of the real history', () => {
  it('needs nothing that only a new Node has: an auditor brings the one that is there', () => {
    const built = readFileSync(join(bare, 'ledger-verifier.mjs'), 'utf8');
    const needed = [...built.matchAll(/from "(node:[a-z/_]+)"/g)].map(([, name]) => name);
    expect(needed).toContain('node:crypto');
    expect(needed).not.toContain('node:sqlite');
  });

  it('verifies with only the verifier file and the key', () => {
    const { code, out, err } = verifier('export.tar', '--key', 'key.txt', '--report', 'report.txt');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain('KLOPT. Alles');
    expect(readFileSync(join(bare, 'report.txt'), 'utf8').trimEnd()).toBe(out.trimEnd());
    const json = JSON.parse(verifier('export.tar', '--key', key, '--json').out) as {
      outcome: string;
      progress: { checkpoint: { size: number } };
    };
    expect(json).toMatchObject({ outcome: 'good' });
    expect(json.progress.checkpoint.size).toBeGreaterThan(500);
  });

  it('tells by its exit code what came of it', () => {
    expect(verifier('export.tar').code).toBe(3);
    const bytes = readFileSync(join(bare, 'export.tar'));
    bytes[200_000]! ^= 1;
    writeFileSync(join(bare, 'bent.tar'), bytes);
    const bent = verifier('bent.tar', '--key', key);
    expect(bent.code).toBe(1);
    expect(bent.out).toContain('KLOPT NIET');
    expect(verifier().code).toBe(2);
    expect(verifier('export.tar', '--key', 'a+b+c').code).toBe(2);
    expect(verifier('export.tar', '--key', 'nergens.txt').code).toBe(2);
    expect(verifier('nergens.tar', '--key', key).code).toBe(5);
    expect(verifier(bare, '--key', key).code).toBe(1);
  });

  it('tells nothing of the ledger when its report cannot be kept, and shows it all the same', () => {
    const words = ['export.tar', '--key', key, '--report'];
    for (const file of ['nergens/report.txt', 'key.txt']) {
      const { code, out, err } = verifier(...words, file);
      expect({ file, code }).toEqual({ file, code: 2 });
      expect(out).toContain('KLOPT. Alles');
      expect(err).toContain(file);
    }
  });

  it('takes a key file of any kind of machine', () => {
    writeFileSync(join(bare, 'windows.txt'), `${key}\r\n`);
    expect(verifier('export.tar', '--key', 'windows.txt').code).toBe(0);
  });

  it('is what tar unpacks, and replays without a ledger', async () => {
    mkdirSync(join(bare, 'unpacked'));
    const tar = spawnSync('tar', ['xf', 'export.tar', '-C', 'unpacked'], { cwd: bare });
    expect(tar.status).toBe(0);
    expect(verifier('unpacked', '--key', key).code).toBe(0);
    const file = join(bare, 'export.tar');
    const replayed = await run({ LEDGER_DATA: '/nergens' }, 'replay', file, '--to', '2');
    expect(replayed.out).toContain('vastgelegd');
    const none = await run({ LEDGER_DATA: '/nergens' }, 'replay', join(bare, 'bent.tar'));
    expect(none.code).toBe(1);
    expect(none.err).toContain('geen uitvoer die klopt');
  });

  it('is not written over another file, and not for a size without checkpoint', async () => {
    const again = await run(env, 'export', join(bare, 'export.tar'));
    expect(again).toMatchObject({ code: 2 });
    const none = await run(env, 'export', join(bare, 'other.tar'), '--size', '999999');
    expect(none.code).toBe(1);
    expect(none.err).toContain('geen controlepunt');
    expect((await run(env, 'export', join(bare, 'other.tar'), '--at', 'x')).code).toBe(1);
    const one = await run(env, 'export', join(bare, 'one.tar'), '--at', '2022-01-01');
    expect(one.code).toBe(0);
    expect(verifier('one.tar', '--key', key).code).toBe(0);
  });
});

describe('a running ledger', () => {
  it('is verified by its address', () => {
    const refused = verifier(running.address, '--key', key);
    expect(refused.code).toBe(5);
    expect(refused.out).toContain('NIET NAGEGAAN');
    expect(refused.out).toContain('--token-file');
    writeFileSync(join(bare, 'wrong.txt'), 'geheim – of niet');
    const wrong = verifier(running.address, '--key', key, '--token-file', 'wrong.txt');
    expect(wrong.code).toBe(5);
    expect(wrong.out).not.toContain('geheim');
    const given = auditor.authorization.slice('Bearer '.length);
    writeFileSync(join(bare, 'token.txt'), `${given}\n`);
    const words = [running.address, '--key', key, '--token-file', 'token.txt'];
    expect(verifier(...words).code).toBe(0);
    token = given;
    const { code, out } = verifier(running.address, '--key', key);
    expect({ code, out: code === 0 ? '' : out }).toEqual({ code: 0, out: '' });
    expect(verifier('http://127.0.0.1:9', '--key', key).code).toBe(5);
  });

  it('gives no export for a question that is malformed', async () => {
    for (const query of ['size=x', 'at=x', 'size=0', 'nope=1']) {
      const reply = await fetch(`${running.address}/tlog/export?${query}`, { headers: auditor });
      expect(reply.status, query).toBe(query === 'size=0' ? 404 : 400);
    }
  });
});
