/** The same suite on KurrentDB: on the double always, on a real server where there is one. */
import { describe, test } from 'vitest';
import { readAddress } from '../../src/log/kurrentdb/address.ts';
import { openKurrentLog } from '../../src/log/kurrentdb/log.ts';
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

const real = process.env['KURRENTDB_URL'];
if (real !== undefined && real !== '')
  eventLogContract(`kurrentdb (${new URL(real).host})`, () => open(real));
else
  describe('event log contract: kurrentdb (real server)', () => {
    test.todo('left out: KURRENTDB_URL names no server');
  });
