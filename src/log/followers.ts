/** Following a log: pages read on demand, so that a slow follower costs no memory. */
import {
  type Followed,
  LogClosedError,
  type ReadOptions,
  type Sequence,
  type StoredEvent,
} from '../ledger/event-log.ts';

const page = 500;

export interface Followable {
  readonly head: () => Sequence;
  readonly read: (options: ReadOptions) => readonly StoredEvent[];
}

export const followers = ({ head, read }: Followable) => {
  const waiting = new Set<() => void>();
  let closed = false;

  const wake = (): void => {
    const all = [...waiting];
    waiting.clear();
    all.forEach((resume) => resume());
  };

  /** Resolves at the next append, at close, or when the signal aborts. */
  const change = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const resume = () => {
        waiting.delete(resume);
        signal.removeEventListener('abort', resume);
        resolve();
      };
      waiting.add(resume);
      signal.addEventListener('abort', resume);
      if (signal.aborted || closed) resume();
    });

  async function* follow(after: Sequence, signal: AbortSignal): AsyncIterable<Followed> {
    if (closed) throw new LogClosedError('the log is closed');
    let position = after;
    let told = false;
    while (!closed && !signal.aborted) {
      const events = head() > position ? read({ from: position + 1, limit: page }) : [];
      for (const event of events) {
        if (closed || signal.aborted) return;
        yield { kind: 'event', event };
        position = event.sequence;
        told = false;
      }
      if (head() > position) continue;
      if (!told) {
        told = true;
        yield { kind: 'caught-up', head: position };
        continue;
      }
      await change(signal);
    }
  }

  return {
    follow,
    wake,
    close: () => {
      closed = true;
      wake();
    },
  };
};
