/** Killed in the middle of delivering, the ledger skips nothing and repeats only what was under way. */
import { statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bearer, newFolder, type Running, serve } from '../cli/support.ts';
import { newKey } from '../support/ledger.ts';
import { type Receiver, receiver, welcoming } from '../support/receiver.ts';

const rounds = 6;
const perRound = 12;

const { folder, remove } = newFolder();
let service: Running | undefined;
let receiving: Receiver;
let environment: Record<string, string>;
let headers: { readonly authorization: string };

interface Event {
  readonly id: string;
  readonly sequence: string;
}

/** What the receiver answered for, in order. */
const taken: Event[] = [];
/** Told of each delivery before it is answered; true when it is lost on the receiver's side. */
let onEvent: () => boolean = () => false;

beforeAll(async () => {
  receiving = await receiver((got, response, index) => {
    if (got.method === 'POST') {
      if (onEvent()) return;
      taken.push(JSON.parse(got.body) as Event);
    }
    welcoming(got, response, index);
  });
  const ca = join(dirname(folder), 'ca.pem');
  writeFileSync(ca, receiving.ca);
  environment = {
    LEDGER_DATA: folder,
    LEDGER_WEBHOOK_ALLOW: `localhost:${receiving.port}`,
    NODE_EXTRA_CA_CERTS: ca,
  };
  service = await serve(environment);
  headers = await bearer(environment);
});
afterAll(async () => {
  await service?.stop('SIGKILL');
  await receiving.close();
  remove();
});

const post = async (path: string, body: object) => {
  const response = await fetch(service!.address + path, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json', 'idempotency-key': newKey() },
    body: JSON.stringify(body),
  });
  expect(response.status, path).toBeLessThan(300);
  return (await response.json()) as Record<string, unknown>;
};

const record = (title: string) => post('/v1/occurrences', { kind: 'other', title, about: [] });

test('nothing is skipped, order is kept, and each kill repeats at most one', async () => {
  const { secret } = await post('/v1/webhooks', {
    address: receiving.address,
    token: 'ontvanger-token',
    after: -1,
  });
  for (let round = 0; round < rounds; round += 1) {
    const upTo = taken.length + 3 + round;
    // Killed while the receiver has a delivery in hand: it loses it, or answers just before.
    const killed = new Promise<void>((resolve) => {
      onEvent = () => {
        if (taken.length < upTo) return false;
        onEvent = () => round % 2 === 0;
        setImmediate(() => void service!.stop('SIGKILL').then(() => resolve()));
        return round % 2 === 0;
      };
    });
    const written = Array.from({ length: perRound }, (_, n) =>
      record(`${round}-${n}`).catch(() => undefined),
    );
    await killed;
    await Promise.all(written);
    onEvent = () => false;
    service = await serve(environment);
  }
  await record('de laatste');
  const feed = await fetch(`${service!.address}/v1/events?limit=1000`, { headers });
  const { items } = (await feed.json()) as { items: readonly Event[] };
  while (taken.at(-1)?.id !== items.at(-1)!.id) await wait(20);
  const got = [...taken];
  const firsts = got.filter(({ id }, index) => got.findIndex((one) => one.id === id) === index);
  expect(firsts).toEqual(items);
  expect(got.length - firsts.length).toBeLessThanOrEqual(rounds);
  // What is repeated is the one before it, and nothing else.
  for (const [index, { sequence }] of got.slice(1).entries())
    expect([0, 1]).toContain(Number(sequence) - Number(got[index]!.sequence));

  const verifier = new Webhook(String(secret));
  for (const { headers: sent, body, method } of receiving.got) {
    if (method !== 'POST') continue;
    expect(sent).toMatchObject({
      'content-type': 'application/cloudevents+json; charset=utf-8',
      authorization: 'Bearer ontvanger-token',
      'webhook-request-origin': 'localhost',
    });
    expect(verifier.verify(body, sent as Record<string, string>)).toEqual(JSON.parse(body));
  }
  expect(statSync(join(folder, 'office', 'webhooks.sqlite')).mode & 0o077).toBe(0);
});
