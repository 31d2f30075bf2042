/** Law 8 for the service: killed under load it comes back by itself, with all it answered for. */
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callOver } from '../../src/cli/socket-call.ts';
import { bearer, newFolder, type Running, serve } from '../cli/support.ts';
import { newKey } from '../support/ledger.ts';

const rounds = 12;
const writers = 16;

/** One folder for all rounds: it grows. */
const { folder, remove } = newFolder();
const tables = join(folder, 'tables');
let service: Running | undefined;
let headers: { readonly authorization: string };
beforeAll(async () => {
  service = await serve({ LEDGER_DATA: folder });
  headers = await bearer({ LEDGER_DATA: folder });
});
afterAll(async () => {
  await service?.stop('SIGKILL');
  remove();
});

interface Event {
  readonly id: string;
  readonly sequence: string;
  readonly type: string;
  readonly data: { readonly fact: { readonly title?: string } };
}

/** What the service answered for, by the key it was sent with: all of it must stay. */
const acknowledged = new Map<string, { readonly id: string; readonly sequence: number }>();

const get = async <T>({ address }: Running, path: string): Promise<T> => {
  const response = await fetch(address + path, { headers });
  expect(response.status, path).toBe(200);
  return (await response.json()) as T;
};

/** The log after a sequence, page by page. */
const eventsAfter = async (running: Running, sequence: number): Promise<readonly Event[]> => {
  const all: Event[] = [];
  let after: string | undefined = String(sequence);
  while (after !== undefined) {
    const page: { items: readonly Event[]; next?: string } = await get(
      running,
      `/v1/events?limit=1000&after=${after}`,
    );
    all.push(...page.items);
    after = page.next;
  }
  return all;
};

/** Records an occurrence that bears its key; undefined when the answer was lost. */
const send = async ({ address }: Running, key: string) => {
  try {
    const response = await fetch(`${address}/v1/occurrences`, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify({ kind: 'other', title: key, about: [] }),
    });
    return {
      status: response.status,
      replayed: response.headers.get('idempotency-replayed') === 'true',
      body: (await response.json()) as { events: { eventId: string; sequence: number }[] },
    };
  } catch {
    return undefined;
  }
};

type Answer = NonNullable<Awaited<ReturnType<typeof send>>>;

const acknowledge = (key: string, { status, body }: Answer): void => {
  expect(status, JSON.stringify(body)).toBe(201);
  expect(body.events).toHaveLength(1);
  const { eventId: id, sequence } = body.events[0]!;
  const answered = { id, sequence };
  expect(answered).toEqual(acknowledged.get(key) ?? answered);
  acknowledged.set(key, answered);
};

/**
 * Writes until the service is gone.
 * @returns the key whose answer was lost, and the one before, as if its answer had been lost too
 */
const write = async (running: Running): Promise<readonly string[]> => {
  let last: readonly string[] = [];
  for (;;) {
    const key = newKey();
    const answer = await send(running, key);
    if (answer === undefined) {
      expect(running.process.killed, 'a request failed before the kill').toBe(true);
      return [...last, key];
    }
    acknowledge(key, answer);
    last = [key];
  }
};

/** Repeats what was not answered: it is recorded now, unless it was already. */
const repeat = async (running: Running, keys: readonly string[], logged: readonly Event[]) => {
  const titles = new Set(logged.map((e) => e.data.fact.title));
  for (const key of keys) {
    const answer = await send(running, key);
    expect(answer?.replayed).toBe(titles.has(key));
    acknowledge(key, answer!);
  }
};

/** Restarts, and holds what is there against what was answered since `head`. */
const comeBack = async (head: number, keys: readonly string[], lost: readonly string[]) => {
  service = await serve({ LEDGER_DATA: folder });
  const ready = await get<{ sequence: number }>(service, '/health/ready');
  const logged = await eventsAfter(service, head);
  expect(logged.map((e) => Number(e.sequence))).toEqual(logged.map((_, i) => head + 1 + i));
  expect(ready.sequence).toBe(head + logged.length);
  for (const key of keys) {
    const { id, sequence } = acknowledged.get(key)!;
    const event = await get<Event>(service, `/v1/events/${id}`);
    expect(event).toMatchObject({ id, sequence: String(sequence), data: { fact: { title: key } } });
  }
  await repeat(service, lost, logged);
  await expectEverything(service);
};

/** Each key has one event, and the read tables hold what the log holds. */
const expectEverything = async (running: Running): Promise<void> => {
  const recorded = (await eventsAfter(running, 0)).filter(
    (e) => e.type === 'nl.participatiewet.occurrence-recorded',
  );
  expect(new Map(recorded.map((e) => [e.data.fact.title, e.id]))).toEqual(
    new Map([...acknowledged].map(([key, { id }]) => [key, id])),
  );
  expect(recorded).toHaveLength(acknowledged.size);
  const { items } = await get<{ items: readonly { eventId: string }[] }>(
    running,
    '/v1/occurrences',
  );
  expect(items).toHaveLength(recorded.length);
  expect(new Set(items.map((i) => i.eventId))).toEqual(new Set(recorded.map((e) => e.id)));
};

/** Writes from all sides, kills when `moment` has come, and sees what is left. */
const round = async (moment: () => Promise<unknown>, beforeRestart = () => {}): Promise<void> => {
  service ??= await serve({ LEDGER_DATA: folder });
  const running = service;
  const { sequence: head } = await get<{ sequence: number }>(running, '/health/ready');
  const before = new Set(acknowledged.keys());
  const writing = Promise.all(Array.from({ length: writers }, () => write(running)));
  await Promise.race([writing, moment()]);
  await running.stop('SIGKILL');
  const lost = (await writing).flat();
  beforeRestart();
  await comeBack(
    head,
    [...acknowledged.keys()].filter((key) => !before.has(key)),
    lost,
  );
};

const randomMoment = () => wait(Math.random() * 250);

test(`loses nothing in ${rounds} kills under load`, async () => {
  for (let count = 0; count < rounds; count += 1) await round(randomMoment);
  expect(acknowledged.size).toBeGreaterThan(rounds * writers);
});

test('makes its read tables again when they are gone', async () => {
  await round(randomMoment, () => rmSync(tables, { recursive: true }));
  expect(existsSync(tables)).toBe(true);
});

test('comes back from a kill while it rebuilds its read tables', async () => {
  const files = () => readdirSync(tables).filter((name) => name.endsWith('.sqlite'));
  const sizeOf = (name: string) => statSync(join(tables, name), { throwIfNoEntry: false })?.size;
  const rebuild = () => callOver(join(folder, 'ledger.sock'))('POST', '/v1/read-tables/_rebuild');
  let whole: readonly string[] = [];
  let ended: unknown = 'not asked';
  const halfway = async (): Promise<void> => {
    // More than are applied at a time, so that some can be there while others are not.
    while (acknowledged.size < 1_500) await wait(5);
    whole = files();
    const answer = rebuild().catch(() => 'lost');
    void answer.then((how) => (ended = how));
    // Larger than tables without events.
    const begun = () => files().some((f) => !whole.includes(f) && (sizeOf(f) ?? 0) > 200_000);
    while (!begun() && ended === 'not asked') await wait(1);
  };
  await round(halfway, () => expect(files()).toHaveLength(2));
  expect(ended).toBe('lost');
  // What was half made is gone; what was whole is in use.
  expect(files()).toEqual(whole);
});
