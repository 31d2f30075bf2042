/**
 * Appends to the log named by its argument until that fails, says `failed <head> <error>`, then
 * tries the same again until it succeeds, says `appended <first>` and waits to be killed.
 */
import { writeSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { openSqliteLog } from '../../src/log/sqlite.ts';
import { ledgerOpened, memberJoined } from './entries.ts';

const log = openSqliteLog({ file: process.argv[2] ?? '' });
await log.append([ledgerOpened()]);
let failed = false;
for (;;) {
  const entries = [memberJoined(), memberJoined()];
  try {
    const outcome = await log.append(entries);
    if (!failed) continue;
    writeSync(1, `appended ${outcome.outcome === 'appended' ? outcome.first : outcome.outcome}\n`);
    break;
  } catch (error) {
    if (!failed) writeSync(1, `failed ${log.head().sequence} ${(error as Error).name}\n`);
    failed = true;
    await setTimeout(20);
  }
}
setInterval(() => undefined, 1000);
