/** Dossiers, differences and explanations on a ledger of a million events, anywhere in time. */
import { randomUUIDv7 } from 'node:crypto';
import { join } from 'node:path';
import type { EventLog } from '../../src/ledger/event-log.ts';
import { type Ledger, openLedger } from '../../src/ledger/ledger.ts';
import type { People } from '../../src/ledger/ports.ts';
import type { Proofs } from '../../src/ledger/proofs.ts';
import { openMemoryLog } from '../../src/log/memory.ts';
import { openSqliteLog } from '../../src/log/sqlite.ts';
import { type Projector, startProjector } from '../../src/projector/projector.ts';
import { memoryProver } from '../support/proofs.ts';
import { mixed, ulidAt } from './generate.ts';
import { grow } from './rebuild.ts';
import { latency, type Row } from './report.ts';

const asked = 100;

/** A day of the made-up ledger, and a sequence. */
const pointAt = (i: number, total: number) => ({
  validAt: `${2017 + mixed(i, 10)}-${String(1 + mixed(i + 5, 12)).padStart(2, '0')}-15`,
  knownAt: String(mixed(i + 99, total)),
});

interface Answered {
  readonly items: readonly unknown[];
}

const timed = async (what: string, limit: number, ask: (i: number) => Promise<Answered>) => {
  const times: number[] = [];
  let found = 0;
  for (let i = 0; i < asked; i += 1) {
    const started = performance.now();
    const { items } = await ask(i);
    times.push(performance.now() - started);
    found += items.length > 0 ? 1 : 0;
  }
  if (found < asked / 2) throw new Error(`${what}: only ${found} of ${asked} found anything`);
  return latency(what, times, limit);
};

const rowsOf = async (ledger: Ledger, total: number): Promise<readonly Row[]> => {
  /** One that had been recorded by then. */
  const thingAt = (i: number, every: number, first: number): string =>
    ulidAt(mixed(i, Math.floor(total / every / 4)) * every + first);
  const late = (i: number) => ({
    ...pointAt(i, total),
    knownAt: String(Math.floor((total * 3) / 4) + mixed(i, Math.floor(total / 4))),
  });
  return [
    await timed('compliance of an award', 60, (i) =>
      ledger.ask({ question: 'compliance', where: { awardId: thingAt(i, 1_000, 8) }, ...late(i) }),
    ),
    await timed('compliance of the partnership, any (v, k)', 60, (i) =>
      ledger.ask({
        question: 'compliance',
        where: { awardId: 'partnership' },
        ...pointAt(i, total),
      }),
    ),
    await timed('differences of the rules over a year', 100, (i) => {
      const { validAt, knownAt } = late(i);
      const year = Number(validAt.slice(0, 4)) - 1;
      return ledger.differences(
        { question: 'rules' },
        { validAt: `${year}${validAt.slice(4)}`, knownAt },
        { validAt, knownAt },
      );
    }),
    await timed('explanation of a decision', 100, (i) =>
      ledger.explain({
        question: 'decisions',
        thing: ulidAt(mixed(i, Math.floor(total / 40))),
        ...late(i),
      }),
    ),
  ];
};

export const benchAnswers = async (folder: string, total: number): Promise<readonly Row[]> => {
  grow(folder, total);
  const log = openSqliteLog({ file: join(folder, 'ledger.sqlite') });
  const projector = await startProjector({ log, folder: join(folder, 'tables') });
  const { proofs } = await memoryProver(log);
  const ledger = await ledgerOver(log, projector, proofs);
  try {
    return await rowsOf(ledger, total);
  } finally {
    await projector.close();
    await log.close();
  }
};

/** Nothing here is about a person. */
const nobody: People = {
  keyOf: () => undefined,
  personOf: () => undefined,
  openersOf: () => new Map(),
  destroy: () => undefined,
};

/** The use cases over a log and its read tables. */
export const ledgerOver = (log: EventLog, projector: Projector, proofs: Proofs): Promise<Ledger> =>
  openLedger({
    log,
    proofs,
    tables: projector.tables,
    reached: projector.reached,
    rehearsal: async () => ({ log: openMemoryLog(), people: nobody }),
    clock: { now: () => new Date().toISOString() },
    ids: { eventId: () => randomUUIDv7(), ulid: () => ulidAt(0) },
    hmac: () => '0'.repeat(64),
    people: nobody,
    looks: { note: () => undefined, of: () => [] },
    readOnly: () => undefined,
  });
