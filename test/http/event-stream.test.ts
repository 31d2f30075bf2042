/** The stream of events: everything once, in order, to who may see it, and nobody waits for the slow. */
import { randomUUIDv7 } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import type { EventLog } from '../../src/ledger/event-log.ts';
import { openMemoryLog } from '../../src/log/memory.ts';
import type { Role } from '../../src/ledger/access/index.ts';
import { entry, memberJoined } from '../support/entries.ts';
import {
  caughtUpAt,
  eventsIn,
  type Reader,
  readStream,
  type Sent,
} from '../support/event-stream.ts';
import { testLedger, type TestLedger } from '../support/ledger.ts';
import { id, stated } from '../support/scenario.ts';
import { guarded, type Guarded } from './access-support.ts';

const oss = 'gm0828';
const boekel = 'gm0755';

/** So that tests do not wait for what takes seconds. */
const quick = { quiet: 150, recheck: 50, stuck: 400, look: 20 };

let made: TestLedger;
let t: Guarded;
let address = '';
const open: Reader[] = [];
const start = async (bounds: object = quick, log?: EventLog): Promise<void> => {
  made = await testLedger(log);
  t = await guarded(made, {}, bounds);
  address = await t.app.listen({ host: '127.0.0.1', port: 0 });
};
beforeEach(() => start());
afterEach(async () => {
  for (const reader of open.splice(0)) reader.close();
  expect(t.reported).toEqual([]);
  await t.close();
});

/** A connection that may break off. */
const connected = async (): Promise<Socket> => {
  const { hostname, port } = new URL(address);
  const socket = connect(Number(port), hostname).on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
};

const follow = async (query = '', headers: Record<string, string> = {}): Promise<Reader> => {
  const reader = await readStream(`${address}/v1/event-stream${query}`, headers);
  open.push(reader);
  return reader;
};
const head = (): number => made.log.head().sequence;
const now = () => ({ recordedAt: made.log.head().recordedAt! });
const append = (count: number) =>
  made.log.append(Array.from({ length: count }, () => memberJoined(now())));
const happens = (title: string) =>
  made.log.append([
    entry('OccurrenceRecorded', { occurrenceId: id('o'), kind: 'other', title, about: [] }, now()),
  ]);
const idsOf = (sent: readonly Sent[]): readonly number[] =>
  eventsIn(sent).map((one) => Number(one.id));
const from = (first: number): readonly number[] =>
  Array.from({ length: head() - first + 1 }, (_, i) => first + i);

