/** Subscriptions that break off, stall, or say too little or too much: every event once, in order. */
import { describe, expect, test } from 'vitest';
import { canonicalText } from '../../events/index.ts';
import type { EventLog } from '../../src/ledger/event-log.ts';
import { errors } from '../double/messages.ts';
import type { Fault, NodeOptions } from '../double/node.ts';
import { ledgerOpened, memberJoined } from '../support/entries.ts';
import { temporaryFolder } from '../support/folders.ts';
import { type Double, openOn, startDouble } from '../support/kurrent.ts';

/** A reader beside a writer; the reader's subscription is the second one on the node. */
const beside = async (options: Partial<NodeOptions> = {}) => {
  const double = await startDouble(options);
  const writer = await openOn(double);
  await writer.append([ledgerOpened()]);
  return { double, writer };
};

const more = async (log: EventLog, count: number): Promise<void> => {
  for (let i = 0; i < count; i += 1) await log.append([memberJoined()]);
};

/** Follows up to and with a sequence. */
const seenUpTo = async (log: EventLog, last: number): Promise<readonly string[]> => {
  const stop = new AbortController();
  const texts: string[] = [];
  for await (const next of log.follow(-1, stop.signal)) {
    if (next.kind !== 'event') continue;
    texts.push(next.event.text);
    if (next.event.sequence === last) stop.abort();
  }
  return texts;
};

const textsOf = async (log: EventLog): Promise<readonly string[]> =>
  (await log.read('all')).map(({ text }) => text);

describe('a reader has every event once and in order when its subscription', () => {
  const faults: readonly (readonly [string, Fault])[] = [
    ['is dropped', { kind: 'breaks', after: 2, error: errors.unavailable() }],
    ['is reset', { kind: 'breaks', after: 2, error: errors.reset() }],
    ['is too slow', { kind: 'breaks', after: 2, error: errors.tooSlow() }],
    ['ends without a word', { kind: 'breaks', after: 2 }],
    ['stalls', { kind: 'stalls', after: 2 }],
    ['never begins', { kind: 'silent', done: false }],
  ];
  test.each(faults)('%s', async (_name, fault) => {
    const { double, writer } = await beside({
      // Every subscription but the tenth.
      fault: ({ rpc, number }) => (rpc === 'subscribe' && number < 10 ? fault : undefined),
    });
    const reader = await openOn(double, { role: 'reader' });
    const seeing = seenUpTo(reader, 12);
    await more(writer, 12);
    expect(await seeing).toEqual(await textsOf(writer));
  });

  test.each(['early', 'never'] as const)('says %s that it has caught up', async (caughtUp) => {
    const { double, writer } = await beside({ caughtUp });
    await more(writer, 5);
    const reader = await openOn(double, { role: 'reader' });
    const stop = new AbortController();
    const words: string[] = [];
    for await (const next of reader.follow(-1, stop.signal)) {
      words.push(next.kind === 'event' ? String(next.event.sequence) : `caught-up ${next.head}`);
      if (next.kind === 'event' && next.event.sequence === 6) stop.abort();
      else if (next.kind === 'caught-up') await more(writer, 1);
    }
    expect(words).toEqual(['0', '1', '2', '3', '4', '5', 'caught-up 5', '6']);
  });
});

test('a stream that is not there yet is followed from its first event', async () => {
  const double = await startDouble();
  const reader = await openOn(double, { role: 'reader' });
  expect(reader.head().sequence).toBe(-1);
  const writer = await openOn(double);
  const seeing = seenUpTo(reader, 1);
  await writer.append([ledgerOpened(), memberJoined()]);
  expect(await seeing).toEqual(await textsOf(writer));
});

test('a follower that is stopped and started a hundred times has every event once', async () => {
  const { double, writer } = await beside({
    fault: ({ rpc, number }) =>
      rpc === 'subscribe' && number % 3 === 1
        ? { kind: 'breaks', after: number % 7, error: errors.unavailable() }
        : undefined,
  });
  const total = 400;
  const folder = temporaryFolder();
  const seen: string[] = [];
  /** Reads so many events, or what is there now, and stops in the middle. */
  const readSome = async (count: number): Promise<void> => {
    const reader = await openOn(double, { role: 'reader', folder });
    const stop = new AbortController();
    const enough = seen.length + count;
    for await (const next of reader.follow(seen.length - 1, stop.signal)) {
      if (next.kind === 'event') seen.push(next.event.text);
      if (next.kind === 'caught-up' || seen.length === enough) stop.abort();
    }
    await reader.close();
  };
  const writing = more(writer, total);
  for (let run = 0; run < 100; run += 1) await readSome(1 + (run % 5));
  await writing;
  while (seen.length <= total) await readSome(50);
  expect(seen).toEqual(await textsOf(writer));
  expect(seen).toHaveLength(total + 1);
});

describe('a mirror', () => {
  const made = async (): Promise<{ double: Double; folder: string; texts: readonly string[] }> => {
    const double = await startDouble();
    const folder = temporaryFolder();
    const log = await openOn(double, { folder });
    const entries = [ledgerOpened(), memberJoined(), memberJoined()];
    await log.append(entries);
    await log.close();
    return { double, folder, texts: entries.map(canonicalText) };
  };

  test('has the bytes of the stream, and reads them without it', async () => {
    const { double, folder, texts } = await made();
    await double.node.stop();
    const log = await openOn(double, { folder });
    expect(await textsOf(log)).toEqual(texts);
    expect(log.state()).toMatchObject({ reachable: false });
  });

  test('that is thrown away comes again from the stream', async () => {
    const { double, texts } = await made();
    expect(await textsOf(await openOn(double))).toEqual(texts);
  });

  test('catches up over many pages, telling how far it is', async () => {
    const double = await startDouble();
    const writer = await openOn(double, { timing: {} });
    await writer.append([ledgerOpened()]);
    await Promise.all(Array.from({ length: 1_200 }, () => writer.append([memberJoined()])));
    const told: number[] = [];
    const reader = await openOn(double, { timing: {}, progress: (done) => told.push(done) });
    expect(await textsOf(reader)).toEqual(await textsOf(writer));
    expect(told.at(-1)).toBe(1_201);
    expect(told.length).toBeGreaterThan(2);
  });
});
