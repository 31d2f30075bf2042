import { expect, test } from 'vitest';
import { canonicalText, type Entry } from '../../events/index.ts';
import {
  type EventLog,
  InvalidEntryError,
  LogClosedError,
  TooLargeError,
} from '../../src/ledger/event-log.ts';
import { entry, ledgerOpened, memberJoined } from '../support/entries.ts';

type Fresh = () => Promise<EventLog>;

const joined = (count: number): Entry[] => Array.from({ length: count }, () => memberJoined());
const at = (recordedAt: string): Entry => memberJoined({ recordedAt });

/** A finding with about so many bytes of text. */
const finding = (bytes: number): Entry =>
  entry('FindingRecorded', {
    findingId: '01FND000000000000000000000',
    kind: 'noted',
    severity: 'note',
    description: 'x',
    about: [],
    figures: Array.from({ length: Math.ceil(bytes / 230) }, (_, i) => ({
      name: `figure-${i}`,
      value: 'y'.repeat(200),
    })),
  });

/** Large by its evidence: the schemas leave room for more than an entry may weigh. */
const heavy = (bytes: number): Entry => {
  const note = 'x'.repeat(2000);
  return memberJoined({
    evidence: Array.from({ length: Math.ceil(bytes / 2050) }, () => ({
      source: 'S0',
      basis: 'inferred',
      reasoning: note,
    })),
    sealed: Array.from({ length: 2 }, () => ({
      field: 'remark',
      schema: 1,
      key: '01KEY000000000000000000000',
      nonce: 'A'.repeat(16),
      sealed: 'A'.repeat(bytes > 40_000 ? 8_000 : 24),
    })),
  });
};

const refusesAll = async (
  log: EventLog,
  entries: readonly Entry[],
  error: new (message: string) => Error,
): Promise<void> => {
  const before = log.head();
  await expect(log.append(entries)).rejects.toThrow(error);
  expect(log.head()).toEqual(before);
  expect(await log.read('all', { from: before.sequence + 1 })).toEqual([]);
};

export const appending = (fresh: Fresh): void => {
  test('is empty at first', async () => {
    const log = await fresh();
    expect(log.head()).toEqual({ sequence: -1 });
    expect(await log.read('all')).toEqual([]);
  });

  test('gives sequences without gaps, and tells where entries went', async () => {
    const log = await fresh();
    expect(await log.append([ledgerOpened()])).toEqual({ outcome: 'appended', first: 0, last: 0 });
    expect(await log.append(joined(3))).toEqual({ outcome: 'appended', first: 1, last: 3 });
    expect(await log.append(joined(1))).toEqual({ outcome: 'appended', first: 4, last: 4 });
    expect((await log.read('all')).map((e) => e.sequence)).toEqual([0, 1, 2, 3, 4]);
    expect(log.head()).toEqual({ sequence: 4, recordedAt: '2026-01-01T00:00:00.000Z' });
  });

  test('gives back the canonical bytes, and the entry', async () => {
    const log = await fresh();
    const name = 'Oß – ’s-Hertogenbosch \u{1F600}\u2028';
    const entries = [ledgerOpened(), memberJoined({ data: { name } }), finding(4_000)];
    await log.append(entries);
    const stored = await log.read('all');
    expect(stored.map((e) => e.text)).toEqual(entries.map(canonicalText));
    expect(stored.map((e) => e.entry)).toEqual(entries);
    expect(await log.byId(entries[1]!.id)).toEqual(stored[1]);
    expect(await log.byId(memberJoined().id)).toBeUndefined();
    const asked = [2, 0, 2].map((n) => entries[n]!.id);
    expect(await log.byIds([...asked, memberJoined().id])).toEqual([stored[0], stored[2]]);
  });

  test('keeps what was handed over, whatever becomes of that object', async () => {
    const log = await fresh();
    const first = ledgerOpened();
    const text = canonicalText(first);
    const appended = log.append([first]);
    first.recordedAt = '2027-01-01T00:00:00.000Z';
    await appended;
    expect((await log.read('all'))[0]!.text).toBe(text);
    expect(log.head().recordedAt).toBe('2026-01-01T00:00:00.000Z');
  });

  test('begins with LedgerOpened, and has only one', async () => {
    const log = await fresh();
    await refusesAll(log, joined(1), InvalidEntryError);
    await refusesAll(log, [ledgerOpened(), ledgerOpened()], InvalidEntryError);
    await log.append([ledgerOpened()]);
    await refusesAll(log, [ledgerOpened()], InvalidEntryError);
  });

  invalid(fresh);
  limits(fresh);
  clocks(fresh);
  closing(fresh);
};

