/** What the service tells of itself: to whom, and nothing of anybody. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { referral } from '../support/people.ts';
import { testLedger } from '../support/ledger.ts';
import { type Guarded, guarded } from './access-support.ts';

let t: Guarded;
beforeEach(async () => {
  const made = await testLedger();
  await made.take('join-member', { municipality: 'gm0828', name: 'Oss' });
  t = await guarded(made);
});
afterEach(async () => {
  expect(t.reported).toEqual([]);
  await t.close();
});

const metrics = async (): Promise<string> =>
  (await t.ask('administrator', { url: '/metrics' })).body;

it('is there for who looks after the service, and for nobody else', async () => {
  const reply = await t.ask('administrator', { url: '/metrics' });
  expect(reply.headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
  expect(reply.body).toContain('ledger_ready 1');
  for (const role of ['public', 'auditor', 'registrar', 'municipality'] as const) {
    const refused = await t.ask(role, { url: '/metrics' });
    expect([refused.statusCode, refused.body.includes('ledger_')]).toEqual([404, false]);
  }
});

it('counts requests by route, status and method', async () => {
  await t.ask('public', { url: '/v1/members' });
  await t.ask('public', { url: '/v1/members' });
  await t.ask('public', { url: '/nergens/01JZZZZZZZZZZZZZZZZZZZZZZZ' });
  const text = await metrics();
  const count = (labels: string): string | undefined =>
    new RegExp(`ledger_http_request_duration_seconds_count\\{${labels}\\} (\\d+)`).exec(text)?.[1];
  expect(count('method="GET",route="/v1/members",status="200"')).toBe('2');
  expect(count('method="GET",route="none",status="404"')).toBe('1');
});

it('tells nothing of whom a request was about', async () => {
  const body = referral();
  const written = await t.ask('registrar', { method: 'POST', url: '/v1/referrals', payload: body });
  expect(written.statusCode, written.body).toBe(201);
  await t.ask('registrar', { url: `/v1/referrals/${body.referralId}?validAt=2026-01-01` });
  await t.ask('registrar', { url: `/v1/persons/${body.personId}/geheim` });
  const text = await metrics();
  for (const planted of [body.personId, body.referralId, 'geheim', 'validAt', '01JZZZ'])
    expect(text).not.toContain(planted);
});

it('tells how delivering to subscribers goes, and nothing of a receiver', async () => {
  const reply = await t.ask('auditor', {
    method: 'POST',
    url: '/v1/webhooks',
    payload: { address: 'https://ontvanger.example.nl/geheim-pad', token: 'geheim', note: 'nota' },
  });
  expect(reply.statusCode, reply.body).toBe(201);
  const text = await metrics();
  for (const line of [
    'ledger_webhook_subscriptions{status="awaiting"} 1',
    'ledger_webhook_subscriptions{status="active"} 0',
    'ledger_webhook_deliveries_total{outcome="taken"} 0',
    'ledger_webhook_deliveries_total{outcome="failing"} 0',
    'ledger_webhook_parked_events 0',
    'ledger_webhook_behind_events 0',
  ])
    expect(text).toContain(line);
  const { owner, webhookId } = reply.json<{ owner: string; webhookId: string }>();
  for (const planted of ['ontvanger', 'geheim', 'nota', owner, webhookId])
    expect(text).not.toContain(planted);
});
