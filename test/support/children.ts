/** Child processes that run a script of the tests and tell what they do, line by line. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface Child {
  readonly pid: number;
  readonly process: ChildProcess;
  /** Whole lines that it has written so far. */
  readonly lines: readonly string[];
  /** Resolves when a line begins with this; rejects when the child ends without. */
  readonly said: (start: string) => Promise<string>;
  /** Sends SIGKILL and waits until it is gone and all that it wrote is read. */
  readonly kill: () => Promise<void>;
}

/** Command line that runs a script; its path is from this folder, e.g. `./holder.ts`. */
export const scriptLine = (script: string, ...args: readonly string[]): readonly string[] => [
  process.execPath,
  fileURLToPath(new URL(script, import.meta.url)),
  ...args,
];

export const startChild = (script: string, ...args: readonly string[]): Child =>
  startCommand(scriptLine(script, ...args));

export const startCommand = ([command = '', ...args]: readonly string[]): Child => {
  const process_ = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  const reader = createInterface({ input: process_.stdout });
  reader.on('line', (line) => lines.push(line));
  const ended = once(reader, 'close');

  const said = async (start: string): Promise<string> => {
    for (;;) {
      const found = lines.find((line) => line.startsWith(start));
      if (found !== undefined) return found;
      const over = await Promise.race([
        once(reader, 'line').then(() => false),
        ended.then(() => true),
      ]);
      if (over) throw new Error(`${command} ended without saying "${start}": ${lines.join(' | ')}`);
    }
  };
  return {
    pid: process_.pid ?? -1,
    process: process_,
    lines,
    said,
    kill: async () => {
      process_.kill('SIGKILL');
      await ended;
    },
  };
};