const invalid = (fresh: Fresh): void => {
  test('writes nothing of a list that has one bad entry', async () => {
    const log = await fresh();
    await log.append([ledgerOpened()]);
    const bad = [
      memberJoined({ data: { municipality: 'Oss' } }),
      memberJoined({ id: 'not-an-id' }),
      { ...memberJoined(), type: 'NobodyKnows' } as unknown as Entry,
      { ...memberJoined(), version: 2 } as Entry,
      { ...memberJoined(), surplus: 1 } as Entry,
      entry('FactReversed', {
        event: memberJoined().id,
        reversedType: 'a lone \ud800 surrogate',
        about: [],
        reason: 'x',
      }),
      null as unknown as Entry,
    ];
    for (const one of bad) await refusesAll(log, [memberJoined(), one], InvalidEntryError);
    await refusesAll(log, [], InvalidEntryError);
  });

  test('refuses an event id that it has, in the log or twice in a list', async () => {
    const log = await fresh();
    const first = ledgerOpened();
    const second = memberJoined();
    await log.append([first, second]);
    await refusesAll(log, [second], InvalidEntryError);
    await refusesAll(log, [memberJoined(), memberJoined({ id: second.id })], InvalidEntryError);
    const twice = memberJoined();
    await refusesAll(log, [twice, twice], InvalidEntryError);
  });

  test('refuses a retry with the same ids, also while the first is on its way', async () => {
    const log = await fresh();
    await log.append([ledgerOpened()]);
    const entries = joined(2);
    const ended = await Promise.allSettled([log.append(entries), log.append(entries)]);
    expect(ended.map((e) => e.status)).toEqual(['fulfilled', 'rejected']);
    await expect(log.append(entries)).rejects.toThrow(InvalidEntryError);
    expect(log.head().sequence).toBe(2);
  });
};

const limits = (fresh: Fresh): void => {
  test('takes 48 KiB an entry and 512 KiB a command, not more', async () => {
    const log = await fresh();
    await log.append([ledgerOpened()]);
    const large = heavy(36_000);
    const size = Buffer.byteLength(canonicalText(large));
    expect(size).toBeGreaterThan(30_000);
    expect(size).toBeLessThan(48 * 1024);
    await refusesAll(log, [heavy(41_000)], TooLargeError);
    const fit = Math.floor((512 * 1024) / size);
    const many = Array.from({ length: fit + 1 }, () => heavy(36_000));
    await refusesAll(log, many, TooLargeError);
    expect(await log.append(many.slice(0, fit))).toMatchObject({ outcome: 'appended' });
  });
};

const clocks = (fresh: Fresh): void => {
  test('never lets time go back', async () => {
    const log = await fresh();
    await log.append([ledgerOpened({ recordedAt: '2026-01-02T00:00:00.000Z' })]);
    expect(await log.append([at('2026-01-01T23:59:59.999Z')])).toEqual({ outcome: 'clock' });
    expect(log.head().sequence).toBe(0);
    expect(await log.append([at('2026-01-02T00:00:00.000Z')])).toMatchObject({ first: 1 });
    const back = [at('2026-01-02T00:00:00.002Z'), at('2026-01-02T00:00:00.001Z')];
    await refusesAll(log, back, InvalidEntryError);
  });

  test('sees the time of an append made just before', async () => {
    const log = await fresh();
    await log.append([ledgerOpened()]);
    const outcomes = await Promise.all([
      log.append([at('2026-01-05T00:00:00.000Z')]),
      log.append([at('2026-01-04T00:00:00.000Z')]),
      log.append([at('2026-01-05T00:00:00.000Z')]),
    ]);
    expect(outcomes.map((o) => o.outcome)).toEqual(['appended', 'clock', 'appended']);
    expect(log.head().sequence).toBe(2);
  });
};

const closing = (fresh: Fresh): void => {
  test('finishes what was accepted when it is closed, then refuses', async () => {
    const log = await fresh();
    await log.append([ledgerOpened()]);
    const accepted = log.append(joined(2));
    const closed = log.close();
    const late = log.append(joined(1));
    await expect(late).rejects.toThrow(LogClosedError);
    expect(await accepted).toEqual({ outcome: 'appended', first: 1, last: 2 });
    await closed;
    await log.close();
    await expect(log.read('all')).rejects.toThrow(LogClosedError);
    await expect(log.byId('x')).rejects.toThrow(LogClosedError);
    expect(() => log.head()).toThrow(LogClosedError);
    const follower = log.follow(-1, new AbortController().signal)[Symbol.asyncIterator]();
    await expect(follower.next()).rejects.toThrow(LogClosedError);
  });
};
