import type { Clock } from '../ledger/ports.ts';

let [seen, text] = [Number.NaN, ''];

/** The clock of the machine; in one millisecond it is asked several times, and writes it once. */
export const systemClock: Clock = {
  now: () => {
    const now = Date.now();
    if (now !== seen) [seen, text] = [now, new Date(now).toISOString()];
    return text;
  },
};
