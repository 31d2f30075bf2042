/** Streams that are not this ledger's, or no longer; writers that are two; leaders that change. */
import { describe, expect, test } from 'vitest';
import { canonicalText, type Entry } from '../../events/index.ts';
import { ForeignLogError, LogUnavailableError } from '../../src/ledger/event-log.ts';
import { readAddress } from '../../src/log/kurrentdb/address.ts';
import type { Notice } from '../../src/log/kurrentdb/condition.ts';
import { type Node, startNode } from '../double/node.ts';
import { memoryStreams, type Proposed } from '../double/streams.ts';
import { ledgerOpened, memberJoined } from '../support/entries.ts';
import { temporaryFolder } from '../support/folders.ts';
import { type Double, idsIn, newStream, openOn, startDouble } from '../support/kurrent.ts';

const json = (text: string, { id, type }: { id: string; type: string }): Proposed => ({
  id,
  type,
  contentType: 'application/json',
  data: Buffer.from(text),
});
const stored = (entry: Entry): Proposed => json(canonicalText(entry), entry);

const put = ({ streams, stream }: Double, ...events: readonly Proposed[]): void => {
  streams.append(stream, 'any', events);
};
const metadata = ({ streams, stream }: Double, value: object): void => {
  const event = { id: memberJoined().id, type: '$metadata' };
  streams.append(`$$${stream}`, 'any', [json(JSON.stringify(value), event)]);
};

describe('a stream is refused, and told what was found', () => {
  const good = (): Proposed => stored(memberJoined());
  const spoilt: readonly (readonly [string, (double: Double) => void, string])[] = [
    ['of another', (d) => put(d, json('{"a":1}', { id: good().id, type: 'Order' })), 'Order'],
    ['that does not begin with LedgerOpened', (d) => put(d, good()), 'LedgerOpened'],
    [
      'with an event by somebody else',
      (d) => put(d, stored(ledgerOpened()), json('[1]', { id: good().id, type: 'Other' })),
      'event 1 of the stream (Other)',
    ],
    [
      'with something that is not JSON',
      (d) => put(d, stored(ledgerOpened()), { ...good(), contentType: 'application/octet-stream' }),
      'not a JSON object',
    ],
    [
      'with JSON that is cut off',
      (d) => put(d, stored(ledgerOpened()), json('{"format":1,', { ...memberJoined() })),
      'not a JSON object',
    ],
    [
      'with a type of a later version of the program',
      (d) => put(d, stored(ledgerOpened()), { ...good(), type: 'MemberMoved' }),
      'its id or type is another',
    ],
    [
      'with an id that is not the entry’s',
      (d) => put(d, stored(ledgerOpened()), { ...good(), id: memberJoined().id }),
      'its id or type is another',
    ],
    [
      'with a second LedgerOpened',
      (d) => put(d, stored(ledgerOpened()), stored(ledgerOpened())),
      'only first',
    ],
    [
      'that goes back in time',
      (d) =>
        put(
          d,
          stored(ledgerOpened()),
          stored(memberJoined({ recordedAt: '2025-01-01T00:00:00.000Z' })),
        ),
      'back in time',
    ],
    [
      'whose beginning is gone',
      (d) => {
        put(d, stored(ledgerOpened()), good(), good());
        d.streams.cut(d.stream, ({ revision }) => revision > 0);
      },
      'event 0 is missing',
    ],
    [
      'with a gap',
      (d) => {
        put(d, stored(ledgerOpened()), good(), good());
        d.streams.cut(d.stream, ({ revision }) => revision !== 1);
      },
      'event 1 is missing',
    ],
    ['with $maxCount', (d) => metadata(d, { $maxCount: 10 }), '$maxCount 10'],
    ['with $maxAge', (d) => metadata(d, { $maxAge: 60 }), '$maxAge 60'],
    ['that was truncated, or deleted', (d) => metadata(d, { $tb: 5 }), '$tb 5'],
    ['that was deleted for ever', (d) => d.streams.deleted.add(d.stream), 'deleted'],
  ];
  test.each(spoilt)('%s', async (_name, spoil, words) => {
    const double = await startDouble();
    spoil(double);
    const opening = openOn(double);
    await expect(opening).rejects.toThrow(ForeignLogError);
    await expect(opening).rejects.toThrow(words);
  });

  test('but rights on it limit nothing', async () => {
    const double = await startDouble();
    metadata(double, { $acl: { $w: 'ledger' } });
    const log = await openOn(double);
    expect(await log.append([ledgerOpened()])).toMatchObject({ first: 0 });
  });
});

