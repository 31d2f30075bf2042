/** The service on KurrentDB: one setting changes, and nothing else. */
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { bearer, newFolder, run, type Running, serve } from '../cli/support.ts';
import { type Node, startNode } from '../double/node.ts';
import { errors } from '../double/messages.ts';
import { memoryStreams } from '../double/streams.ts';
import { caughtUpAt, eventsIn, readStream } from '../support/event-stream.ts';
import { newKey } from '../support/ledger.ts';

const { folder, remove } = newFolder();
const running: Running[] = [];
const nodes: Node[] = [];
afterAll(async () => {
  await Promise.all(running.map((service) => service.stop('SIGKILL')));
  await Promise.all(nodes.map((node) => node.stop()));
  remove();
});

const node = async (options: Omit<Parameters<typeof startNode>[0], 'streams'> = {}) => {
  const streams = memoryStreams();
  const started = await startNode({ ...options, streams });
  nodes.push(started);
  return { ...started, streams };
};

/** Of the writer on each folder; a command is known again by who gave it. */
const tokens = new Map<string, object>();
let registrar: object = {};

const start = async (
  { port }: { readonly port: number },
  name: string,
  more: Readonly<Record<string, string>> = {},
): Promise<Running> => {
  const service = await serve({
    LEDGER_DATA: join(folder, name),
    LEDGER_LOG: `esdb://127.0.0.1:${port}?tls=false`,
    ...more,
  });
  running.push(service);
  if (more['LEDGER_ROLE'] === 'reader') return service;
  const data = join(folder, name);
  registrar = tokens.get(data) ?? (await bearer({ LEDGER_DATA: data }));
  tokens.set(data, registrar);
  return service;
};

interface Answer {
  readonly items?: readonly { readonly municipality: string }[];
  readonly asOf?: unknown;
  readonly log?: unknown;
}

const get = async ({ address }: Running, path: string) => {
  const response = await fetch(address + path);
  return { status: response.status, body: (await response.json()) as Answer };
};

