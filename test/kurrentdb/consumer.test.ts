/** The consumer of the README, as it stands there. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { certificateFor } from '../double/certificates.ts';
import { errors } from '../double/messages.ts';
import { ledgerOpened, memberJoined } from '../support/entries.ts';
import { temporaryFolder } from '../support/folders.ts';
import { openOn, startDouble } from '../support/kurrent.ts';

type Consume = (
  address: string,
  position: number,
  handle: (sequence: number, entry: { readonly id: string }) => void,
) => Promise<void>;

const root = join(import.meta.dirname, '../..');
// Beside the packages that it imports.
const file = join(root, 'node_modules', `.readme-consumer-${process.pid}.mjs`);
afterAll(() => rmSync(file, { force: true }));

const stream = 'partnership-ledger';

const consumer = async (): Promise<Consume> => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const [, code = ''] = /```js\n((?:(?!```).)*?export const consume.*?)```/s.exec(readme) ?? [];
  writeFileSync(file, code);
  const { consume } = (await import(pathToFileURL(file).href)) as { consume: Consume };
  return consume;
};

test('sees every event once and in order, also when its subscription ends', async () => {
  const consume = await consumer();
  const double = await startDouble({
    fault: ({ rpc }) =>
      rpc === 'subscribe' ? { kind: 'breaks', after: 3, error: errors.unavailable() } : undefined,
  });
  const log = await openOn({ ...double, stream });
  const entries = [ledgerOpened(), ...Array.from({ length: 9 }, () => memberJoined())];
  await log.append(entries);
  const seen: string[] = [];
  let position = -1;
  while (seen.length < entries.length)
    await consume(`esdb://127.0.0.1:${double.node.port}?tls=false`, position, (sequence, entry) => {
      expect(sequence).toBe(position + 1);
      position = sequence;
      seen.push(entry.id);
      if (seen.length === entries.length) throw new Error('enough');
    }).catch(() => undefined);
  expect(seen).toEqual(entries.map(({ id }) => id));
});

test('over TLS it needs a name that is in the certificate, as the README says', async () => {
  const consume = await consumer();
  const tls = certificateFor(['localhost', '127.0.0.1']);
  const double = await startDouble({ tls });
  const authority = join(temporaryFolder(), 'ca.crt');
  writeFileSync(authority, tls.certificate);
  const address = (host: string): string =>
    `esdb://ledger:password@${host}:${double.node.port}?tlsCAFile=${authority}`;
  const opening = ledgerOpened();
  // In the open: over TLS, this process would be made to take addresses.
  const open = await startDouble({ streams: double.streams });
  const log = await openOn({ ...open, stream });
  await log.append([opening]);
  const seen: string[] = [];
  const seesOne = (host: string): Promise<void> =>
    consume(address(host), -1, (_sequence, { id }) => {
      seen.push(id);
      throw new Error('enough');
    });
  await expect(seesOne('localhost')).rejects.toThrow('enough');
  expect(seen).toEqual([opening.id]);
  await expect(seesOne('127.0.0.1')).rejects.toThrow('ServerName');
});
