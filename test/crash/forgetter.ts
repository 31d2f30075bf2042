/**
 * Forgets Anna, and is gone at the moment that it is told: `forgetter.ts FOLDER MOMENT`. Says
 * `ready` when she is recorded.
 */
import { writeSync } from 'node:fs';
import type { EventLog } from '../../src/ledger/event-log.ts';
import type { People } from '../../src/ledger/ports.ts';
import { anna, referral } from '../support/people.ts';
import { officeLedger } from '../support/office.ts';

const [folder = '', moment = ''] = process.argv.slice(2);

const at = (reached: string): void => {
  if (reached === moment) process.kill(process.pid, 'SIGKILL');
};

const dying = (people: People): People => ({
  ...people,
  destroy: (keyId) => {
    at('before the key is destroyed');
    people.destroy(keyId);
    at('after the key is destroyed');
  },
});

const dyingLog = (log: EventLog): EventLog => ({
  ...log,
  append: async (entries, condition) => {
    const [first] = entries;
    if (first?.type === 'PersonErased') at('before it is done');
    const outcome = await log.append(entries, condition);
    if (first?.type === 'PersonErasureRequested') at('after it is asked');
    if (first?.type === 'PersonErased') at('after it is done');
    return outcome;
  },
});

const purged = [{ name: 'mirror', purge: async () => at('while a reader purges') }];
const { take } = await officeLedger(folder, { people: dying, log: dyingLog }, { purged });
const validFrom = { latest: '2017-01-01' };
await take('join-member', { municipality: 'gm0828', name: 'Oss' }, { validFrom });
await take('record-referral', referral());
writeSync(1, 'ready\n');
await take('erase-person', { personId: anna });
writeSync(1, 'forgotten\n');
