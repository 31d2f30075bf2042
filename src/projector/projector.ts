/**
 * Keeps the read tables at the head of the log: catches up at the start, follows, and makes new
 * tables beside the running ones when asked, switching once they are level.
 */
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type EventLog, LogUnavailableError, type Sequence } from '../ledger/event-log.ts';
import type { ReadTables, Seen } from '../ledger/read-tables.ts';
import { openTables, StaleTablesError, type Tables } from './tables.ts';

/** Events read and applied in one transaction while catching up. */
const page = 1_000;

interface Progress {
  (done: number, total: number): void;
}

export interface Projector {
  /**
   * Where these turn out to be damaged, they are made anew.
   * @throws LogUnavailableError from a question that met damage
   */
  tables(): ReadTables;
  /** Resolves when the tables hold this sequence. @throws what stopped the projector */
  reached(sequence: Sequence): Promise<void>;
  /** One at a time; who asks meanwhile gets the same one. */
  rebuild(progress?: Progress): Promise<Rebuilt>;
  /** How the log differs from what these tables had seen before; undefined when it does not. */
  divergence(): string | undefined;
  close(): Promise<void>;
}

interface Rebuilt {
  readonly events: number;
  readonly seconds: number;
}

interface ProjectorParts {
  readonly log: EventLog;
  /** Folder of the tables; made when it is not there. */
  readonly folder: string;
  readonly progress?: Progress;
}

export const startProjector = async ({
  log,
  folder,
  progress,
}: ProjectorParts): Promise<Projector> => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const newest = openNewest(folder);
  const divergence = await diverges(log, newest.seen);
  // The old tables stay as they are, for they say what was seen; answers come from new ones.
  if (divergence !== undefined) newest.tables.close();
  const state: State = {
    log,
    folder,
    generation: newest.generation,
    tables: divergence === undefined ? newest.tables : openTables(':memory:'),
    rebuilding: undefined,
  };
  const waiting = waiters(() => state.tables.position());
  const stop = new AbortController();
  const keepUp = (report?: Progress): Promise<void> =>
    catchUp(log, state.tables, report).catch(async (error: unknown) => {
      if (!isDamage(error)) throw error;
      await rebuild(state, report);
    });
  await keepUp(progress);
  state.tables.settle();

  const following = (async () => {
    for await (const next of log.follow(state.tables.position(), stop.signal)) {
      if (next.kind === 'caught-up') continue;
      // A rebuild may have switched to tables that hold this event already.
      if (next.event.sequence <= state.tables.position()) continue;
      await keepUp();
      waiting.release();
    }
  })().catch((error: unknown) => waiting.fail(error));

  const rebuilt = async (report?: Progress): Promise<Rebuilt> => {
    const done = await rebuild(state, report);
    waiting.release();
    return done;
  };

  return {
    tables: () =>
      watched(state.tables, () => void rebuilt().catch((error: unknown) => waiting.fail(error))),
    reached: (sequence) => waiting.until(sequence),
    divergence: () => divergence,
    rebuild: async (report) => {
      if (divergence !== undefined) throw new Error(divergence);
      return rebuilt(report);
    },
    close: async () => {
      stop.abort();
      await following;
      state.tables.close();
      waiting.fail(new Error('the projector was closed'));
    },
  };
};

interface State {
  readonly log: EventLog;
  readonly folder: string;
  generation: number;
  tables: Tables;
  rebuilding: Promise<Rebuilt> | undefined;
}

const rebuild = (state: State, progress?: Progress): Promise<Rebuilt> =>
  (state.rebuilding ??= replace(state, progress).finally(() => (state.rebuilding = undefined)));

/** Makes new tables beside those in use, and puts them in their place once they are level. */
const replace = async (state: State, progress?: Progress): Promise<Rebuilt> => {
  const started = performance.now();
  const file = fileOf(state.folder, state.generation + 1);
  remove(file);
  const fresh = openTables(file);
  try {
    await catchUp(state.log, fresh, progress);
    fresh.settle();
  } catch (error) {
    fresh.close();
    throw error;
  }
  const old = state.tables;
  state.tables = fresh;
  old.close();
  if (state.generation >= 0) remove(fileOf(state.folder, state.generation));
  state.generation += 1;
  return { events: fresh.position() + 1, seconds: (performance.now() - started) / 1000 };
};

const catchUp = async (log: EventLog, tables: Tables, progress?: Progress): Promise<void> => {
  for (;;) {
    const from = tables.position() + 1;
    const total = log.head().sequence + 1;
    if (from >= total) return;
    const events = await log.read('all', { from, limit: page });
    if (events.length === 0) return;
    // Another turn may have applied them while this one was reading.
    if (tables.position() + 1 !== from) continue;
    tables.apply(events);
    progress?.(tables.position() + 1, total);
    // Others are served between two pages.
    if (tables.position() < log.head().sequence)
      await new Promise((resolve) => setImmediate(resolve));
  }
};