describe('a reader', () => {
  it('has what there is, is told that this was all, and has what comes', async () => {
    await append(250);
    const reader = await follow();
    expect(reader.status).toBe(200);
    expect(Object.fromEntries(reader.headers)).toMatchObject({
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'api-version': '1.2.3',
    });
    await reader.until(caughtUpAt(250));
    expect(reader.text()).toMatch(/^retry: \d+\n\n/);
    expect(reader.sent().filter(({ event }) => event === 'caught-up')).toHaveLength(1);
    for (let i = 0; i < 20; i += 1) await append(1 + (i % 3));
    const sent = await reader.until(caughtUpAt(head()));
    expect(idsOf(sent)).toEqual(from(0));
    const page = await t.ask('public', { url: '/v1/events?limit=1000' });
    const { items } = page.json<{ items: { type: string }[] }>();
    expect(eventsIn(sent).map(({ data }) => JSON.parse(data) as unknown)).toEqual(items);
    expect(eventsIn(sent).map(({ event }) => event)).toEqual(items.map(({ type }) => type));
    for (const [i, { event, id: at, data }] of sent.entries())
      if (event === 'caught-up') {
        expect(JSON.parse(data)).toEqual({ sequence: at });
        expect(at).toBe(sent[i - 1]!.id);
      }
  });

  it('goes on from every place, by header or parameter', async () => {
    await append(5);
    for (let after = -1; after <= 5; after += 1) {
      const places = [follow(`?after=${after}`)];
      if (after >= 0) {
        const last = { 'last-event-id': String(after) };
        // A browser comes back to the address that it was given at first.
        places.push(follow('', last), follow('?after=0', last), follow(`?after=${after}`, last));
      }
      for (const reader of await Promise.all(places)) {
        expect(idsOf(await reader.until(caughtUpAt(5)))).toEqual(from(after + 1));
        reader.close();
      }
    }
  });

  it('chooses by type and tag, and goes on past what was not for it', async () => {
    await append(3);
    await happens('Eerste');
    await append(2);
    const type = 'nl.participatiewet.occurrence-recorded';
    const reader = await follow(`?type=${type}`);
    const byTag = await follow(`?tag=municipality:${oss}`);
    expect(idsOf(await reader.until(caughtUpAt(6)))).toEqual([4]);
    expect(idsOf(await byTag.until(caughtUpAt(6)))).toEqual([1, 2, 3, 5, 6]);
    await append(2);
    await reader.until(caughtUpAt(8));
    await happens('Tweede');
    expect(idsOf(await reader.until(caughtUpAt(9)))).toEqual([4, 9]);
    expect(idsOf(await byTag.until(caughtUpAt(9)))).toEqual([1, 2, 3, 5, 6, 7, 8]);
    const again = await follow(`?type=${type}`, { 'last-event-id': '8' });
    expect(idsOf(await again.until(caughtUpAt(9)))).toEqual([9]);
  });

  it('is kept by comments while nothing happens', async () => {
    const reader = await follow();
    await expect.poll(() => reader.text().match(/^:\n\n/gm)?.length ?? 0).toBeGreaterThan(2);
    expect(eventsIn(reader.sent())).toHaveLength(1);
  });

  it('may ask about the address without being given a stream', async () => {
    const url = `${address}/v1/event-stream`;
    const asked = await fetch(url, { method: 'HEAD' });
    expect([asked.status, asked.headers.get('content-type')]).toEqual([200, 'text/event-stream']);
    const options = await fetch(url, { method: 'OPTIONS' });
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, HEAD, OPTIONS']);
    expect((await fetch(url, { method: 'POST' })).status).toBe(405);
  });
});

test.each([
  ['', { 'last-event-id': '2' }, 'Last-Event-ID: ligt na de laatste gebeurtenis (1)'],
  ['', { 'last-event-id': '-1' }, 'Last-Event-ID: verwacht een volgnummer (vanaf 0)'],
  ['', { 'last-event-id': 'x' }, 'Last-Event-ID: verwacht een volgnummer (vanaf 0)'],
  ['', { 'last-event-id': '' }, 'Last-Event-ID: verwacht een volgnummer (vanaf 0)'],
  ['', { 'last-event-id': '1e3' }, 'Last-Event-ID: verwacht een volgnummer (vanaf 0)'],
  ['', { 'last-event-id': '9'.repeat(20) }, 'Last-Event-ID: verwacht een volgnummer (vanaf 0)'],
  ['?after=1', { 'last-event-id': '0' }, 'Last-Event-ID: ligt vóór after (1)'],
  ['?after=2', {}, 'after: ligt na de laatste gebeurtenis (1)'],
  ['?after=-2', {}, 'after: verwacht een volgnummer (vanaf -1)'],
  ['?after=0&after=1', {}, 'after: staat er meer dan eens'],
  ['?type=Nope', {}, 'type: onbekend type'],
  ['?tag=nope', {}, 'tag: '],
  ['?validAt=2026-01-01', {}, 'validAt: onbekende parameter'],
])('%s with %j is refused', async (query, headers, words) => {
  await append(1);
  const response = await fetch(`${address}/v1/event-stream${query}`, { headers });
  expect(response.status).toBe(400);
  expect(response.headers.get('content-type')).toContain('application/problem+json');
  expect(((await response.json()) as { detail: string }).detail).toContain(words);
});

