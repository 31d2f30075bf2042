/**
 * Gives up the keys of an office whose file is gone, and is gone itself at the moment that it is
 * told: `key-loser.ts FOLDER MOMENT`. Says `ready` when the keys are gone.
 */
import { rmSync, writeSync } from 'node:fs';
import { anna, bram, referral } from '../support/people.ts';
import { giveUp, keysIn } from '../support/lost-keys.ts';
import { officeLedger } from '../support/office.ts';
import { ticking } from '../support/ledger.ts';
import { id } from '../support/scenario.ts';

const [folder = '', moment = ''] = process.argv.slice(2);

const at = (reached: string): void => {
  if (reached === moment) process.kill(process.pid, 'SIGKILL');
};

const { take, log, office } = await officeLedger(folder);
const validFrom = { latest: '2017-01-01' };
await take('join-member', { municipality: 'gm0828', name: 'Oss' }, { validFrom });
await take('record-referral', referral());
await take('record-referral', referral({ referralId: id('second'), personId: bram }));
await take('erase-person', { personId: anna });
office.close();
rmSync(keysIn(folder));
writeSync(1, 'ready\n');
const { now } = ticking();
const clock = {
  now: () => {
    at('when there is a new file, and nothing is noted');
    return now();
  },
};
await giveUp(folder, log, 2, clock);
at('when it is noted');
writeSync(1, 'given up\n');
