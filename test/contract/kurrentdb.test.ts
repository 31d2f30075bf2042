/** The same suite on KurrentDB: on the double always, on a real server where there is one. */
import { afterAll, describe, test } from 'vitest';
import { readAddress } from '../../src/log/kurrentdb/address.ts';
import { openKurrentLog } from '../../src/log/kurrentdb/log.ts';
import { type Contained, containedKurrent } from '../support/containers.ts';
import { temporaryFolder } from '../support/folders.ts';
import { newStream, startDouble } from '../support/kurrent.ts';
import { eventLogContract } from './event-log.contract.ts';

const open = (address: string) =>
  openKurrentLog({
    address: readAddress(address),
    stream: newStream(),
    folder: temporaryFolder(),
    role: 'writer',
  });

let double: Promise<{ readonly node: { readonly port: number } }> | undefined;
eventLogContract('kurrentdb (double)', async () => {
  const { node } = await (double ??= startDouble());
  return open(`esdb://127.0.0.1:${node.port}?tls=false`);
});

const onContainer = ({ address, stop }: Contained): void => {
  eventLogContract('kurrentdb (container)', () => open(address));
  afterAll(stop);
};

/** Said aloud: a summary only counts what was left out. */
const leftOut = (why: string): void => {
  const text = `left out: KURRENTDB_URL names no server, and no container can be started (${why})`;
  console.warn(`event log contract: kurrentdb (real server), ${text}`);
  describe('event log contract: kurrentdb (real server)', () => {
    test.todo(text);
  });
};

const named = process.env['KURRENTDB_URL'] ?? '';
if (named === '') {
  const contained = await containedKurrent();
  if (typeof contained === 'string') leftOut(contained);
  else onContainer(contained);
} else eventLogContract(`kurrentdb (${new URL(named).host})`, () => open(named));
