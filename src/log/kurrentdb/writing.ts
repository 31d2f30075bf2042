/**
 * Writing to the stream. One write is under way at a time, at an exact revision; what comes
 * meanwhile shares the next. Whatever becomes of an answer, the same bytes with the same ids go to
 * the same revision until they are known to be there, or somebody else is.
 */
import { setTimeout as pause } from 'node:timers/promises';
import {
  type AppendOutcome,
  ForeignLogError,
  LogUnavailableError,
  type Sequence,
  TooLargeError,
} from '../../ledger/event-log.ts';
import type { Admitted } from '../admission.ts';
import { fitting } from '../../ledger/commit-queue.ts';
import type { AppendRequest } from '../store.ts';
import type { Condition } from './condition.ts';
import { ServerError } from './failures.ts';
import type { Mirror } from './mirror.ts';
import type { Found, Server } from './server.ts';

/** Old servers take 1 MiB an append; each event also has an id, a type and a header. */
const maxBytes = 768 * 1024;
const maxRequests = 512;
/** Milliseconds before the first repetition, and at most. */
const firstPause = 20;
const longestPause = 500;
/** Milliseconds that a follower waits at most for a write that brings it the same events. */
const longestHold = 100;

interface WritingParts {
  readonly server: Server;
  readonly mirror: Mirror;
  readonly condition: Condition;
  /** Puts entries that were read back in the mirror. @throws ForeignLogError */
  readonly keep: (found: readonly Found[], entries: readonly Admitted[]) => void;
  readonly catchUp: () => Promise<void>;
  /** Milliseconds that a request waits before it is told to come back. */
  readonly patience: number;
}

interface Writing {
  /** @throws LogUnavailableError when it cannot be known in time whether it was written */
  submit(request: AppendRequest): Promise<AppendOutcome>;
  /** Resolves when the write that is under way has ended, or takes long; undefined: there is none. */
  underWay(): Promise<void> | undefined;
  /** Whether this event is being written here. */
  isOwn(eventId: string): boolean;
  /** Finishes what was accepted, if that can be done within so many milliseconds. */
  finish(limit: number): Promise<void>;
}

interface Waiting {
  readonly request: AppendRequest;
  readonly bytes: number;
  readonly settle: (ended: PromiseSettledResult<AppendOutcome>) => void;
}

const conflict = { status: 'fulfilled', value: { outcome: 'conflict' } } as const;

export const writeTo = (parts: WritingParts): Writing => {
  const { condition, patience } = parts;
  const stop = new AbortController();
  const write = writer(parts, stop.signal);
  const queue = queueTo(committing(parts, write.entries));

  const refusal = (): string | undefined => {
    const trouble = condition.trouble();
    if (trouble !== undefined) return `nothing is written any more: ${trouble}`;
    return condition.silentFor() > patience ? 'KurrentDB cannot be reached' : undefined;
  };

  return {
    submit: async (request) => {
      const why = refusal();
      if (why !== undefined) throw new LogUnavailableError(why);
      const bytes = request.entries.reduce((sum, entry) => sum + entry.bytes, 0);
      return new Promise((resolve, reject) => {
        const settle = (ended: PromiseSettledResult<AppendOutcome>): void => {
          clearTimeout(timer);
          if (ended.status === 'fulfilled') resolve(ended.value);
          else reject(ended.reason as Error);
        };
        const one: Waiting = { request, bytes, settle };
        const timer = setTimeout(() => {
          const what = queue.withdraw(one) ? 'nothing was written' : 'the outcome is not known yet';
          reject(new LogUnavailableError(`KurrentDB did not answer in time: ${what}`));
        }, patience);
        queue.add(one);
      });
    },
    underWay: () => {
      const now = write.underWay();
      return now === undefined ? undefined : soon(now);
    },
    isOwn: write.isOwn,
    finish: async (limit) => {
      const timer = setTimeout(() => stop.abort(), limit);
      await queue.idle();
      clearTimeout(timer);
      stop.abort();
    },
  };
};

