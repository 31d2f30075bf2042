/** How delivering goes, in numbers: what whoever looks after the service is told. */
import { expect, test } from 'vitest';
import type { Caller } from '../../src/ledger/access/index.ts';
import { newKey, testLedger } from '../support/ledger.ts';
import { delivering, takes, until } from '../support/webhooks.ts';

const auditor: Caller = { id: 'auditor', access: { roles: ['auditor'], municipalities: [] } };

const withEvents = async (count: number) => {
  const made = await testLedger();
  for (let n = 1; n <= count; n += 1)
    await made.take('record-occurrence', { kind: 'other', title: `gebeurtenis ${n}`, about: [] });
  return made;
};

const subscribe = (d: ReturnType<typeof delivering>, types?: readonly string[]): string =>
  d.webhooks.create(
    auditor,
    { address: 'https://ontvanger.example.nl/geheim-pad', token: 'geheim', types, after: -1 },
    newKey(),
  ).webhook.webhookId;

test('before anything is sent, all of it is still ahead', async () => {
  const d = delivering({ made: await withEvents(2), callers: [auditor] });
  const id = subscribe(d);
  expect(d.webhooks.standing()).toEqual({
    subscriptions: { awaiting: 1, active: 0, paused: 0, ended: 0 },
    parked: 0,
    behind: 0,
    deliveries: { taken: 0, gone: 0, refused: 0, failing: 0 },
  });
  const one = d.store.find(id)!;
  d.store.save(id, { ...one.course, status: 'active' });
  expect(d.webhooks.standing()).toMatchObject({ behind: 3, subscriptions: { active: 1 } });
});

test('what was taken, refused, not answered and parked is counted, and what is left', async () => {
  const d = delivering({
    made: await withEvents(3),
    callers: [auditor],
    answer: ({ method, sequence }, index) => {
      if (method === 'OPTIONS') return takes;
      if (index === 1) return { failure: 'timeout' };
      return sequence === 2 ? { status: 400 } : takes;
    },
  });
  subscribe(d);
  const { stop } = d.start();
  await until(() => d.webhooks.standing().behind === 0 && d.webhooks.standing().parked === 1);
  expect(d.webhooks.standing()).toEqual({
    subscriptions: { awaiting: 0, active: 1, paused: 0, ended: 0 },
    parked: 1,
    behind: 0,
    deliveries: { taken: 3, gone: 0, refused: 10, failing: 1 },
  });
  await stop();
});

test('who is sent little is not behind for what is not for it', async () => {
  const d = delivering({ made: await withEvents(5), callers: [auditor] });
  subscribe(d, ['LedgerOpened']);
  const { stop } = d.start();
  await until(() => d.webhooks.standing().deliveries.taken === 1);
  await until(() => d.webhooks.standing().behind === 0);
  await stop();
});
