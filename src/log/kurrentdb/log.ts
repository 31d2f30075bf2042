/**
 * The log as one stream of a KurrentDB: its revision is the sequence. One process writes, any
 * number read; each keeps a mirror of the stream, and reads there.
 */
import { mkdirSync } from 'node:fs';
import {
  type AppendOutcome,
  type EventLog,
  ForeignLogError,
  type LogState,
  LogUnavailableError,
  type Sequence,
} from '../../ledger/event-log.ts';
import type { Admitted } from '../admission.ts';
import type { Times } from '../clock.ts';
import { followersOf } from '../followers.ts';
import { followable, speaking } from '../sqlite.ts';
import { type AppendRequest, logOf } from '../store.ts';
import { acquireWriterLock } from '../writer-lock.ts';
import type { KurrentAddress } from './address.ts';
import { type Condition, type Notice, watchCondition } from './condition.ts';
import { ServerError } from './failures.ts';
import { type Following, followStream } from './following.ts';
import { checkSurvives, type Mirror, openMirror } from './mirror.ts';
import { type Deadlines, type Found, kurrentServer } from './server.ts';
import { agreement } from './server-time.ts';
import { writeTo } from './writing.ts';

export interface KurrentLogOptions {
  readonly address: KurrentAddress;
  readonly stream: string;
  /** Folder of the mirror; one process at a time. Made when it is not there. */
  readonly folder: string;
  /** A reader refuses appends. */
  readonly role: 'writer' | 'reader';
  readonly report?: (notice: Notice) => void;
  /** Told while the mirror catches up at the start. */
  readonly progress?: (done: number, total: number) => void;
  readonly timing?: Partial<Timing>;
  readonly times?: Times;
}

/** Milliseconds. */
interface Timing extends Deadlines {
  /** How long an append waits for its outcome before it is told to come back. */
  readonly patience: number;
  /** Between looks at the head of the stream. */
  readonly lookEvery: number;
  /** How long a start without a mirror waits for the server. */
  readonly start: number;
  /** How long closing waits for what was accepted. */
  readonly finish: number;
}

const usual: Timing = {
  append: 2_000,
  read: 5_000,
  patience: 10_000,
  lookEvery: 2_000,
  start: 10_000,
  finish: 5_000,
};

export interface KurrentLog extends EventLog {
  state(): LogState;
}

/**
 * Opens the mirror and brings it to the head of the stream. When the server does not answer, what
 * the mirror has can be read.
 * @throws ForeignLogError when the stream is not this ledger's, or does not keep everything
 * @throws LogUnavailableError when there is neither a server nor a mirror
 */
export const openKurrentLog = async (options: KurrentLogOptions): Promise<KurrentLog> => {
  const { folder, address, stream, role, report = () => undefined, progress } = options;
  const timing = { ...usual, ...options.timing };
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const lock = acquireWriterLock(folder);
  const condition = watchCondition(report);
  const server = kurrentServer(address, stream, timing);
  let mirror: Mirror | undefined;
  try {
    mirror = openMirror(folder);
    const store = speaking(mirror.store);
    const followers = followersOf(followable(store));
    const keep = keeper(mirror, followers.wake);
    const following = followStream({
      server,
      mirror,
      condition,
      keep: (found) => keep(found, { tell: strangers }),
      settled: () => writing.underWay(),
      lookEvery: timing.lookEvery,
    });
    const writing = writeTo({
      server,
      mirror,
      condition,
      keep: (found, known) => keep(found, { known }),
      catchUp: following.catchUp,
      patience: timing.patience,
    });
    let opened = false;
    /** Events that came from elsewhere while this process is the writer. */
    function strangers(added: readonly { readonly id: string }[]): void {
      const other = added.find(({ id }) => !writing.isOwn(id));
      if (opened && role === 'writer' && other !== undefined)
        report({ kind: 'other-writer', detail: `event ${other.id}` });
    }
    await begin({ following, condition, mirror, report }, timing.start, progress);
    opened = true;
    const stop = new AbortController();
    const running = following.run(stop.signal);
    const closing = mirror;
    const log = logOf({
      store,
      followers,
      judge: role === 'writer' ? agreement(server, options.times) : undefined,
      write: role === 'writer' ? checked(writing.submit) : refuseToWrite,
      shut: async () => {
        await writing.finish(timing.finish);
        stop.abort();
        await server.close();
        await running;
        closing.close();
        lock.release();
      },
    });
    return { ...log, state: () => stateOf(condition, store.head().sequence) };
  } catch (error) {
    await server.close();
    mirror?.close();
    lock.release();
    throw error;
  }
};

interface Keeping {
  /** Told of those that were not there yet. */
  readonly tell?: (added: readonly { readonly id: string }[]) => void;
  readonly known?: readonly Admitted[];
}

/** Puts events in the mirror and tells followers, also of those before one that does not belong. */
const keeper =
  (mirror: Mirror, wake: () => void) =>
  (found: readonly Found[], { tell, known }: Keeping): void => {
    try {
      const added = mirror.apply(found, known);
      tell?.(added);
    } finally {
      wake();
    }
  };

type Write = (request: AppendRequest) => Promise<AppendOutcome>;

const checked =
  (submit: Write): Write =>
  async (request) => {
    request.entries.forEach(checkSurvives);
    return submit(request);
  };

const refuseToWrite: Write = async () => {
  throw new LogUnavailableError('this process reads; another one writes');
};

interface Beginning {
  readonly following: Following;
  readonly condition: Condition;
  readonly mirror: Mirror;
  readonly report: (notice: Notice) => void;
}

/** The first catching up. A server that is still starting is waited for where there is no mirror. */
const begin = async (
  { following, condition, mirror, report }: Beginning,
  limit: number,
  progress?: (done: number, total: number) => void,
): Promise<void> => {
  const started = performance.now();
  let isTold = false;
  for (;;) {
    try {
      await following.catchUp(progress);
      return;
    } catch (error) {
      if (!(error instanceof ServerError)) throw error;
      if (error.kind === 'deleted') throw new ForeignLogError('the stream was deleted');
      const isMirrored = mirror.head().sequence >= 0;
      // Waiting changes nothing about these.
      const isFinal = error.kind === 'denied' || (error.kind === 'untrusted' && !isMirrored);
      if (!isFinal && isMirrored) {
        condition.failed(error);
        return;
      }
      if (isFinal) throw new LogUnavailableError(error.message, { cause: error });
      if (performance.now() - started > limit)
        throw new LogUnavailableError(
          `KurrentDB cannot be reached, and there is no mirror yet: ${error.message}`,
          { cause: error },
        );
      if (!isTold) report({ kind: 'waiting', detail: error.message });
      isTold = true;
    }
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
};

const stateOf = (condition: Condition, head: Sequence): LogState => {
  const streamHead = condition.streamHead();
  return {
    reachable: condition.silentFor() === 0,
    behind: streamHead === undefined ? undefined : Math.max(0, streamHead - head),
    trouble: condition.trouble(),
  };
};