/** Requests in their order; one group under way at a time. */
const queueTo = (commit: (group: readonly Waiting[]) => Promise<void>) => {
  let waiting: Waiting[] = [];
  let running: Promise<void> | undefined;

  const take = (): readonly Waiting[] => {
    const taken = fitting(waiting, { requests: maxRequests, bytes: maxBytes });
    waiting = waiting.slice(taken.length);
    return taken;
  };

  const run = async (): Promise<void> => {
    // Requests of the same turn share a write.
    await new Promise((resolve) => setImmediate(resolve));
    while (waiting.length > 0) await commit(take());
    running = undefined;
  };

  return {
    add: (one: Waiting): void => {
      waiting.push(one);
      running ??= run();
    },
    /** Takes a request back; false when it is under way. */
    withdraw: (one: Waiting): boolean => {
      const before = waiting.length;
      waiting = waiting.filter((other) => other !== one);
      return waiting.length < before;
    },
    idle: async (): Promise<void> => running,
  };
};

type WriteEntries = (
  first: Sequence,
  entries: readonly Admitted[],
) => Promise<'written' | 'conflict'>;

/** Decides requests on the mirror and writes what they make, together. */
const committing = ({ mirror }: WritingParts, write: WriteEntries) => {
  const commit = async (group: readonly Waiting[]): Promise<void> => {
    try {
      const { settled, entries } = mirror.decide(group.map(({ request }) => request));
      const first = mirror.head().sequence + 1;
      const ended = entries.length === 0 ? 'written' : await write(first, entries);
      group.forEach(({ settle }, i) => settle(ended === 'written' ? settled[i]! : conflict));
    } catch (error) {
      // A server that takes less than it should may still take each of them alone.
      if (error instanceof TooLargeError && group.length > 1)
        for (const one of group) await commit([one]);
      else for (const { settle } of group) settle({ status: 'rejected', reason: error });
    }
  };
  return commit;
};

/** Writes one list of entries after the other. */
const writer = (
  { server, condition, keep, catchUp }: WritingParts,
  stop: AbortSignal,
): {
  readonly entries: WriteEntries;
  readonly isOwn: (eventId: string) => boolean;
  readonly underWay: () => Promise<unknown> | undefined;
} => {
  let running: Promise<unknown> | undefined;
  let own: ReadonlySet<string> = new Set();

  /** Undefined: not known yet. */
  const attempt = async (first: Sequence, entries: readonly Admitted[]) => {
    const said = await server.append(first, entries);
    // Only what the leader gives back is there; also a conflict may be with our own, of before.
    const found = await server.read(first, entries.length);
    if (isSame(found, first, entries)) {
      condition.answered(first + entries.length - 1);
      keep(found, entries);
      return 'written';
    }
    if (said === 'written') return undefined;
    await catchUp();
    return 'conflict';
  };

  const repeat = async (first: Sequence, entries: readonly Admitted[]) => {
    for (let wait = firstPause; ; wait = Math.min(2 * wait, longestPause)) {
      try {
        const trying = attempt(first, entries);
        running = trying.catch(() => undefined);
        const ended = await trying;
        if (ended !== undefined) return ended;
      } catch (error) {
        if (error instanceof ForeignLogError) {
          condition.spoilt(error);
          throw new LogUnavailableError(error.message, { cause: error });
        }
        if (!(error instanceof ServerError)) throw error;
        if (error.kind === 'too-large') throw new TooLargeError(error.message, { cause: error });
        condition.failed(error);
      } finally {
        running = undefined;
      }
      await pause(wait, undefined, { signal: stop }).catch(() => undefined);
      if (stop.aborted) throw new LogUnavailableError('closed before it was known to be written');
    }
  };

  return {
    entries: async (first, entries) => {
      own = new Set(entries.map(({ id }) => id));
      return repeat(first, entries);
    },
    isOwn: (eventId) => own.has(eventId),
    underWay: () => running,
  };
};

/** Resolves when it has ended, whichever way, or after a while. */
const soon = async (work: Promise<unknown>): Promise<void> => {
  const over = new AbortController();
  const late = pause(longestHold, undefined, { signal: over.signal }).catch(() => undefined);
  await Promise.race([work, late]);
  over.abort();
};

const isSame = (found: readonly Found[], first: Sequence, entries: readonly Admitted[]): boolean =>
  found.length === entries.length &&
  entries.every(({ id, type, text }, i) => {
    const there = found[i]!;
    return (
      there.revision === first + i && there.id === id && there.type === type && there.text === text
    );
  });
