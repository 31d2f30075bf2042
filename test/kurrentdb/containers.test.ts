/** Starting a server in a container, as far as it can be tried without an engine: with one that acts. */
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readAddress } from '../../src/log/kurrentdb/address.ts';
import { openKurrentLog } from '../../src/log/kurrentdb/log.ts';
import { containedKurrent } from '../support/containers.ts';
import { ledgerOpened } from '../support/entries.ts';
import { temporaryFolder } from '../support/folders.ts';
import { startDouble } from '../support/kurrent.ts';

/** A program that notes what it is told, and answers like an engine. */
const acting = (answers: Readonly<Record<string, string>>) => {
  const folder = temporaryFolder();
  const [file, notes] = [join(folder, 'engine'), join(folder, 'notes')];
  const cases = Object.entries(answers).map(([word, answer]) => `${word}) ${answer};;`);
  writeFileSync(
    file,
    `#!/bin/sh\necho "$@" >> '${notes}'\ncase $1 in\n${cases.join('\n')}\nesac\n`,
  );
  chmodSync(file, 0o700);
  const told = () => readFileSync(notes, 'utf8').trim().split('\n');
  return { file, told };
};

test('one is started, used, and taken away', async () => {
  const { node, stream } = await startDouble();
  const { file, told } = acting({ run: 'echo abc', port: `echo 127.0.0.1:${node.port}` });
  const contained = await containedKurrent(['/nowhere/docker', file]);
  if (typeof contained === 'string') throw new Error(contained);
  const log = await openKurrentLog({
    address: readAddress(contained.address),
    stream,
    folder: temporaryFolder(),
    role: 'writer',
  });
  await log.append([ledgerOpened()]);
  await log.close();
  await contained.stop();
  expect(told()[1]).toMatch(
    /^run --detach --rm .*--publish 127\.0\.0\.1::2113 .*--env KURRENTDB_INSECURE=true .*kurrentdb:[\d.]+$/,
  );
  expect(told().at(-1)).toBe('rm --force abc');
});

test('where there is none, it is said why', async () => {
  const silent = acting({ version: 'echo "cannot connect to the daemon" >&2; exit 1' });
  const offline = acting({ run: 'echo "no such image" >&2; exit 125' });
  expect(await containedKurrent(['/nowhere/podman', silent.file, offline.file])).toBe(
    'podman: not on this machine; engine: cannot connect to the daemon; engine: no such image',
  );
});

test('one that cannot be reached is taken away', async () => {
  const { file, told } = acting({ run: 'echo abc', port: 'exit 1' });
  expect(await containedKurrent([file])).toContain('engine: ');
  expect(told().at(-1)).toBe('rm --force abc');
});
