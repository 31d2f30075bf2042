/** The verifier as a program of its own: one file that runs on a bare Node, version 26 or later. */
import { runVerifier } from './cli/cli.ts';
import { readText, writeWhole } from './join/files.ts';
import { verify } from './join/verifying.ts';

process.umask(0o077);
process.stdout.on('error', () => undefined);
process.exitCode = await runVerifier(process.argv.slice(2), {
  out: (text) => process.stdout.write(`${text}\n`),
  err: (text) => process.stderr.write(`${text}\n`),
  readFile: readText,
  writeFile: writeWhole,
  verify,
});
