/**
 * Answers that are lost, late, or never come: the write is repeated with the same bytes on the same
 * revision until it is known what became of it, and only what was read back is acknowledged.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LogUnavailableError } from '../../src/ledger/event-log.ts';
import { errors } from '../double/messages.ts';
import type { Call, Fault } from '../double/node.ts';
import { ledgerOpened, memberJoined } from '../support/entries.ts';
import { temporaryFolder } from '../support/folders.ts';
import { type Double, idsIn, openOn, quick, startDouble } from '../support/kurrent.ts';

const appendFaults: readonly (readonly [string, Fault])[] = [
  ['unavailable, before it was written', { kind: 'fails', error: errors.unavailable() }],
  ['unavailable, after it was written', { kind: 'lost', error: errors.unavailable() }],
  ['reset, before', { kind: 'fails', error: errors.reset() }],
  ['reset, after', { kind: 'lost', error: errors.reset() }],
  ['not ready', { kind: 'fails', error: errors.notReady() }],
  ['timed out, after it was written', { kind: 'lost', error: errors.timeout() }],
  ['silent, and not written', { kind: 'silent', done: false }],
  ['silent, and written', { kind: 'silent', done: true }],
  ['carried out after its deadline', { kind: 'late', after: 2 * quick.append }],
  ['without a position', { kind: 'no-position' }],
];
const readFaults: readonly (readonly [string, Fault])[] = [
  ['unavailable', { kind: 'fails', error: errors.unavailable() }],
  ['silent', { kind: 'silent', done: false }],
  ['nothing, as if there were no more', { kind: 'breaks', after: 0 }],
  ['half of it, as if that were all', { kind: 'breaks', after: 1 }],
  ['half of it, then reset', { kind: 'breaks', after: 1, error: errors.reset() }],
];

/** A double whose next calls of a kind meet these, once it is armed. */
const armed = async (rpc: Call['rpc'], faults: readonly Fault[]) => {
  let waiting: Fault[] = [];
  const double = await startDouble({
    fault: (call) =>
      call.rpc === rpc && !call.stream.startsWith('$$') ? waiting.shift() : undefined,
  });
  const log = await openOn(double, { timing: { ...quick, lookEvery: 60_000 } });
  await log.append([ledgerOpened()]);
  return { double, log, arm: () => (waiting = [...faults]), left: () => waiting.length };
};

const writesOnce = async (rpc: Call['rpc'], faults: readonly Fault[]): Promise<void> => {
  const { double, log, arm, left } = await armed(rpc, faults);
  arm();
  const entries = [memberJoined(), memberJoined()];
  expect(await log.append(entries)).toEqual({ outcome: 'appended', first: 1, last: 2 });
  expect(left()).toBe(0);
  const next = memberJoined();
  expect(await log.append([next])).toEqual({ outcome: 'appended', first: 3, last: 3 });
  const ids = (await log.read('all')).map(({ entry }) => entry.id);
  expect(ids.slice(1)).toEqual([...entries, next].map(({ id }) => id));
  // Also when what came late has come.
  await new Promise((resolve) => setTimeout(resolve, 2 * quick.append));
  expect(idsIn(double)).toEqual(ids);
};

describe('an append is written once, and acknowledged, when its answer is', () => {
  test.each(appendFaults)('%s', async (_name, fault) => writesOnce('append', [fault]));
  const fatal = appendFaults.filter(([, { kind }]) => kind !== 'no-position');
  test.each(fatal)('twice: %s', async (_name, fault) => writesOnce('append', [fault, fault]));
});

describe('and when what is read back is', () => {
  test.each(readFaults)('%s', async (_name, fault) => writesOnce('read', [fault]));
});

test('no answer is missed, whatever becomes of any of them', async () => {
  const rpc = fc.constantFrom<Call['rpc']>('append', 'read', 'subscribe');
  const quickFaults = appendFaults.filter(([, { kind }]) => kind !== 'silent' && kind !== 'late');
  const fault = (of: Call['rpc']): fc.Arbitrary<Fault | undefined> =>
    fc.option(fc.constantFrom(...(of === 'append' ? quickFaults : breaking).map(([, f]) => f)), {
      nil: undefined,
      freq: 2,
    });
  const plan = fc.array(
    rpc.chain((of) => fault(of).map((f) => ({ of, fault: f }))),
    { maxLength: 40 },
  );
  const property = fc.asyncProperty(plan, fc.array(fc.nat(3), { maxLength: 8 }), survives);
  await fc.assert(property, { numRuns: 12 });
});

const breaking = readFaults.filter(([, { kind }]) => kind !== 'silent');

