/** Opens the log named by its argument for writing, says so, and holds it until it is killed. */
import { writeSync } from 'node:fs';
import { openSqliteLog } from '../../src/log/sqlite.ts';

const log = openSqliteLog({ file: process.argv[2] ?? '' });
writeSync(1, `holds ${log.head().sequence}\n`);
// Asked now and then, so that it is in use: a log that nobody holds may be collected, and closes.
setInterval(() => log.head(), 1000);
