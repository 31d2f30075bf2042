/** The consumer of the README, as it stands there. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { errors } from '../double/messages.ts';
import { ledgerOpened, memberJoined } from '../support/entries.ts';
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

test('sees every event once and in order, also when its subscription ends', async () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const [, code = ''] = /```js\n((?:(?!```).)*?export const consume.*?)```/s.exec(readme) ?? [];
  writeFileSync(file, code);
  const { consume } = (await import(pathToFileURL(file).href)) as { consume: Consume };

  const double = await startDouble({
    fault: ({ rpc }) =>
      rpc === 'subscribe' ? { kind: 'breaks', after: 3, error: errors.unavailable() } : undefined,
  });
  const stream = 'partnership-ledger';
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