describe('what is seen', () => {
  const record = async (command: string, body: object, date = '2025-02-01') =>
    made.take(command, body as Record<string, unknown>, {
      mode: 'register',
      evidence: [stated],
      validFrom: { earliest: date, latest: date },
    });
  const pays = (municipality: string) =>
    record(
      'make-payment',
      { municipality, amountCents: '900', note: `van ${municipality}` },
      '2025-01-15',
    );
  const joins = (municipality: string) =>
    record('join-member', { municipality, name: municipality }, '2017-01-01');

  const seeing: readonly Role[] = [
    'public',
    'auditor',
    'municipality',
    'stuurgroep',
    'ibn',
    'service',
    'administrator',
  ];
  it.each(seeing)('by %s is what its pages show, before and as it comes', async (role) => {
    for (const one of [oss, boekel]) await joins(one);
    for (const one of [oss, boekel]) await pays(one);
    const reader = await follow('', t.as(role));
    await reader.until(caughtUpAt(head()));
    for (const one of [boekel, oss, boekel]) await pays(one);
    await joins('gm0856');
    const sent = await reader.until(caughtUpAt(head()));
    const page = await t.ask(role, { url: '/v1/events?limit=1000' });
    const { items } = page.json<{ items: unknown[] }>();
    expect(eventsIn(sent).map(({ data }) => JSON.parse(data) as unknown)).toEqual(items);
  });

  it('by a service is of the types that its token has', async () => {
    await joins(oss);
    const types = ['PaymentMade'];
    const { token } = t.entrance.tokens.create({ role: 'service', types, expires: '2999-12-31' });
    const reader = await follow('', { authorization: `Bearer ${token}` });
    await reader.until(caughtUpAt(head()));
    await pays(oss);
    await joins(boekel);
    const sent = await reader.until(caughtUpAt(head()));
    expect(eventsIn(sent).map(({ event }) => event)).toEqual(['nl.participatiewet.payment-made']);
  });

  it('by a municipality is also of whom has just merged into it', async () => {
    for (const one of [oss, boekel]) await joins(one);
    const reader = await follow('', t.as('municipality', 'gm1991'));
    await reader.until(caughtUpAt(head()));
    await pays(boekel);
    const merger = { successor: 'gm1991', name: 'Maashorst', predecessors: [oss, boekel] };
    await record('merge-municipalities', merger);
    await pays(boekel);
    const sent = await reader.until(caughtUpAt(head()));
    expect(idsOf(sent)).toEqual([0, 1, 2, 4, 5]);
  });
});

describe('a stream ends', () => {
  const token = () => t.entrance.tokens.create({ role: 'service', expires: '2026-01-02' });

  it('soon after its token is revoked, or has expired', async () => {
    const [revoked, expired] = [token(), token()];
    const readers = await Promise.all(
      [revoked, expired].map((one) => follow('', { authorization: `Bearer ${one.token}` })),
    );
    for (const reader of readers) await reader.until(caughtUpAt(0));
    const other = await follow('', t.as('auditor'));
    t.entrance.tokens.revoke(revoked.tokenId);
    expect(await readers[0]!.ended).toBe('ended');
    t.later(3 * 24 * 3_600_000);
    expect(await readers[1]!.ended).toBe('ended');
    await append(1);
    await other.until(caughtUpAt(1));
    expect(eventsIn(readers.flatMap((reader) => reader.sent()))).toHaveLength(2);
  });

  it('before anybody is told that its token was revoked', async () => {
    await t.close();
    await start({ ...quick, recheck: 60_000, look: 60_000 });
    const { token: text, tokenId } = token();
    const reader = await follow('', { authorization: `Bearer ${text}` });
    const other = await follow('', t.as('auditor'));
    for (const one of [reader, other]) await one.until(caughtUpAt(0));
    await t.ask('local', { method: 'POST', url: `/v1/tokens/${tokenId}/_revoke` });
    await append(1);
    expect(await reader.ended).toBe('ended');
    await other.until(caughtUpAt(1));
    expect(idsOf(reader.sent())).toEqual([0]);
  });

  it('with its session, which it does not keep alive', async () => {
    const agent = {
      'user-agent': 'A browser',
      'content-type': 'application/x-www-form-urlencoded',
    };
    const links = await t.ask('local', { method: 'POST', url: '/v1/sign-in-links' });
    const code = new URL(links.json<{ link: string }>().link).searchParams.get('code')!;
    const signed = await t.ask('public', {
      method: 'POST',
      url: '/aanmelden',
      headers: agent,
      payload: `code=${code}`,
    });
    const cookie = String(signed.headers['set-cookie']).split(';', 1)[0]!;
    const reader = await follow('', { 'user-agent': 'A browser', cookie });
    await reader.until(caughtUpAt(0));
    t.later(20 * 60_000);
    await wait(3 * quick.recheck);
    t.later(11 * 60_000);
    expect(await reader.ended).toBe('ended');
  });

  it('in good order when the service stops, and none begins after', async () => {
    const readers = await Promise.all([follow(), follow('?type=PaymentMade'), follow()]);
    for (const reader of readers) await reader.until(caughtUpAt(0));
    await t.app.close();
    expect(await Promise.all(readers.map(({ ended }) => ended))).toEqual([
      'ended',
      'ended',
      'ended',
    ]);
  });

  it('when the log does', async () => {
    const reader = await follow();
    await reader.until(caughtUpAt(0));
    await made.log.close();
    expect(await reader.ended).toBe('ended');
  });
});

