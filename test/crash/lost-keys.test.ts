/** Killed while lost keys are given up, they are given up or lacking, and then it can be said again. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openSqliteLog } from '../../src/log/sqlite.ts';
import { startChild } from '../support/children.ts';
import { temporaryFolder } from '../support/folders.ts';
import { giveUp } from '../support/lost-keys.ts';
import { officeLedger } from '../support/office.ts';
import { looking, referral } from '../support/people.ts';
import { id } from '../support/scenario.ts';

test.each([
  { moment: 'when there is a new file, and nothing is noted', lacking: 2 },
  { moment: 'when it is noted', lacking: 0 },
])('killed $moment', async ({ moment, lacking }) => {
  const folder = temporaryFolder();
  const child = startChild('../crash/key-loser.ts', folder, moment);
  await child.said('ready');
  await expect(child.said('given up')).rejects.toThrow('ended without');

  const before = await officeLedger(folder);
  expect(before.office.missing).toHaveLength(lacking);
  before.office.close();
  await before.log.close();
  const log = openSqliteLog({ file: join(folder, 'log.sqlite') });
  const again = await giveUp(folder, log, 2);
  expect([again.lacking, again.accepted === undefined]).toEqual([lacking, lacking === 0]);
  await log.close();

  const after = await officeLedger(folder);
  expect(after.office.losses).toMatchObject([{ keys: 1 }]);
  const personId = id('new');
  await after.take('record-referral', referral({ referralId: id('third'), personId }));
  const { items } = await after.ledger.ask({ question: 'referrals', opening: looking() });
  expect(items).toMatchObject([{ erased: true }, { keyUnknown: true }, { sealed: false }]);
  after.office.close();
  await after.log.close();
});
