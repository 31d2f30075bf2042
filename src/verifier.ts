/** The verifier as a program of its own: one file that runs on a bare Node, version 20.12 or later. */
import { isMainThread } from 'node:worker_threads';
import { runVerifier } from './cli/cli.ts';
import { readText, writeWhole } from './join/files.ts';
import { verify } from './join/verifying.ts';

// The thread that folds runs this file too, where it is all there is.
if (isMainThread) {
  process.umask(0o077);
  process.stdout.on('error', () => undefined);
  process.exitCode = await runVerifier(process.argv.slice(2), {
    out: (text) => process.stdout.write(`${text}\n`),
    err: (text) => process.stderr.write(`${text}\n`),
    readFile: readText,
    writeFile: writeWhole,
    verify,
  });
}
