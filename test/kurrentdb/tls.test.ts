/** TLS: a node is trusted by its certificate, also when it is given by its address. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readAddress } from '../../src/log/kurrentdb/address.ts';
import { certificateFor } from '../double/certificates.ts';
import { ledgerOpened, memberJoined } from '../support/entries.ts';
import { temporaryFolder } from '../support/folders.ts';
import { openOn, startDouble } from '../support/kurrent.ts';

const here = '127.0.0.1';
const own = certificateFor([here]);

const addressOf = (ports: readonly number[], authority: string) => {
  const file = join(temporaryFolder(), 'authority.crt');
  writeFileSync(file, authority);
  const nodes = ports.map((port) => `${here}:${port}`).join(',');
  return readAddress(`esdb://admin:s3cret@${nodes}?tlsCAFile=${encodeURIComponent(file)}`);
};

test('a node that is given by its IP address', async () => {
  const double = await startDouble({ tls: own });
  const log = await openOn(double, { address: addressOf([double.node.port], own.certificate) });
  await log.append([ledgerOpened()]);
  expect(await log.append([memberJoined()])).toEqual({ outcome: 'appended', first: 1, last: 1 });
});

test('nodes of a cluster that tell their IP addresses', async () => {
  const double = await startDouble({ tls: own });
  const { port } = double.node;
  const log = await openOn(double, { address: addressOf([port, port], own.certificate) });
  expect(await log.append([ledgerOpened()])).toMatchObject({ outcome: 'appended' });
});
