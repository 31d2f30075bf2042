/** A ledger with subscribers, as the tests of delivering need it. */
import { onTestFinished } from 'vitest';
import type { Caller, Role } from '../../src/ledger/access/index.ts';
import type { WebhookRequest } from '../../src/ledger/webhooks.ts';
import { newKey, testLedger, type TestLedger } from '../support/ledger.ts';
import { type delivering, until } from '../support/webhooks.ts';

export const callerAs = (role: Role, name: string = role, more: object = {}): Caller => ({
  id: name,
  access: { roles: [role], municipalities: [], ...more },
});
export const auditor = callerAs('auditor');

export const request = (more: Partial<WebhookRequest> = {}): WebhookRequest => ({
  address: 'https://ontvanger.example.nl/geheim-pad',
  token: 'ontvanger-token',
  after: -1,
  ...more,
});

export const occur = (made: TestLedger, title: string, about: readonly string[] = []) =>
  made.take('record-occurrence', { kind: 'other', title, about });

export const withEvents = async (count: number): Promise<TestLedger> => {
  const made = await testLedger();
  for (let n = 1; n <= count; n += 1) await occur(made, `gebeurtenis ${n}`);
  return made;
};

type Delivering = ReturnType<typeof delivering>;

/** Delivers until the test is over. */
export const started = (d: Delivering) => {
  const running = d.start();
  onTestFinished(running.stop);
  return running;
};

export const subscribe = (
  d: Delivering,
  caller = auditor,
  more: Partial<WebhookRequest> = {},
): string => d.webhooks.create(caller, request(more), newKey()).webhook.webhookId;

export const upTo = (d: Delivering, webhookId: string, position: number) =>
  until(() => d.store.find(webhookId)!.course.position >= position);
