/** The program as people run it: real processes on a folder of their own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const program = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

type Environment = Readonly<Record<string, string>>;

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A folder that is not there yet, in one that is taken away afterwards. */
export const newFolder = (): { folder: string; remove: () => void } => {
  const parent = mkdtempSync(join(tmpdir(), 'ledger-'));
  return {
    folder: join(parent, 'data'),
    remove: () => rmSync(parent, { recursive: true, force: true }),
  };
};

/** Modules compiled once for all of them, where the test command says where. */
const { PATH = '', NODE_COMPILE_CACHE = '' } = process.env;

const start = (words: readonly string[], environment: Environment): ChildProcess =>
  spawn(process.execPath, [program, ...words], {
    env: { PATH, NODE_COMPILE_CACHE, LEDGER_DATASET: 'none', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });

const listened = (child: ChildProcess) => {
  let [out, err] = ['', ''];
  child.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code) => resolve({ code, out, err }));
  });
  return { ended, out: () => out, err: () => err };
};

/** Runs one command to its end. */
export const run = (environment: Environment, ...words: readonly string[]): Promise<Ended> =>
  listened(start(words, environment)).ended;

/** A header for requests over the network as this role: of a token made as people make one. */
export const bearer = async (
  environment: Environment,
  role = 'registrar',
  ...more: readonly string[]
): Promise<{ readonly authorization: string }> => {
  const words = ['token', 'create', '--role', role, '--expires', '2999-12-31', ...more];
  const { code, out, err } = await run(environment, ...words);
  if (code !== 0) throw new Error(err);
  return { authorization: `Bearer ${out.trim()}` };
};

export interface Running {
  readonly address: string;
  readonly process: ChildProcess;
  readonly ended: Promise<Ended>;
  /** What it wrote until now. */
  readonly said: () => string;
  /** Asks it to stop, and waits until it has. */
  readonly stop: (signal?: NodeJS.Signals) => Promise<Ended>;
}

/** Starts the service on a free port, and waits until it answers. */
export const serve = async (environment: Environment): Promise<Running> => {
  const child = start(['serve'], { PORT: '0', ...environment });
  const { ended, out, err } = listened(child);
  const address = await new Promise<string>((resolve, reject) => {
    const look = (): void => {
      const [found] = /http:\/\/[^\s]+/.exec(out()) ?? [];
      if (found !== undefined) resolve(found);
    };
    child.stdout?.on('data', look);
    child.on('close', () => reject(new Error(`the service ended: ${err()}`)));
  });
  return {
    address,
    process: child,
    ended,
    said: () => out() + err(),
    stop: async (signal = 'SIGTERM') => {
      child.kill(signal);
      return ended;
    },
  };
};

/** Every file in a folder and below it. */
export const filesIn = (path: string): readonly string[] =>
  readdirSync(path, { recursive: true, encoding: 'utf8' })
    .map((name) => join(path, name))
    .filter((file) => statSync(file).isFile());
