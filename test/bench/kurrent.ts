/** Appends to a KurrentDB by 32 writers against one: on the double, which is no measure of a server. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readAddress } from '../../src/log/kurrentdb/address.ts';
import { openKurrentLog } from '../../src/log/kurrentdb/log.ts';
import { opened } from '../support/ledger.ts';
import { entryAt } from './generate.ts';
import { appendRate } from './proof.ts';
import type { Row } from './report.ts';

const rounds = 5;
const target = 5;

export const benchKurrent = async (folder: string): Promise<readonly Row[]> => {
  const node = fork(fileURLToPath(new URL('kurrent-node.ts', import.meta.url)));
  const [port] = (await once(node, 'message')) as [number];
  const log = await openKurrentLog({
    address: readAddress(`esdb://127.0.0.1:${port}?tls=false`),
    stream: 'bench',
    folder: join(folder, 'mirror'),
    role: 'writer',
  });
  try {
    const { recordedAt } = entryAt(1);
    await log.append([{ ...opened(), recordedAt }]);
    let [alone, together] = [0, 0];
    let first = 1;
    // In turns, so that what else runs on the machine hinders both alike.
    for (let round = 0; round < rounds; round += 1) {
      alone += (await appendRate(log, first, 200, 1)) / rounds;
      together += (await appendRate(log, first + 200, 3_000, 32)) / rounds;
      first += 3_300;
    }
    return [
      {
        what: 'appends to KurrentDB (the double of the tests) by 32 writers, against one',
        figure: `${(together / alone).toFixed(1)} ×, ${Math.round(together)}/s and ${Math.round(alone)}/s`,
        target: `≥ ${target} ×`,
        met: together / alone >= target,
      },
    ];
  } finally {
    await log.close();
    node.kill('SIGKILL');
  }
};
