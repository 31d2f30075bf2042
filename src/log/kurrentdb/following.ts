/**
 * Keeps the mirror level with the stream. The server's own word that a follower has caught up is
 * not heard: it comes too early, or never. A subscription that says nothing while the stream goes
 * on is noticed by looking, and made anew from where the mirror is.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { ForeignLogError, type Sequence } from '../../ledger/event-log.ts';
import type { Condition } from './condition.ts';
import type { Mirror } from './mirror.ts';
import type { Found, Server } from './server.ts';

/** Events in one read while catching up. */
const page = 500;
/** Milliseconds between tries while the server does not answer. */
const betweenTries = 250;

interface FollowingParts {
  readonly server: Server;
  readonly mirror: Mirror;
  readonly condition: Condition;
  /** Puts events in the mirror. @throws ForeignLogError */
  readonly keep: (found: readonly Found[]) => void;
  /**
   * Resolves when what is being written here has been put in the mirror by whoever writes, or
   * that takes long; undefined: nothing is.
   */
  readonly settled: () => Promise<void> | undefined;
  /** Milliseconds between looks at the head of the stream. */
  readonly lookEvery: number;
}

export interface Following {
  /**
   * Brings the mirror to the head of the stream, after a look whether it is still the same one.
   * @throws ForeignLogError, ServerError
   */
  catchUp(progress?: (done: number, total: number) => void): Promise<void>;
  /** Follows until it is stopped, or until the stream turns out not to be the ledger's. */
  run(stop: AbortSignal): Promise<void>;
}

export const followStream = (parts: FollowingParts): Following => {
  const { condition, mirror } = parts;
  const look = looker(parts);
  const catchUp = catchingUp(parts, look);
  const note = (error: unknown): void => {
    if (error instanceof ForeignLogError) condition.spoilt(error);
    else condition.failed(error);
  };

  /** Ends the subscription when it has fallen silent, or the server has. */
  const watch = async (ended: AbortController): Promise<void> => {
    let before = mirror.head().sequence;
    while (await passes(parts.lookEvery, ended.signal)) {
      try {
        const last = await look();
        const { sequence } = mirror.head();
        if (last > sequence && sequence === before) ended.abort();
        before = sequence;
      } catch (error) {
        if (!ended.signal.aborted) note(error);
        ended.abort();
      }
    }
  };

  const followOnce = async (stop: AbortSignal): Promise<void> => {
    const ended = new AbortController();
    const end = (): void => ended.abort();
    stop.addEventListener('abort', end, { once: true });
    const watching = watch(ended);
    const gather = gathering((found) => {
      try {
        if (!ended.signal.aborted) parts.keep(found);
      } catch (error) {
        note(error);
        ended.abort();
      }
    }, parts.settled);
    try {
      await parts.server.follow(mirror.head().sequence, gather, ended.signal);
    } finally {
      ended.abort();
      stop.removeEventListener('abort', end);
      await watching;
    }
  };

  const once = async (stop: AbortSignal): Promise<void> => {
    try {
      await catchUp();
      await followOnce(stop);
    } catch (error) {
      if (!stop.aborted) note(error);
    }
  };

  const run = async (stop: AbortSignal): Promise<void> => {
    while (!stop.aborted && condition.trouble() === undefined) {
      await once(stop);
      await passes(betweenTries, stop);
    }
  };
  return { catchUp, run };
};

/** Gives the last event of the stream. */
type Look = () => Promise<Sequence>;

/** @throws ForeignLogError when the stream does not keep everything, or ends before what was seen */
const looker =
  ({ server, mirror, condition }: FollowingParts): Look =>
  async () => {
    const atLeast = mirror.head().sequence;
    const limits = await server.limits();
    if (limits !== undefined)
      throw new ForeignLogError(`the stream does not keep everything: its metadata has ${limits}`);
    const headOf = async (): Promise<Sequence> => (await server.last())?.revision ?? -1;
    let last = await headOf();
    // Asked again, for nothing is written any more after this: a leader may be new.
    if (last < atLeast && (await passes(betweenTries))) last = await headOf();
    if (last < atLeast)
      throw new ForeignLogError(`the stream ends at ${last}, but ${atLeast} was seen before`);
    condition.answered(last);
    return last;
  };

const catchingUp =
  ({ server, mirror, keep }: FollowingParts, look: Look): Following['catchUp'] =>
  async (progress) => {
    let last = await look();
    // From the mirror's own head on: what is there must be what was seen.
    for (let from = Math.max(mirror.head().sequence, 0); from <= last;) {
      const found = await server.read(from, page);
      const first = found[0]?.revision;
      if (first !== from)
        throw new ForeignLogError(
          `event ${from} is missing from the stream, which goes on at ${first ?? 'nothing'}`,
        );
      keep(found);
      from = found.at(-1)!.revision + 1;
      progress?.(from, last + 1);
      if (from > last) last = await look();
    }
  };

/** Events of one turn of the event loop go into the mirror together, and our own by who wrote them. */
const gathering = (
  flush: (found: readonly Found[]) => void,
  settled: FollowingParts['settled'],
): ((event: Found) => void) => {
  let waiting: Found[] = [];
  const take = (): void => {
    const found = waiting;
    waiting = [];
    flush(found);
  };
  return (event) => {
    if (waiting.push(event) > 1) return;
    setImmediate(() => {
      const writing = settled();
      if (writing === undefined) take();
      else void writing.then(take);
    });
  };
};

/** Resolves after so many milliseconds with true, or with false as soon as the signal aborts. */
const passes = (milliseconds: number, signal?: AbortSignal): Promise<boolean> =>
  pause(milliseconds, true, signal === undefined ? {} : { signal }).catch(() => false);
