/** Opens the log named by its argument for writing, says so, and holds it until it is killed. */
import { writeSync } from 'node:fs';
import { openSqliteLog } from '../../src/log/sqlite.ts';

const log = openSqliteLog({ file: process.argv[2] ?? '' });
writeSync(1, `holds ${log.head().sequence}\n`);
setInterval(() => undefined, 1000);