describe('a reader that does not read', () => {
  /** Asks for a stream and takes in nothing of it, until it is told to. */
  const stuck = async (): Promise<Socket> => {
    const socket = await connected();
    socket.write('GET /v1/event-stream HTTP/1.1\r\nHost: x\r\n\r\n');
    socket.pause();
    return socket;
  };
  const large = () =>
    made.log.append(
      Array.from({ length: 20 }, () =>
        entry(
          'OccurrenceRecorded',
          { occurrenceId: id('o'), kind: 'other', title: 'Groot', about: [] },
          { ...now(), restsOn: Array.from({ length: 400 }, () => randomUUIDv7()) },
        ),
      ),
    );
  /** Bytes that wait in this process for all readers. */
  const waiting = (sockets: ReadonlySet<Socket>): number =>
    Math.max(...[...sockets].map(({ writableLength }) => writableLength));

  it('is cut off, holds up nobody, and costs no memory; then it can go on', async () => {
    const sockets = new Set<Socket>();
    t.app.server.on('connection', (socket: Socket) => sockets.add(socket));
    const idle = await stuck();
    const reader = await follow();
    await reader.until(caughtUpAt(0));
    let most = 0;
    // More than the system takes in between the two.
    for (let i = 0; i < 60; i += 1) {
      await large();
      await reader.until(caughtUpAt(head()));
      most = Math.max(most, waiting(sockets));
    }
    expect(idsOf(reader.sent())).toEqual(from(0));
    // The bound, and what is sent at once.
    expect(most).toBeLessThan(256 * 1024 + 100 * 20_000);
    let text = '';
    await wait(quick.stuck * 2);
    expect([...sockets].filter(({ destroyed }) => destroyed)).toHaveLength(1);
    idle.on('data', (chunk) => (text += String(chunk))).resume();
    await once(idle, 'close');
    const last = [...text.matchAll(/^id: (\d+)\nevent: .*\ndata: .*\n\n/gm)].at(-1)![1]!;
    expect(Number(last)).toBeLessThan(head());
    const again = await follow('', { 'last-event-id': last });
    expect(idsOf(await again.until(caughtUpAt(head())))).toEqual(from(Number(last) + 1));
  }, 30_000);

  it('for a while goes on where it was, without having been cut off', async () => {
    await t.close();
    await start({ ...quick, stuck: 60_000, waiting: 1_000 });
    const slow = await stuck();
    let text = '';
    for (let i = 0; i < 40; i += 1) await large();
    await wait(300);
    slow.on('data', (chunk) => (text += String(chunk))).resume();
    await expect.poll(() => text.includes(`id: ${head()}\nevent: caught-up`)).toBe(true);
    await append(3);
    await expect.poll(() => text.includes(`id: ${head()}\nevent: caught-up`)).toBe(true);
    const ids = [...text.matchAll(/^id: (\d+)\nevent: nl/gm)].map(([, one]) => Number(one));
    expect(ids).toEqual(from(0));
    slow.destroy();
  }, 30_000);
});

