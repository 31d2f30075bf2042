/** A ledger as the service has it: under signed checkpoints, with read tables and persons' keys. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock as clock } from '../../src/host/clock.ts';
import { newIds } from '../../src/host/ids.ts';
import { wrappingSource } from '../../src/host/wrapping.ts';
import { openProof } from '../../src/join/proof.ts';
import { openLedger, type Ledger } from '../../src/ledger/ledger.ts';
import type { People } from '../../src/ledger/ports.ts';
import { openMemoryLog } from '../../src/log/memory.ts';
import { openSqliteLog } from '../../src/log/sqlite.ts';
import { openOffice } from '../../src/privacy/office.ts';
import { rehearsedPeople } from '../../src/privacy/people.ts';
import { startProjector } from '../../src/projector/projector.ts';
import { hmac, opened } from '../support/ledger.ts';
import { settingsIn } from '../support/office.ts';
import { quantile } from './report.ts';

export { clock, hmac };
export const ids = newIds();

interface Served {
  readonly ledger: Ledger;
  close(): Promise<void>;
}

/** @param through instead of the persons that the office has */
export const servedLedger = async (
  folder: string,
  through: (people: People) => People = (people) => people,
): Promise<Served> => {
  mkdirSync(folder, { recursive: true });
  const bare = openSqliteLog({ file: join(folder, 'ledger.sqlite') });
  await bare.append([opened()]);
  const { log, proofs, close } = await openProof({ folder, log: bare, witnesses: [] });
  const projector = await startProjector({ log, folder: join(folder, 'tables') });
  const office = await openOffice({
    folder: join(folder, 'office'),
    source: (isNew) => wrappingSource(settingsIn(folder), isNew),
    log,
    hmac,
    ids,
    clock,
  });
  const people = through(office.people);
  const ledger = await openLedger({
    log,
    proofs,
    tables: projector.tables,
    reached: projector.reached,
    rehearsal: async () => ({ log: openMemoryLog(), people: rehearsedPeople(people) }),
    clock,
    ids,
    hmac,
    people,
    looks: office.looks,
    readOnly: () => undefined,
  });
  return {
    ledger,
    close: async () => {
      await projector.close();
      await bare.close();
      close();
      office.close();
    },
  };
};

const writers = 32;

/** A second, by 32 writers, each of whom goes on when the last was done; from `first` on. */
export const rateOf = async (
  first: number,
  total: number,
  act: (n: number) => Promise<unknown>,
): Promise<number> => {
  const started = performance.now();
  let next = first;
  const write = async (): Promise<void> => {
    while (next < first + total) await act((next += 1));
  };
  await Promise.all(Array.from({ length: writers }, write));
  return (total / (performance.now() - started)) * 1000;
};

const rounds = 30;
const inRound = 1_000;

/**
 * How the rate of one compares with that of the other: the middle one of all rounds. They take
 * turns at being first, so that what else runs on the machine hinders both alike; the first round
 * is for warming up.
 */
export const compared = async (
  one: (n: number) => Promise<unknown>,
  other: (n: number) => Promise<unknown>,
): Promise<{ readonly rate: number; readonly ratio: number }> => {
  const acts = [one, other];
  const rates: [number[], number[]] = [[], []];
  for (let round = 0; round <= rounds; round += 1)
    for (const turn of [0, 1]) {
      const which = (round + turn) % 2;
      rates[which]![round] = await rateOf(round * inRound, inRound, acts[which]!);
    }
  const [rate, against] = rates.map((each) => each.slice(1)) as [number[], number[]];
  const ratios = rate.map((each, round) => each / against[round]!);
  return { rate: quantile(rate, 0.5), ratio: quantile(ratios, 0.5) };
};
