/**
 * Whether the clock of this machine may date events. What is recorded never goes back in time, so
 * one event from a clock that is far ahead would date everything after it.
 */
import { uptime } from 'node:os';
import { ClockError, mostSkew } from '../ledger/event-log.ts';

/** Milliseconds. */
export interface Times {
  /** By the clock of the machine, which may be set. */
  readonly wall: () => number;
  /** Since some moment, by a clock that is never set and goes on while the machine sleeps. */
  readonly elapsed: () => number;
}

export const machine: Times = { wall: () => Date.now(), elapsed: () => uptime() * 1_000 };

/** Both clocks as they are now: every append is judged, and asking the machine costs most of it. */
const seenNow = (times: Times): Times => {
  const [wall, elapsed] = [times.wall(), times.elapsed()];
  return { wall: () => wall, elapsed: () => elapsed };
};

/**
 * Looks whether the clock may date what is appended now; a promise only where it has to ask.
 * @param latest the last `recordedAt` of it
 * @throws ClockError
 */
export type Judge = (latest: string) => Promise<void> | undefined;

/** A right time, seen once: what the clock of the machine would say when `elapsed` began. */
export interface Reference {
  readonly earliest: number;
  readonly latest: number;
  /** When it was seen, in `elapsed`. */
  readonly seenAt: number;
}

/** Milliseconds by which the clock is ahead of a right time; negative: behind. */
export const aheadOf = (
  { earliest, latest }: Pick<Reference, 'earliest' | 'latest'>,
  { wall, elapsed }: Times,
): number => {
  const since = wall() - elapsed();
  return Math.max(since - latest, 0) + Math.min(since - earliest, 0);
};

/** What was stamped before the clock was set right must not be recorded after all. */
export const checkStamp = (latest: string, { wall }: Times): void => {
  const ahead = Date.parse(latest) - wall();
  if (ahead > mostSkew) throw new ClockError(-ahead, 'ledger');
};

/** What two clocks of a machine drift apart while one is corrected: 500 in a million, and at most. */
const drift = 0.0005;
const mostDrift = 60_000;

/**
 * For a log with nobody to ask: the clock must go on as time does. Small corrections are followed;
 * when it was set by more, nothing is dated by it until it is set back, or looked at and the
 * process started anew.
 */
export const steadiness = (times: Times = machine): Judge => {
  const seen = ({ wall, elapsed }: Times): Reference => {
    const since = wall() - elapsed();
    return { earliest: since, latest: since, seenAt: elapsed() };
  };
  let before = seen(seenNow(times));
  return (latest) => {
    const now = seenNow(times);
    const ahead = aheadOf(before, now);
    const may = mostSkew + Math.min(drift * (now.elapsed() - before.seenAt), mostDrift);
    if (Math.abs(ahead) > may) throw new ClockError(Math.round(ahead), 'itself');
    checkStamp(latest, now);
    before = seen(now);
    return undefined;
  };
};