const joins = ({ address }: Running, municipality: string, key = newKey()) =>
  fetch(`${address}/v1/members`, {
    method: 'POST',
    headers: { ...registrar, 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify({ municipality, name: municipality }),
  });

const names = async (service: Running): Promise<readonly string[]> =>
  (await get(service, '/v1/members')).body.items!.map(({ municipality }) => municipality);

test('it records, answers, and goes on after a restart', async () => {
  const kurrent = await node();
  const service = await start(kurrent, 'a');
  const key = newKey();
  expect((await joins(service, 'gm0828', key)).status).toBe(201);
  const again = await joins(service, 'gm0828', key);
  expect(again.headers.get('idempotency-replayed')).toBe('true');
  expect((await get(service, '/health/ready')).body).toEqual({
    status: 'ready',
    sequence: 1,
    log: { reachable: true, behind: 0 },
  });
  expect((await service.stop()).code).toBe(0);
  const second = await start(kurrent, 'a');
  expect(await names(second)).toEqual(['gm0828']);
  expect((await joins(second, 'gm0828', key)).headers.get('idempotency-replayed')).toBe('true');
  expect(kurrent.streams.head('partnership-ledger')).toBe(1);
});

test('without a server it answers from the mirror; writes come back later', async () => {
  const kurrent = await node();
  const service = await start(kurrent, 'b');
  await joins(service, 'gm0828');
  await kurrent.stop();
  await expect
    .poll(async () => (await get(service, '/health/ready')).body.log, { timeout: 15_000 })
    .toMatchObject({ reachable: false });
  expect((await get(service, '/v1/members')).body.asOf).toMatchObject({ knownAt: 1 });
  const key = newKey();
  const refused = await joins(service, 'gm1948', key);
  expect(refused.status).toBe(503);
  expect(refused.headers.get('retry-after')).toBe('5');
  expect(await refused.json()).toMatchObject({ code: 'unavailable' });
  nodes.push(await startNode({ streams: kurrent.streams, port: kurrent.port }));
  // The same command: also when it was written after all.
  await expect
    .poll(async () => (await joins(service, 'gm1948', key)).status, { timeout: 30_000 })
    .toBe(201);
  expect(await names(service)).toEqual(['gm0828', 'gm1948']);
});

/** Subscriptions are with the writer, which is the one that delivers. */
const subscribes = async (reader: Running, writer: Running): Promise<void> => {
  const ask = async ({ address }: Running, path: string, body?: object) => {
    const headers = { ...registrar, 'content-type': 'application/json' };
    const response = await fetch(`${address}/v1/webhooks${path}`, {
      method: 'POST',
      headers: { ...headers, 'idempotency-key': newKey() },
      body: JSON.stringify(body ?? {}),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  };
  const made = await ask(reader, '', { address: 'https://ontvanger.invalid/', token: 'ons' });
  expect(made).toMatchObject({ status: 201, body: { webhook: { status: 'awaiting' } } });
  const { webhookId } = made.body['webhook'] as { readonly webhookId: string };
  expect(await ask(reader, `/${webhookId}/_pause`)).toMatchObject({ status: 200 });
  const { address } = writer;
  const shown = await fetch(`${address}/v1/webhooks/${webhookId}`, { headers: { ...registrar } });
  expect(await shown.json()).toMatchObject({ webhookId, status: 'paused' });
};

describe('readers', () => {
  test('give the same answers, and pass writes on', async () => {
    const kurrent = await node();
    const writer = await start(kurrent, 'c-writer');
    await joins(writer, 'gm0828');
    const reader = await start(kurrent, 'c-reader', {
      LEDGER_ROLE: 'reader',
      LEDGER_WRITER_URL: writer.address,
    });
    const passed = await joins(reader, 'gm1948');
    expect(passed.status).toBe(201);
    expect(passed.headers.get('location')).toBe('/v1/members/gm1948');
    // Read where it was written, at once.
    expect(await names(reader)).toEqual(['gm0828', 'gm1948']);
    const question = '/v1/members?validAt=2026-01-01&knownAt=2';
    expect(await get(reader, question)).toEqual(await get(writer, question));
    const twice = await joins(reader, 'gm1948');
    expect(twice.status).toBe(409);
    expect(await twice.json()).toMatchObject({ code: 'already-exists' });
    await subscribes(reader, writer);
    await writer.stop();
    const alone = await joins(reader, 'gm0001');
    expect(alone.status).toBe(503);
    expect(alone.headers.get('retry-after')).toBe('5');
    expect(await names(reader)).toEqual(['gm0828', 'gm1948']);
  });

  test('refuse writes without an address to pass them on to, and need a ledger', async () => {
    const kurrent = await node();
    const nothing = await run(
      {
        LEDGER_DATA: join(folder, 'd-reader'),
        LEDGER_LOG: `esdb://127.0.0.1:${kurrent.port}?tls=false`,
        LEDGER_ROLE: 'reader',
        PORT: '0',
      },
      'serve',
    );
    expect(nothing).toMatchObject({ code: 1 });
    expect(nothing.err).toContain('nog geen grootboek');
    await start(kurrent, 'd-writer');
    const reader = await start(kurrent, 'd-reader', { LEDGER_ROLE: 'reader' });
    registrar = await bearer({ LEDGER_DATA: join(folder, 'd-reader') });
    const refused = await joins(reader, 'gm0828');
    expect(refused.status).toBe(503);
    expect(await refused.json()).toMatchObject({ code: 'read-only' });
  });
});

test('a writer that was killed is replaced by another on its folder, and by no reader', async () => {
  const kurrent = await node();
  const writer = await start(kurrent, 'p-writer');
  const reader = await start(kurrent, 'p-reader', { LEDGER_ROLE: 'reader' });
  registrar = tokens.get(join(folder, 'p-writer'))!;
  const key = newKey();
  expect((await joins(writer, 'gm0828', key)).status).toBe(201);
  await writer.stop('SIGKILL');
  await reader.stop();
  // What only the office has: without it nothing can be known again, or signed.
  const LEDGER_LOG = `esdb://127.0.0.1:${kurrent.port}?tls=false`;
  const promoted = await run(
    { LEDGER_DATA: join(folder, 'p-reader'), LEDGER_LOG, PORT: '0' },
    'serve',
  );
  expect(promoted.code).toBe(1);
  expect(promoted.err.trim().split('\n').at(-1)).toMatch(/^Het geheim .* ontbreekt; zet het terug/);
  const next = await start(kurrent, 'p-writer');
  expect((await joins(next, 'gm0828', key)).headers.get('idempotency-replayed')).toBe('true');
  expect((await joins(next, 'gm1948')).status).toBe(201);
  expect(kurrent.streams.head('partnership-ledger')).toBe(2);
});

describe('what it says', () => {
  test('holds no password, also with the debug log of the client', async () => {
    const kurrent = await node();
    const service = await start(kurrent, 'e', {
      LEDGER_LOG: `esdb://ledger:s3cret@127.0.0.1:${kurrent.port}?tls=false`,
      DEBUG: '*',
    });
    await joins(service, 'gm0828');
    const { out, err } = await service.stop();
    expect(out + err).not.toContain('s3cret');
  });

  test('is one line when the connection string is wrong', async () => {
    const ended = await run(
      { LEDGER_DATA: join(folder, 'f'), LEDGER_LOG: 'esdb://ledger:s3cret@node:0' },
      'serve',
    );
    expect(ended.code).toBe(1);
    expect(ended.err.trim().split('\n')).toEqual([
      'LEDGER_LOG: poort 0 bestaat niet; verwacht 1 tot en met 65535.',
    ]);
  });

  test.each([
    [{ LEDGER_ROLE: 'reader' }, 'LEDGER_ROLE reader kan alleen'],
    [{ LEDGER_ROLE: 'both' }, 'verwacht writer of reader'],
    [{ LEDGER_WRITER_URL: 'http://x' }, 'alleen voor een reader'],
    [
      { LEDGER_ROLE: 'reader', LEDGER_LOG: 'esdb://n?tls=false', LEDGER_WRITER_URL: 'ftp://x' },
      'geen adres',
    ],
    [{ LEDGER_STREAM: 'A b' }, 'LEDGER_STREAM is A b'],
  ])('and when a setting is: %j', async (settings: Record<string, string>, words) => {
    const ended = await run({ LEDGER_DATA: join(folder, 'g'), ...settings }, 'serve');
    expect(ended.code).toBe(1);
    expect(ended.err).toContain(words);
    expect(ended.err.trim().split('\n')).toHaveLength(1);
  });
});

test('an error that the client handles in nobody’s name does not end the service', async () => {
  let failing = 0;
  const kurrent = await node({
    // A node that says it does not lead, and not who does: the client fails on that by itself.
    fault: ({ rpc }) => {
      if (rpc !== 'append' || failing === 0) return undefined;
      failing -= 1;
      return { kind: 'fails', error: errors.noLeader() };
    },
  });
  const service = await start(kurrent, 'h');
  failing = 1;
  expect((await joins(service, 'gm0828')).status).toBe(201);
  expect(failing).toBe(0);
  expect((await get(service, '/health/ready')).status).toBe(200);
});

test('a reader streams from its mirror what the writer records', async () => {
  const kurrent = await node();
  const writer = await start(kurrent, 's-writer');
  const reader = await start(kurrent, 's-reader', { LEDGER_ROLE: 'reader' });
  const stream = await readStream(`${reader.address}/v1/event-stream`);
  await stream.until(caughtUpAt(0));
  const joined = (await (await joins(writer, 'gm0828')).json()) as {
    events: { sequence: number }[];
  };
  const { sequence } = joined.events[0]!;
  // A reader that comes from elsewhere may have seen what this mirror has not yet.
  const other = await readStream(`${reader.address}/v1/event-stream`, {
    'last-event-id': String(sequence),
  });
  expect(other.status).toBe(200);
  const sent = eventsIn(await stream.until(caughtUpAt(sequence)));
  const page = await get(writer, '/v1/events');
  expect(sent.map(({ data }) => JSON.parse(data) as unknown)).toEqual(page.body.items);
  await other.until(caughtUpAt(sequence));
  expect((await reader.stop()).code).toBe(0);
  expect(await Promise.all([stream.ended, other.ended])).toEqual(['ended', 'ended']);
});