describe('a stream that goes wrong later', () => {
  const spoiltLater = async (spoil: (double: Double) => void): Promise<readonly Notice[]> => {
    const double = await startDouble();
    const told: Notice[] = [];
    const log = await openOn(double, { report: (notice) => told.push(notice) });
    await log.append([ledgerOpened(), memberJoined()]);
    spoil(double);
    await expect.poll(() => log.state().trouble, { timeout: 10_000 }).toBeDefined();
    expect(await log.read('all')).toHaveLength(2);
    await expect(log.append([memberJoined()])).rejects.toThrow(LogUnavailableError);
    return told.filter(({ kind }) => kind === 'spoilt');
  };

  test('by an event of others is only read, up to there', async () => {
    const told = await spoiltLater((d) =>
      put(d, json('{"a":1}', { id: memberJoined().id, type: 'Order' })),
    );
    expect(told).toHaveLength(1);
    expect(told[0]!.detail).toContain('event 2 of the stream (Order)');
  });

  test('by losing what was seen, as an older copy does', async () => {
    const told = await spoiltLater(({ streams, stream }) =>
      streams.cut(stream, ({ revision }) => revision < 1),
    );
    expect(told[0]!.detail).toContain('ends at 0, but 1 was seen before');
  });

  test('by a retention limit', async () => {
    const told = await spoiltLater((d) => metadata(d, { $maxAge: 60 }));
    expect(told[0]!.detail).toContain('$maxAge');
  });

  test('by being another one than the mirror’s', async () => {
    const double = await startDouble();
    const folder = temporaryFolder();
    const first = await openOn(double, { folder });
    await first.append([ledgerOpened(), memberJoined()]);
    await first.close();
    const other = { ...double, stream: newStream() };
    put(other, stored(ledgerOpened()), stored(memberJoined()));
    await expect(openOn(other, { folder })).rejects.toThrow('another one than was seen');
  });
});

describe('two writers by mistake', () => {
  test('do no harm, and are noticed', async () => {
    const double = await startDouble();
    const told: Notice[] = [];
    const report = (notice: Notice): number => told.push(notice);
    const [one, two] = [await openOn(double, { report }), await openOn(double, { report })];
    await one.append([ledgerOpened()]);
    const writing = [one, two].map(async (log) => {
      const written: string[] = [];
      while (written.length < 20) {
        const entry = memberJoined();
        const { outcome } = await log.append([entry]);
        if (outcome === 'appended') written.push(entry.id);
      }
      return written;
    });
    const written = (await Promise.all(writing)).flat();
    const ids = idsIn(double);
    expect(ids).toHaveLength(41);
    expect([...ids.slice(1)].sort()).toEqual([...written].sort());
    await expect.poll(() => one.head().sequence + two.head().sequence).toBe(80);
    expect(await one.read('all')).toEqual(await two.read('all'));
    expect(told.filter(({ kind }) => kind === 'other-writer').length).toBeGreaterThan(0);
  });

  test('cannot both make true what only one may', async () => {
    const double = await startDouble();
    const logs = [await openOn(double), await openOn(double)];
    await logs[0]!.append([ledgerOpened()]);
    await expect.poll(() => logs[1]!.head().sequence).toBe(0);
    const once = { failIfEventsMatch: [{ tags: ['municipality:gm0828'] }], after: 0 };
    const outcomes = await Promise.all(logs.map((log) => log.append([memberJoined()], once)));
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['appended', 'conflict']);
    expect(idsIn(double)).toHaveLength(2);
  });

  test('a reader writes nothing', async () => {
    const double = await startDouble();
    const reader = await openOn(double, { role: 'reader' });
    await expect(reader.append([ledgerOpened()])).rejects.toThrow(LogUnavailableError);
    expect(idsIn(double)).toEqual([]);
  });
});

