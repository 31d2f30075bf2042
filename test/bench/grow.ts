/** `node test/bench/grow.ts FOLDER TOTAL`: appends made-up events up to a total. */
import { join } from 'node:path';
import { openSqliteLog } from '../../src/log/sqlite.ts';
import { opened } from '../support/ledger.ts';
import { entryAt } from './generate.ts';

const [folder = '', wanted = '0'] = process.argv.slice(2);
const total = Number(wanted);
const log = openSqliteLog({ file: join(folder, 'ledger.sqlite') });
if (log.head().sequence < 0) await log.append([opened()]);
const since = log.head().recordedAt ?? '';
for (let n = log.head().sequence + 1; n < total; n += 400) {
  const entries = Array.from({ length: Math.min(400, total - n) }, (_, i) => {
    const entry = entryAt(n + i);
    return { ...entry, recordedAt: entry.recordedAt < since ? since : entry.recordedAt };
  });
  const done = await log.append(entries);
  if (done.outcome !== 'appended') throw new Error(done.outcome);
}
await log.close();
