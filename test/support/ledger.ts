/** A whole ledger in memory, with a clock that ticks and ids that count. */
import { createHmac, randomUUIDv7 } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { monotonicFactory } from 'ulid';
import type { Entry } from '../../events/index.ts';
import { exampleMaker } from '../../src/host/example.ts';
import { exampleLedgerId } from '../../src/host/opening.ts';
import { rehearsalLog } from '../../src/host/rehearsal.ts';
import type { EventLog } from '../../src/ledger/event-log.ts';
import { importLines, readHistory } from '../../src/ledger/import.ts';
import { type Ledger, type LedgerParts, openLedger } from '../../src/ledger/ledger.ts';
import type { Clock } from '../../src/ledger/ports.ts';
import type { Request } from '../../src/ledger/record.ts';
import { openMemoryLog } from '../../src/log/memory.ts';
import { newKey as newPersonKey } from '../../src/privacy/crypto.ts';
import { type KeyStore, openKeyStore } from '../../src/privacy/key-store.ts';
import { openLookLog } from '../../src/privacy/looks.ts';
import { peopleIn, rehearsedPeople } from '../../src/privacy/people.ts';
import { openTables, type Tables } from '../../src/projector/tables.ts';
import type { Prover } from '../../src/proof/prover.ts';
import { memoryProver } from './proofs.ts';

const ulid = monotonicFactory();

export const hmac = (text: string): string =>
  createHmac('sha256', 'test').update(text).digest('hex');

export const opened = (dataset: 'history' | 'none' = 'none'): Entry => ({
  format: 1,
  id: randomUUIDv7(),
  type: 'LedgerOpened',
  version: 1,
  recordedAt: '2026-01-01T00:00:00.000Z',
  validFrom: { earliest: '2026-01-01', latest: '2026-01-01' },
  actor: { id: 'test', office: 'registrar' },
  command: { tag: '0'.repeat(64), input: '0'.repeat(64) },
  data: {
    ledgerId: '0123456789abcdef0123456789abcdef',
    dataset,
    madeUp: false,
    title: 'Proefgrootboek',
    entryFormat: 1,
    hash: 'sha-256',
    canonicalisation: 'rfc8785',
    timeZone: 'Europe/Amsterdam',
  },
});

export interface TestLedger {
  readonly ledger: Ledger;
  readonly log: EventLog;
  readonly tables: Tables;
  readonly prover: Prover;
  /** Records with a new key; throws what the ledger throws. */
  readonly take: (
    command: string,
    body: Record<string, unknown>,
    more?: Partial<Request>,
  ) => ReturnType<Ledger['record']>;
}

export const newKey = (): string => ulid();

export const ulidIds = { eventId: () => randomUUIDv7(), ulid: () => ulid() };

/** A clock that goes on a millisecond each time it is asked. */
export const ticking = (): Clock => {
  let millis = Date.parse('2026-01-01T12:00:00.000Z');
  return { now: () => new Date((millis += 1)).toISOString() };
};

/** The wrapping key of all test ledgers, so that one store of keys serves several. */
const wrapping = newPersonKey();

export const testLedger = async (
  log: EventLog = openMemoryLog(),
  store: KeyStore = openKeyStore(':memory:'),
  more: Partial<LedgerParts> = {},
): Promise<TestLedger> => {
  if (log.head().sequence < 0) await log.append([opened()]);
  const prover = await memoryProver(log);
  const tables = openTables(':memory:');
  const catchUp = async (): Promise<void> => {
    const events = await log.read('all', { from: tables.position() + 1 });
    if (events[0]?.sequence === tables.position() + 1) tables.apply(events);
  };
  const clock = ticking();
  const isWhole = (): boolean => true;
  const people = peopleIn({ store, wrapping: () => wrapping, hmac, ids: ulidIds, isWhole });
  const ledger = await openLedger({
    log: prover.log,
    proofs: prover.proofs,
    tables: () => tables,
    reached: catchUp,
    rehearsal: async () => ({
      log: await rehearsalLog(log, openMemoryLog()),
      people: rehearsedPeople(people),
    }),
    clock,
    ids: ulidIds,
    hmac,
    people,
    looks: openLookLog(':memory:', clock.now),
    readOnly: () => undefined,
    ...more,
  });
  const take: TestLedger['take'] = (command, body, more = {}) =>
    ledger.record({
      command,
      body,
      key: newKey(),
      actor: { id: 'test', office: 'registrar' },
      ...more,
    });
  return { ledger, log: prover.log, tables, prover, take };
};

const folder = new URL('../../events/history/', import.meta.url);

export const historyFiles = () =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
    .map((name) => ({ name, text: readFileSync(new URL(name, folder), 'utf8') }));

/** The partnership's own history, imported. */
export const historyLedger = async (): Promise<TestLedger> => {
  const made = await testLedger();
  await importLines(readHistory(historyFiles()), made.ledger.record);
  return made;
};

/** The history and its made-up continuation, as large as it is when nothing else is asked. */
export const exampleLedger = async (): Promise<TestLedger> => {
  const made = await historyLedger();
  const { log, ledger } = made;
  const warn = (text: string): never => {
    throw new Error(text);
  };
  const ahead = async () => ({ record: ledger.record, keep: async () => undefined });
  const make = exampleMaker({ log, hmac, ahead, warn });
  await make({ events: 600, seed: '1' }, exampleLedgerId('1'));
  return made;
};
