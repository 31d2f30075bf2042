/**
 * Appends batches without end, several at a time, and tells of each as soon as it is
 * acknowledged: `sequence id id …`, the first sequence and the ids in order.
 */
import { writeSync } from 'node:fs';
import { openSqliteLog } from '../../src/log/sqlite.ts';
import { hmacLike, ledgerOpened, memberJoined } from '../support/entries.ts';

const [file = '', writers = '8'] = process.argv.slice(2);

/** The size of a batch stands in each of its entries, so that a torn one can be told. */
const batch = () => {
  const size = 1 + Math.floor(Math.random() * 6);
  const command = { tag: hmacLike(), input: hmacLike() };
  return Array.from({ length: size }, () => memberJoined({ command, data: { name: `${size}` } }));
};

const log = openSqliteLog({ file });
if (log.head().sequence === -1) await log.append([ledgerOpened()]);
writeSync(1, 'ready\n');

const write = async (): Promise<never> => {
  for (;;) {
    const entries = batch();
    const outcome = await log.append(entries);
    if (outcome.outcome !== 'appended') throw new Error(outcome.outcome);
    writeSync(1, `${outcome.first} ${entries.map((e) => e.id).join(' ')}\n`);
  }
};
await Promise.all(Array.from({ length: Number(writers) }, write));
