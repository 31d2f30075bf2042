/** Killed at any step of forgetting somebody, the ledger takes it up again and finishes it. */
import { expect, test } from 'vitest';
import { startChild } from '../support/children.ts';
import { temporaryFolder } from '../support/folders.ts';
import { officeLedger } from '../support/office.ts';
import { anna, looking } from '../support/people.ts';

test.each([
  'after it is asked',
  'before the key is destroyed',
  'after the key is destroyed',
  'while a reader purges',
  'before it is done',
  'after it is done',
])('killed %s', async (moment) => {
  const folder = temporaryFolder();
  const child = startChild('../crash/forgetter.ts', folder, moment);
  await child.said('ready');
  await expect(child.said('forgotten')).rejects.toThrow('ended without');

  const purged = [{ name: 'mirror', purge: async () => undefined }];
  const { ledger, log, office } = await officeLedger(folder, {}, { purged });
  await ledger.forget();
  expect(ledger.personOf(anna)).toBe('erased');
  const { items } = await ledger.ask({ question: 'erasures' });
  expect(items).toMatchObject([{ status: 'erased', confirmedBy: ['read-tables', 'mirror'] }]);
  expect(await log.read([{ types: ['PersonErased'] }])).toHaveLength(1);
  const { items: referrals } = await ledger.ask({ question: 'referrals', opening: looking() });
  expect(referrals).toMatchObject([{ erased: true }]);
  office.close();
  await log.close();
});
