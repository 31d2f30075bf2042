/** Who acted is on every event: an opaque id, an office, a municipality; never a name. */
import { expect, it } from 'vitest';
import { type Caller, localCaller, publicCaller } from '../../src/ledger/access/index.ts';
import { newKey, testLedger } from '../support/ledger.ts';

const member = (municipality: string, name: string) => ({
  command: 'join-member',
  body: { municipality, name },
  validFrom: { earliest: '2017-01-01', latest: '2017-01-01' },
  key: newKey(),
});

it('by role and municipality, and as the registrar on the machine itself', async () => {
  const { ledger, log } = await testLedger();
  const ibn: Caller = {
    id: 'a1',
    access: { roles: ['stuurgroep', 'registrar'], municipalities: [] },
  };
  await ledger.as(ibn).record(member('gm0828', 'Oss'));
  await ledger.as(localCaller).record(member('gm0755', 'Boekel'));
  const oss: Caller = {
    id: 'b2',
    access: { roles: ['municipality'], municipalities: [] },
    municipality: 'gm0828',
  };
  const totals = { municipality: 'gm0828', from: '2025-01-01', until: '2026-01-01' };
  const counts = [{ measure: 'placed', count: 12 }];
  await ledger
    .as(oss)
    .record({ command: 'report-period-totals', body: { ...totals, counts }, key: newKey() });
  const actors = (await log.read('all', { from: 1 })).map(({ entry }) => entry.actor);
  expect(actors).toEqual([
    { id: 'a1', office: 'registrar' },
    { id: 'local', office: 'registrar' },
    { id: 'b2', office: 'municipality', municipality: 'gm0828' },
  ]);
});

it('and who may not, or only for its own, records nothing', async () => {
  const { ledger, log } = await testLedger();
  const head = log.head().sequence;
  const refused = { problem: { code: 'forbidden' } };
  const asked = member('gm0828', 'Oss');
  const nobody = ledger.as(publicCaller);
  await expect(nobody.record(asked)).rejects.toMatchObject(refused);
  const payment = {
    command: 'make-payment',
    body: { municipality: 'gm0828', amountCents: '5' },
  };
  await expect(nobody.preview({ commands: [payment] })).rejects.toMatchObject(refused);
  expect(log.head().sequence).toBe(head);
});

it('a successor sees what was of those that merged into it, at any depth', async () => {
  const { ledger, take } = await testLedger();
  const on = (date: string) => ({ validFrom: { earliest: date, latest: date } });
  await take('join-member', { municipality: 'gm0856', name: 'Uden' }, on('2017-01-01'));
  await take('make-payment', { municipality: 'gm0856', amountCents: '5' }, on('2021-05-01'));
  const merger = { successor: 'gm1991', name: 'Maashorst', predecessors: ['gm0856'] };
  const as = (municipality: string) =>
    ledger
      .as({ id: 'x', access: { roles: ['municipality'], municipalities: [] }, municipality })
      .ask({ question: 'payments' });
  expect((await as('gm1991')).items).toHaveLength(0);
  await take('merge-municipalities', merger, on('2022-01-01'));
  expect((await as('gm1991')).items).toHaveLength(1);
  expect((await as('gm0828')).items).toHaveLength(0);
});