describe('bounds', () => {
  const refused = async (headers: Record<string, string> = {}) => {
    const response = await fetch(`${address}/v1/event-stream`, { headers });
    const { code } = (await response.json()) as { code: string };
    return [response.status, code, response.headers.get('retry-after')];
  };

  it('hold for one caller, for one address and in total; a place comes free again', async () => {
    await t.close();
    await start({ ...quick, perAddress: 2, perCaller: 3, total: 6 });
    const [first] = [await follow(), await follow()];
    expect(await refused()).toEqual([429, 'too-many-requests', '30']);
    for (let i = 0; i < 3; i += 1) await follow('', t.as('service'));
    expect(await refused(t.as('service'))).toEqual([429, 'too-many-requests', '30']);
    await follow('', t.as('ibn'));
    expect(await refused(t.as('ibn'))).toEqual([503, 'unavailable', '30']);
    first.close();
    await expect.poll(async () => (await follow('', t.as('ibn'))).status).toBe(200);
    expect(await refused(t.as('ibn'))).toEqual([503, 'unavailable', '30']);
  });

  it('hold for streams asked for one after the other on one connection', async () => {
    await t.close();
    await start({ ...quick, perAddress: 3 });
    const socket = await connected();
    socket.write('GET /v1/event-stream HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(3));
    await expect.poll(() => refused()).toEqual([429, 'too-many-requests', '30']);
    socket.destroy();
    await expect.poll(async () => (await follow()).status).toBe(200);
  });

  it('let readers come and go, and end what is shared with the last', async () => {
    for (let round = 0; round < 30; round += 1) {
      const reader = await follow();
      await reader.until(caughtUpAt(head()));
      if (round % 2 === 0) await append(1);
      reader.close();
      if (round % 3 === 0) await append(2);
    }
    const reader = await follow();
    await reader.until(caughtUpAt(head()));
    await append(1);
    expect(idsOf(await reader.until(caughtUpAt(head())))).toEqual(from(0));
  });
});

test('under steady writing, readers that begin anywhere have every event once and in order', async () => {
  await append(700);
  const total = 2_000;
  const writing = (async () => {
    while (head() < total) {
      await append(1 + (head() % 7));
      await wait(1);
    }
  })();
  const readers: Promise<void>[] = [];
  for (let i = 0; i < 12; i += 1) {
    const after = i % 3 === 0 ? head() : (i * 97) % 700;
    const type = i % 2 === 0 ? '' : '&type=MemberJoined';
    readers.push(
      (async () => {
        const reader = await follow(`?after=${after}${type}`);
        const ids = idsOf(await reader.until((sent) => Number(sent.at(-1)?.id) >= total));
        const first = after + 1;
        expect(ids).toEqual(ids.map((_, at) => first + at));
        expect(ids.length).toBeGreaterThanOrEqual(total - after);
      })(),
    );
    await wait(20);
  }
  await writing;
  await Promise.all(readers);
});

test('a log whose following breaks again and again costs no reader an event', async () => {
  await t.close();
  const log = openMemoryLog();
  const breaking = async function* (after: number, signal: AbortSignal) {
    let left = 4;
    for await (const next of log.follow(after, signal)) {
      if (left === 0) throw new Error('cannot be followed now');
      left -= 1;
      yield next;
    }
  };
  await start({ ...quick, startOver: 20 }, { ...log, follow: breaking });
  const readers = [await follow(), await follow('?type=MemberJoined')];
  for (let i = 0; i < 20; i += 1) {
    await append(2);
    await wait(10);
  }
  // And who comes while it is broken.
  readers.push(await follow());
  for (const reader of readers) await reader.until(caughtUpAt(head()));
  expect(readers.map((reader) => idsOf(reader.sent()))).toEqual([from(0), from(1), from(0)]);
  expect(t.reported.length).toBeGreaterThan(0);
  t.reported.splice(0);
});
