/** Following a log: pages read on demand, so that a slow follower costs no memory. */
import {
  type Followed,
  ForeignLogError,
  LogClosedError,
  type Sequence,
  type StoredEvent,
} from '../ledger/event-log.ts';

/** Events read at a time: what a follower holds at most. */
const page = 200;

interface Followable {
  readonly head: () => Sequence;
  /** Events on `from` … `to`, both inclusive. */
  readonly page: (from: Sequence, to: Sequence) => readonly StoredEvent[];
  /** Milliseconds after which to look again when another process writes the log. */
  readonly lookEvery?: number;
}

export interface Followers {
  follow(after: Sequence, signal: AbortSignal): AsyncIterable<Followed>;
  /** Tells followers that there is more. */
  wake(): void;
  /** Ends all followers. */
  close(): void;
}

export const followersOf = (log: Followable): Followers => {
  const waiting = new Set<() => void>();
  let closed = false;

  /** Resolves when there may be more, when the signal aborts, and when the log closes. */
  const change = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const resume = (): void => {
        clearTimeout(timer);
        waiting.delete(resume);
        signal.removeEventListener('abort', resume);
        resolve();
      };
      const timer = log.lookEvery === undefined ? undefined : setTimeout(resume, log.lookEvery);
      waiting.add(resume);
      signal.addEventListener('abort', resume);
    });

  async function* follow(after: Sequence, signal: AbortSignal): AsyncGenerator<Followed> {
    if (closed) throw new LogClosedError('the log is closed');
    const ended = (): boolean => closed || signal.aborted;
    if (ended()) return;
    checkStart(after, log.head());
    let position = after;
    let told = false;
    // Under steady writing the head may always be ahead; what was there at the start is not.
    let goal = log.head();
    while (!ended()) {
      while (position < goal) {
        const events = log.page(position + 1, Math.min(goal, position + page));
        if (events[0]?.sequence !== position + 1)
          throw new ForeignLogError(`event ${position + 1} is missing from the log`);
        for (const event of events) {
          yield { kind: 'event', event };
          if (ended()) return;
          position = event.sequence;
          told = false;
        }
      }
      if (!told) {
        told = true;
        yield { kind: 'caught-up', head: position };
      } else if (log.head() === position) {
        await change(signal);
      }
      if (!ended()) goal = log.head();
    }
  }

  const wake = (): void => [...waiting].forEach((resume) => resume());
  return {
    follow,
    wake,
    close: () => {
      closed = true;
      wake();
    },
  };
};

const checkStart = (after: Sequence, head: Sequence): void => {
  if (!Number.isSafeInteger(after) || after < -1) throw new RangeError(`not a sequence: ${after}`);
  if (after > head)
    throw new ForeignLogError(`a follower stands at ${after}, but the log ends at ${head}`);
};