/** Compares the log with the head that was seen. */
const diverges = async (
  log: EventLog,
  { position: seen, headId }: Seen,
): Promise<string | undefined> => {
  if (seen < 0) return undefined;
  const head = log.head().sequence;
  if (head < seen) return `het log eindigt bij ${head}, eerder is ${seen} gezien`;
  const [event] = await log.read('all', { from: seen, to: seen });
  return event?.entry.id === headId
    ? undefined
    : `gebeurtenis ${seen} is een andere dan eerder is gezien`;
};

// --- files: one per generation; the highest that is complete is the one in use

const fileOf = (folder: string, generation: number): string =>
  join(folder, `tables-${String(generation).padStart(6, '0')}.sqlite`);

const remove = (file: string): void => {
  for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true });
};

/** A rebuild that was cut off leaves a higher generation behind, not settled: it is removed. */
const openNewest = (folder: string): { tables: Tables; generation: number; seen: Seen } => {
  let seen: Seen = { position: -1 };
  const generations = readdirSync(folder)
    .flatMap((name) => /^tables-(\d{6})\.sqlite$/.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => b - a);
  for (const generation of generations) {
    const file = fileOf(folder, generation);
    try {
      const tables = openTables(file);
      if (tables.position() < 0 && generation !== generations.at(-1)) {
        // A rebuild that was cut off before it began: the ones before are whole.
        tables.close();
        remove(file);
        continue;
      }
      generations.filter((g) => g !== generation).forEach((g) => remove(fileOf(folder, g)));
      return {
        tables,
        generation,
        seen: furthest(seen, { position: tables.position(), headId: tables.headId() }),
      };
    } catch (error) {
      if (error instanceof StaleTablesError) seen = furthest(seen, error.seen);
      else if (!isDamage(error)) throw error;
      remove(file);
    }
  }
  const generation = (generations[0] ?? -1) + 1;
  const file = fileOf(folder, generation);
  if (existsSync(file)) remove(file);
  return { tables: openTables(file), generation, seen };
};

/** SQLite says that the file is damaged or none of its own; the log has all that was in it. */
const isDamage = (error: unknown): boolean =>
  // The low byte is the kind of error; a value that is no JSON was not written by us either.
  [11, 26].includes(((error as { errcode?: number }).errcode ?? 0) & 0xff) ||
  error instanceof SyntaxError;

/** Tables that tell of damage which a question meets. */
const watched = (tables: ReadTables, damaged: () => void): ReadTables => {
  const telling =
    <Args extends readonly unknown[], Found>(ask: (...args: Args) => Found) =>
    (...args: Args): Found => {
      try {
        return ask(...args);
      } catch (error) {
        if (!isDamage(error)) throw error;
        damaged();
        throw new LogUnavailableError('damaged read tables are made anew', { cause: error });
      }
    };
  return {
    position: tables.position,
    asOf: telling(tables.asOf),
    things: telling(tables.things),
    thingsAfter: telling(tables.thingsAfter),
    timeline: telling(tables.timeline),
    endedBy: telling(tables.endedBy),
    touched: telling(tables.touched),
    restedOnBy: telling(tables.restedOnBy),
    reversedBy: telling(tables.reversedBy),
    tally: telling(tables.tally),
    takenBack: telling(tables.takenBack),
    postings: telling(tables.postings),
    postedBy: telling(tables.postedBy),
    rehearse: (events, ask) => telling(() => tables.rehearse(events, ask))(),
  };
};

const furthest = (a: Seen, b: Seen): Seen => (a.position >= b.position ? a : b);

const waiters = (position: () => Sequence) => {
  let waiting: { sequence: Sequence; resolve: () => void; reject: (error: unknown) => void }[] = [];
  let failed: Error | undefined;
  return {
    until: (sequence: Sequence): Promise<void> => {
      if (failed) return Promise.reject(failed);
      if (position() >= sequence) return Promise.resolve();
      return new Promise((resolve, reject) => waiting.push({ sequence, resolve, reject }));
    },
    release: (): void => {
      const now = position();
      const ready = waiting.filter((w) => w.sequence <= now);
      waiting = waiting.filter((w) => w.sequence > now);
      ready.forEach((w) => w.resolve());
    },
    fail: (error: unknown): void => {
      failed = error instanceof Error ? error : new Error(String(error));
      for (const { reject } of waiting) reject(failed);
      waiting = [];
    },
  };
};