/** Three nodes with the same streams, one of which leads. */
const cluster = async () => {
  const streams = memoryStreams();
  const nodes: (Node | undefined)[] = [];
  const ports: number[] = [];
  let leader = 0;
  const members = () =>
    ports.map((port, i) => ({ port, leader: i === leader, alive: nodes[i] !== undefined }));
  const up = async (i: number): Promise<void> => {
    const isLeader = (): boolean => i === leader;
    nodes[i] = await startNode({ streams, members, isLeader, port: ports[i] ?? 0 });
    ports[i] = nodes[i].port;
  };
  for (const i of [0, 1, 2]) await up(i);
  return {
    streams,
    address: readAddress(`esdb://${ports.map((p) => `127.0.0.1:${p}`).join(',')}?tls=false`),
    follower: () => ({ port: ports[(leader + 1) % 3]! }),
    /** The leader stays, and leads no longer. */
    stepDown: () => (leader = (leader + 1) % 3),
    /** The leader is gone, and comes back as a follower. */
    kill: async () => {
      const gone = leader;
      await nodes[gone]?.stop();
      nodes[gone] = undefined;
      leader = (leader + 1) % 3;
      await up(gone);
    },
    stop: async () => {
      for (const node of nodes) await node?.stop();
    },
    /** All of them, after they were stopped. */
    start: async () => {
      for (const i of [0, 1, 2]) await up(i);
    },
  };
};

describe('a cluster', () => {
  test.each(['stepDown', 'kill'] as const)(
    'whose leader changes (%s) loses nothing and doubles nothing',
    async (change) => {
      const made = await cluster();
      const stream = newStream();
      const log = await openOn({ node: made.follower(), stream }, { address: made.address });
      await log.append([ledgerOpened()]);
      const written: string[] = [];
      for (let round = 0; round < 4; round += 1) {
        const writing = Array.from({ length: 30 }, async () => {
          const entry = memberJoined();
          expect(await log.append([entry])).toMatchObject({ outcome: 'appended' });
          written.push(entry.id);
        });
        await made[change]();
        await Promise.all(writing);
      }
      const ids = made.streams.read(stream)!.map(({ id }) => id);
      expect(ids.slice(1)).toEqual(written);
      await log.close();
      await made.stop();
    },
  );

  test('that was not found at all is found again, and written to', async () => {
    const [folder, stream] = [temporaryFolder(), newStream()];
    const made = await cluster();
    const options = { address: made.address, folder };
    const before = await openOn({ node: made.follower(), stream }, options);
    await before.append([ledgerOpened()]);
    await before.close();
    await made.stop();
    // The client gives up on discovery, for good; its writes would fail from then on.
    const log = await openOn({ node: made.follower(), stream }, options);
    expect(log.state().reachable).toBe(false);
    await expect(log.append([memberJoined()])).rejects.toThrow(LogUnavailableError);
    await made.start();
    await expect.poll(() => log.state().reachable, { timeout: 10_000 }).toBe(true);
    expect(await log.append([memberJoined()])).toMatchObject({ first: 1 });
    await log.close();
    await made.stop();
  });

  test('is written to through any of its nodes', async () => {
    const made = await cluster();
    const log = await openOn({ node: made.follower(), stream: newStream() });
    expect(await log.append([ledgerOpened()])).toMatchObject({ first: 0 });
    await log.close();
    await made.stop();
  });
});