const survives = async (
  plan: readonly { readonly of: Call['rpc']; readonly fault: Fault | undefined }[],
  sizes: readonly number[],
): Promise<void> => {
  const waiting = [...plan];
  let isArmed = false;
  const double = await startDouble({
    fault: ({ rpc, stream }) => {
      const at = waiting.findIndex(({ of }) => of === rpc);
      if (!isArmed || at < 0 || stream.startsWith('$$')) return undefined;
      return waiting.splice(at, 1)[0]?.fault;
    },
  });
  const log = await openOn(double);
  await log.append([ledgerOpened()]);
  isArmed = true;
  const commands = sizes.map((size) => Array.from({ length: size + 1 }, () => memberJoined()));
  const outcomes = await Promise.all(commands.map((entries) => log.append(entries)));
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(commands.map(() => 'appended'));
  const ids = idsIn(double);
  expect(ids.slice(1)).toEqual(commands.flat().map(({ id }) => id));
  expect((await log.read('all')).map(({ entry }) => entry.id)).toEqual(ids);
  await log.close();
  await double.node.stop();
};

describe('while the server does not answer', () => {
  const silentFrom = async (): Promise<Double & { silence: (on: boolean) => void }> => {
    let silent = false;
    const double = await startDouble({
      fault: () => (silent ? { kind: 'fails', error: errors.unavailable() } : undefined),
    });
    return { ...double, silence: (on) => (silent = on) };
  };

  test('reads go on, writes are told to come back, and what was in doubt is there once', async () => {
    const double = await silentFrom();
    const log = await openOn(double, { timing: { ...quick, patience: 300 } });
    await log.append([ledgerOpened(), memberJoined()]);
    double.silence(true);
    const doubtful = memberJoined();
    await expect(log.append([doubtful])).rejects.toThrow(LogUnavailableError);
    expect(await log.read('all')).toHaveLength(2);
    // Who waits is told to come back as soon as a call has gone unanswered, or just before.
    await expect.poll(() => log.state().reachable, { timeout: 5_000 }).toBe(false);
    expect(log.state().trouble).toBeUndefined();
    // Known to be silent for longer than anybody waits: told at once.
    const refusal = () => log.append([memberJoined()]).catch((error: unknown) => String(error));
    await expect.poll(refusal, { timeout: 5_000 }).toContain('cannot be reached');
    double.silence(false);
    await expect.poll(() => log.state().reachable, { timeout: 5_000 }).toBe(true);
    // What was in doubt goes first; whoever waits for it may be told to come back once more.
    const again = () =>
      log.append([memberJoined()]).then(
        ({ outcome }) => outcome,
        () => 'come back',
      );
    await expect.poll(again, { timeout: 5_000 }).toBe('appended');
    expect(idsIn(double).filter((id) => id === doubtful.id)).toHaveLength(1);
    expect(log.state()).toMatchObject({ reachable: true, behind: 0 });
  });

  test('a process without a mirror does not start', async () => {
    const double = await silentFrom();
    double.silence(true);
    const without = openOn(double, { timing: { ...quick, start: 100 } });
    await expect(without).rejects.toThrow(LogUnavailableError);
  });

  test('a process starts on the mirror it has, and catches up later', async () => {
    const double = await silentFrom();
    const folder = temporaryFolder();
    const first = await openOn(double, { folder });
    await first.append([ledgerOpened(), memberJoined()]);
    await first.close();
    const other = await openOn(double);
    await other.append([memberJoined()]);
    await other.close();
    double.silence(true);
    const again = await openOn(double, { folder });
    expect(again.head().sequence).toBe(1);
    double.silence(false);
    await expect.poll(() => again.head().sequence, { timeout: 5_000 }).toBe(2);
  });
});

describe('the client', () => {
  test('is never asked for its batch append, which ends the process on some errors', async () => {
    const { double, log } = await armed('append', []);
    await Promise.all(Array.from({ length: 50 }, () => log.append([memberJoined()])));
    expect(double.node.calls['batch-append']).toBe(0);
    expect(double.node.calls.append).toBeGreaterThan(0);
  });

  test('has few calls under way at once, however many append', async () => {
    const { double, log } = await armed('append', []);
    await Promise.all(Array.from({ length: 500 }, () => log.append([memberJoined()])));
    expect(double.node.mostAtOnce()).toBeLessThan(10);
  });
});

describe('appends that come together', () => {
  test('share a write, cut by bytes', async () => {
    const { double, log } = await armed('append', []);
    const before = double.node.calls.append;
    await Promise.all(Array.from({ length: 100 }, () => log.append([memberJoined()])));
    expect(double.node.calls.append - before).toBeLessThan(5);
    const heavy = () =>
      memberJoined({
        evidence: Array.from({ length: 15 }, () => ({
          source: 'S0',
          basis: 'inferred' as const,
          reasoning: 'x'.repeat(2000),
        })),
      });
    const outcomes = await Promise.all(Array.from({ length: 80 }, () => log.append([heavy()])));
    expect(outcomes.every(({ outcome }) => outcome === 'appended')).toBe(true);
  });

  test('a server that takes less than it should still takes each alone', async () => {
    const double = await startDouble({ maxAppendBytes: 3_000 });
    const log = await openOn(double);
    await log.append([ledgerOpened()]);
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => log.append([memberJoined()])),
    );
    expect(outcomes.every(({ outcome }) => outcome === 'appended')).toBe(true);
    await expect(log.append(Array.from({ length: 20 }, () => memberJoined()))).rejects.toThrow(
      'Maximum Append Size',
    );
    expect(await log.append([memberJoined()])).toMatchObject({ first: 21 });
  });
});
